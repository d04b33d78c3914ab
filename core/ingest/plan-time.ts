import { NightjarError } from '../api/errors.ts';
import type { FileSample } from './file-sample.ts';
import { nameKey, SYNONYMS } from './mapping/names.ts';
import { sniffTimeFormat, type TimeFormat } from './time/index.ts';

/** A field that is named like a time and of which half the values are times. */
export const namedTime = (
  fields: readonly string[],
  taken: ReadonlySet<string>,
  valuesOf: (field: string) => string[],
): { readonly field: string; readonly sniff: ReturnType<typeof sniffTimeFormat> } | undefined => {
  const named = fields.filter((field) => !taken.has(field) && (SYNONYMS['ts'] ?? []).includes(nameKey(field)));
  const sniffed = named.map((field) => ({ field, sniff: sniffTimeFormat(valuesOf(field)) }));
  return sniffed.find(({ sniff }) => sniff.format !== undefined && sniff.format.kind !== 'day-step');
};

/** The format of the field that was named as the time; `input` where it is none that is read. */
export const sniffedTime = (
  sources: readonly string[],
  valuesOf: (field: string) => string[],
  rows: FileSample['rows'],
  fields: readonly string[],
  name: string,
  warnings: string[],
): TimeFormat => {
  const [only = ''] = sources;
  const values =
    sources.length === 1
      ? valuesOf(only)
      : rows.map((row) => sources.map((f) => row[fields.indexOf(f)] ?? '').join(' '));
  const sniff = sniffTimeFormat(values);
  if (sniff.format === undefined) {
    throw new NightjarError('input', 'The times in this column are in no format that is read.', {
      where: `${name}: ${sources.join('+')}`,
      next: 'Map another column to ts, or write the times as ISO 8601, epoch seconds or day numbers.',
    });
  }
  timeWarnings(sniff, sources.join('+'), warnings);
  return sniff.format;
};

/** Notes what a time format leaves open. */
export const timeWarnings = (sniff: { zoned: string; ambiguous: boolean }, field: string, warnings: string[]): void => {
  if (sniff.ambiguous) warnings.push(`Day and month of "${field}" cannot be told apart; the month is read first.`);
  if (sniff.zoned === 'mixed')
    warnings.push(
      `Some times of "${field}" carry a zone and some do not; those without are read as UTC, or in the zone that is set (--time-zone).`,
    );
};
