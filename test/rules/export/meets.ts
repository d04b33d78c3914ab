import type { EventFilter } from '../../../core/rules/schema.ts';

export type Fields = Readonly<Record<string, string | number | null>>;

/** A second opinion on what a filter means (docs/rules.md): a comparison with a missing value is false. */
export const meets = (filter: EventFilter | null, event: Fields): boolean => {
  if (filter === null) return true;
  if ('not' in filter) return !meets(filter.not, event);
  if ('all' in filter) return filter.all.every((part) => meets(part, event));
  if ('any' in filter) return filter.any.some((part) => meets(part, event));
  const value = event[filter.column] ?? null;
  if (value === null) return false;
  if (filter.op === 'present') return true;
  if (filter.op === 'in') return filter.values.includes(String(value));
  if (filter.op === '=') return value === filter.value;
  if (typeof value !== 'number') return false;
  if (filter.op === '<') return value < filter.value;
  if (filter.op === '<=') return value <= filter.value;
  return filter.op === '>' ? value > filter.value : value >= filter.value;
};
