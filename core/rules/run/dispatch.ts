import type { EventFilter } from '../schema.ts';
import { CHUNK_LENGTH } from './chunk.ts';
import type { Mask } from './compile-filter.ts';
import type { Field } from './event-field.ts';
import type { EventReader } from './event-reader.ts';

/** Finds those whose filters events of the chunk meet, with the places of these events, without asking all. */
export type Dispatch<T> = { forEach(visit: (target: T, places: Int32Array, count: number) => void): void };

/** Those of one filter. */
type Audience<T> = {
  readonly targets: T[];
  /** null: all events. */
  readonly mask: Mask | null;
  /** Texts of which an event must show one; null where any may do. */
  readonly texts: { readonly codes: readonly number[]; readonly seen: Seen } | null;
};

type Literals = { readonly column: string; readonly values: readonly string[] };

/** Which codes of a field the events of the chunk show. */
type Seen = { readonly field: Field; isSeen: Uint8Array };

/** A filter whose events must show certain texts is not worked out for a chunk in which no event does. */
export const createDispatch = <T>(
  targets: readonly { readonly target: T; readonly where: EventFilter | null }[],
  reader: EventReader,
  maskOf: (filter: EventFilter) => Mask,
): Dispatch<T> => {
  const byFilter = new Map<string, Audience<T>>();
  const byField = new Map<Field, Seen>();
  const seenOf = (field: Field): Seen => {
    const seen = byField.get(field) ?? { field, isSeen: new Uint8Array(0) };
    byField.set(field, seen);
    return seen;
  };
  const textsOf = (where: EventFilter): Audience<T>['texts'] => {
    const literals = fewest(conjuncts(where));
    if (literals === undefined) return null;
    const field = reader.field(literals.column);
    return { codes: literals.values.map((value) => field.codeOf(value)), seen: seenOf(field) };
  };
  for (const { target, where } of targets) {
    const key = JSON.stringify(where);
    const known = byFilter.get(key);
    if (known !== undefined) known.targets.push(target);
    else if (where === null) byFilter.set(key, { targets: [target], mask: null, texts: null });
    else byFilter.set(key, { targets: [target], mask: maskOf(where), texts: textsOf(where) });
  }
  const audiences = [...byFilter.values()];
  const seen = [...byField.values()];
  const places = new Int32Array(CHUNK_LENGTH);
  const { chunk } = reader;

  return {
    forEach: (visit) => {
      for (const each of seen) note(each, chunk.length);
      for (const { targets: own, mask, texts } of audiences) {
        if (texts !== null && !shows(texts.codes, texts.seen)) continue;
        const count = mask === null ? all(places, chunk.length) : those(mask(), chunk.length, places);
        if (count === 0) continue;
        for (const target of own) visit(target, places, count);
      }
    },
  };
};

const note = (seen: Seen, count: number): void => {
  if (seen.isSeen.length < seen.field.codeCount()) seen.isSeen = new Uint8Array(seen.field.codeCount());
  else seen.isSeen.fill(0);
  const codes = seen.field.codes();
  for (let i = 0; i < count; i++) if (codes[i]! >= 0) seen.isSeen[codes[i]!] = 1; // hot: places lie inside the chunk
};

const shows = (codes: readonly number[], { isSeen }: Seen): boolean => {
  for (const code of codes) if (isSeen[code] === 1) return true;
  return false;
};

const all = (places: Int32Array, count: number): number => {
  for (let i = 0; i < count; i++) places[i] = i;
  return count;
};

const those = (bits: Uint8Array, count: number, places: Int32Array): number => {
  let found = 0;
  for (let i = 0; i < count; i++) {
    places[found] = i;
    found += bits[i]!; // hot: places lie inside the chunk
  }
  return found;
};

/** The parts of which all must hold. */
const conjuncts = (filter: EventFilter): readonly EventFilter[] =>
  'all' in filter ? filter.all.flatMap(conjuncts) : [filter];

const fewest = (parts: readonly EventFilter[]): Literals | undefined =>
  parts
    .map(literalsOf)
    .filter((literals) => literals !== undefined)
    .toSorted((a, b) => a.values.length - b.values.length)[0];

const literalsOf = (filter: EventFilter): Literals | undefined => {
  if (!('column' in filter)) return undefined;
  if (filter.op === 'in') return { column: filter.column, values: filter.values };
  if (filter.op === '=' && typeof filter.value === 'string') return { column: filter.column, values: [filter.value] };
  return undefined;
};
