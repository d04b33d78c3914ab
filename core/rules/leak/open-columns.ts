import { CATEGORY_PREFIX, MEASURE_PREFIX } from '../../ingest/schema.ts';

/**
 * Columns whose values a rule may name: behaviour and what was generalised. All others hold pseudonyms, keyed hashes,
 * keyed buckets or places in the input, and their values mean one person or nothing outside the case.
 */
export const isOpenColumn = (name: string): boolean =>
  OPEN.has(name) || name.startsWith(CATEGORY_PREFIX) || name.startsWith(MEASURE_PREFIX);

const OPEN: ReadonlySet<string> = new Set([
  'action',
  'object_type',
  'country',
  'asn',
  'outcome',
  'dataset',
  'amount',
  'text_length',
  'text_links',
  'text_digits',
  'text_upper',
  'text_entropy',
]);
