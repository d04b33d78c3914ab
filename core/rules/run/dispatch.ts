import type { EventFilter } from '../schema.ts';
import { compileFilter, type Predicate } from './compile-filter.ts';
import type { EventReader, Field } from './event-reader.ts';

/** Finds those whose filter the present event meets, without asking all. */
export type Dispatch<T> = { forEach(visit: (target: T) => void): void };

type Indexed<T> = { readonly target: T; /** What else it asks; null: nothing. */ readonly rest: Predicate | null };
type Literals = { readonly column: string; readonly values: readonly string[] };

/**
 * Puts each filter under a text that one of its parts asks of a column: an event is then held only against the filters that
 * its own texts lead to, and against those that ask for none.
 */
export const createDispatch = <T>(
  targets: readonly { readonly target: T; readonly where: EventFilter | null }[],
  reader: EventReader,
): Dispatch<T> => {
  const always: Indexed<T>[] = [];
  const byField = new Map<Field, Indexed<T>[][]>();
  for (const { target, where } of targets) {
    const parts = where === null ? [] : conjuncts(where);
    const key = fewest(parts);
    const others = parts.filter((part) => part !== key?.part);
    const rest = others.length === 0 ? null : compileFilter({ all: others }, reader);
    if (key === undefined) {
      always.push({ target, rest });
      continue;
    }
    const field = reader.field(key.literals.column);
    const lists = byField.get(field) ?? [];
    byField.set(field, lists);
    for (const value of new Set(key.literals.values)) (lists[field.codeOf(value)] ??= []).push({ target, rest });
  }
  const fields = [...byField].map(([field, lists]) => ({ field, lists }));
  return {
    forEach: (visit) => {
      for (const { target, rest } of always) if (rest === null || rest()) visit(target);
      for (const { field, lists } of fields) {
        const code = field.code();
        const list = code < 0 ? undefined : lists[code];
        if (list === undefined) continue;
        for (const { target, rest } of list) if (rest === null || rest()) visit(target);
      }
    },
  };
};

/** The parts of which all must hold. */
const conjuncts = (filter: EventFilter): readonly EventFilter[] =>
  'all' in filter ? filter.all.flatMap(conjuncts) : [filter];

const fewest = (
  parts: readonly EventFilter[],
): { readonly part: EventFilter; readonly literals: Literals } | undefined => {
  let best: { readonly part: EventFilter; readonly literals: Literals } | undefined;
  for (const part of parts) {
    const literals = literalsOf(part);
    if (literals === undefined || (best !== undefined && literals.values.length >= best.literals.values.length))
      continue;
    best = { part, literals };
  }
  return best;
};

const literalsOf = (filter: EventFilter): Literals | undefined => {
  if (!('column' in filter)) return undefined;
  if (filter.op === 'in') return { column: filter.column, values: filter.values };
  if (filter.op === '=' && typeof filter.value === 'string') return { column: filter.column, values: [filter.value] };
  return undefined;
};
