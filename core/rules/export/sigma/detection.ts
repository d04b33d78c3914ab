import type { EventFilter } from '../../schema.ts';
import { type Comparison, type Pushed, pushNegations } from '../filters.ts';
import { sigmaText } from './text-value.ts';

/** A value in a detection: texts, whole numbers beyond 2^53 as BigInt, other numbers, and whether a field exists. */
export type SigmaValue = string | number | bigint | boolean;

/** `detection` of a Sigma rule: search identifiers and the condition that joins them. */
export type Detection = Readonly<Record<string, Readonly<Record<string, SigmaValue | readonly SigmaValue[]>> | string>>;

/**
 * Events that meet a filter and have a value in each of the fields `present`. Negations stand at single comparisons, each
 * beside "or the field is missing": a comparison with a missing field is false for us, and ES|QL would make its negation
 * false as well.
 */
export const detectionOf = (
  filter: EventFilter | null,
  present: readonly string[],
  fieldOf: (column: string) => string,
): Detection => {
  const selection: Record<string, SigmaValue | readonly SigmaValue[]> = {};
  for (const column of present) selection[`${fieldOf(column)}|exists`] = true;
  const others: Record<string, Readonly<Record<string, SigmaValue | readonly SigmaValue[]>>> = {};
  const known = new Set(present);

  const add = (item: readonly [string, SigmaValue | readonly SigmaValue[]], kind: string): string => {
    const same = Object.entries(others).find(
      ([, map]) => JSON.stringify(map, big) === JSON.stringify({ [item[0]]: item[1] }, big),
    );
    if (same !== undefined) return same[0];
    const name = `${kind}_${Object.keys(others).filter((key) => key.startsWith(`${kind}_`)).length + 1}`;
    others[name] = { [item[0]]: item[1] };
    return name;
  };
  const write = (part: Pushed, inside: 'all' | 'any' | 'none'): string => {
    if ('parts' in part) {
      const text = part.parts.map((each) => write(each, part.kind)).join(part.kind === 'all' ? ' and ' : ' or ');
      return inside !== 'none' && inside !== part.kind && part.parts.length > 1 ? `(${text})` : text;
    }
    const { comparison } = part;
    if (comparison.op === 'present') return add([`${fieldOf(comparison.column)}|exists`, part.kind === 'is'], 'field');
    const name = add(itemOf(comparison, fieldOf), 'compare');
    if (part.kind === 'is') return name;
    if (known.has(comparison.column)) return `not ${name}`;
    const missing = add([`${fieldOf(comparison.column)}|exists`, false], 'field');
    return inside === 'any' ? `not ${name} or ${missing}` : `(not ${name} or ${missing})`;
  };

  const pushed = filter === null ? null : pushNegations(filter);
  const rest: Pushed[] = [];
  for (const part of pushed === null ? [] : pushed.kind === 'all' ? pushed.parts : [pushed]) {
    const item = part.kind === 'is' ? itemOf(part.comparison, fieldOf) : undefined;
    if (item !== undefined && !(item[0] in selection)) selection[item[0]] = item[1];
    else if (item === undefined || JSON.stringify(selection[item[0]], big) !== JSON.stringify(item[1], big))
      rest.push(part);
  }
  const condition = rest.map((part) => ` and ${write(part, 'all')}`).join('');
  return { selection, ...others, condition: `selection${condition}` };
};

const itemOf = (
  comparison: Comparison,
  fieldOf: (column: string) => string,
): readonly [string, SigmaValue | readonly SigmaValue[]] => {
  const field = fieldOf(comparison.column);
  switch (comparison.op) {
    case 'present':
      return [`${field}|exists`, true];
    case 'in': {
      const values = comparison.values.map(valueOf);
      const [only] = values;
      return [field, values.length === 1 && only !== undefined ? only : values];
    }
    case '=':
      return [field, typeof comparison.value === 'number' ? comparison.value : valueOf(comparison.value)];
    case '<':
      return [`${field}|lt`, comparison.value];
    case '<=':
      return [`${field}|lte`, comparison.value];
    case '>':
      return [`${field}|gt`, comparison.value];
    case '>=':
      return [`${field}|gte`, comparison.value];
  }
};

const valueOf = (text: string): SigmaValue => {
  const written = sigmaText(text);
  if (written.kind === 'impossible') throw new TypeError('a text that Sigma cannot hold was not refused');
  return written.kind === 'number' ? BigInt(written.digits) : written.value;
};

const big = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);
