import { formatRational, type Rational } from '../../math/rational.ts';
import type { ReleaseQuery } from '../schema.ts';

/** One text per query, whatever way it was written: names in fixed order, numbers exact. Two equal texts are one query. */
export const canonicalQuery = (query: ReleaseQuery): string => JSON.stringify(ordered(query));

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (isRational(value)) return formatRational(value);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, each]) => [name, ordered(each)]));
};

const isRational = (value: unknown): value is Rational =>
  typeof value === 'object' && value !== null && 'numerator' in value && typeof value.numerator === 'bigint';
