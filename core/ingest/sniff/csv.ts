import { NightjarError } from '../../api/errors.ts';
import { csvRecords } from './csv-records.ts';
import { hasHeader } from './header.ts';
import type { CsvShape } from './schema.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const SAMPLE_RECORDS = 200;

export type CsvGuess = CsvShape & { readonly confidence: number };

/**
 * The shape of a CSV text by the delimiter that cuts most records into the same number of fields. `whole` says whether the text
 * is all of the file: else its last record may be cut off and is left out. Throws `input` for a header that names a column twice.
 */
export const sniffCsv = (name: string, text: string, whole: boolean): CsvGuess => {
  const quote = singleQuoted(text) ? "'" : '"';
  let best: { readonly delimiter: CsvShape['delimiter']; readonly score: number; readonly width: number } | undefined;
  for (const delimiter of DELIMITERS) {
    const records = sample(text, delimiter, quote, whole);
    const { width, share } = commonWidth(records);
    if (width < 2) continue;
    // A few more fields do not outweigh consistency: the width counts by its logarithm.
    const score = share * share * (1 + Math.log2(width) / 10);
    if (score > (best?.score ?? 0)) best = { delimiter, score, width };
  }
  const delimiter = best?.delimiter ?? ',';
  const records = sample(text, delimiter, quote, whole);
  const { width, share } = commonWidth(records);
  const header = hasHeader(records);
  const first = records[0] ?? [];
  if (header || first.length > width) refuseMixedLineEnds(name, first);
  if (header) refuseTwins(name, first);
  const fields = header
    ? first.map((field, i) => (field.trim() === '' ? `column_${i + 1}` : field.trim()))
    : Array.from({ length: width }, (_, i) => `column_${i + 1}`);
  return {
    delimiter,
    quote,
    header,
    fields,
    confidence: width < 2 ? 0.3 : Math.min(1, share * (records.length > 1 ? 1 : 0.5)),
  };
};

const sample = (text: string, delimiter: string, quote: string, whole: boolean): readonly (readonly string[])[] => {
  const records = csvRecords(text, delimiter, quote, SAMPLE_RECORDS + 1);
  const complete = whole || records.length > SAMPLE_RECORDS || records.length < 2;
  return (complete ? records : records.slice(0, -1)).slice(0, SAMPLE_RECORDS);
};

/** The number of fields most records have, and their share; the wider of two equally common. */
const commonWidth = (records: readonly (readonly string[])[]): { readonly width: number; readonly share: number } => {
  const counts = new Map<number, number>();
  for (const record of records) counts.set(record.length, (counts.get(record.length) ?? 0) + 1);
  let width = 0;
  let most = 0;
  for (const [fields, count] of counts) {
    if (count > most || (count === most && fields > width)) [width, most] = [fields, count];
  }
  return { width, share: records.length === 0 ? 0 : most / records.length };
};

/** Whether fields stand in single quotes rather than double ones. */
const singleQuoted = (text: string): boolean => {
  const single = text.match(/(?:^|[,;\t|\n])'[^'\n]*'(?=[,;\t|\r\n]|$)/g)?.length ?? 0;
  return single > 3 && single > (text.match(/(?:^|[,;\t|\n])"/g)?.length ?? 0);
};

const NAME_LIKE = /^[A-Za-z_][\w .-]{0,40}$/;

/** Lines that end in CR alone are one line with the first that does not: a header would take them along. */
const refuseMixedLineEnds = (name: string, header: readonly string[]): void => {
  if (!header.some((field) => field.includes('\r'))) return;
  throw new NightjarError('input', 'The first lines end in CR alone, and later ones do not.', {
    where: name,
    next: 'Write the file with one kind of line ends.',
  });
};

const refuseTwins = (name: string, header: readonly string[]): void => {
  const places = new Map<string, number[]>();
  header.forEach((field, i) => {
    if (field.trim() !== '') places.set(field.trim(), [...(places.get(field.trim()) ?? []), i + 1]);
  });
  const twins = [...places].filter(([, columns]) => columns.length > 1);
  if (twins.length === 0) return;
  const list = twins.map(
    ([field, columns]) => `${NAME_LIKE.test(field) ? `"${field}" ` : ''}(columns ${columns.join(' and ')})`,
  );
  throw new NightjarError('input', `The header has the same name for several columns: ${list.join(', ')}.`, {
    where: name,
    next: 'Give each column a name of its own in the first line.',
  });
};
