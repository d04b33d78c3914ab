import { NightjarError } from '../api/errors.ts';
import { sampleFile, sniffFile } from './file-sample.ts';

/** A small table as text: labels, golden sets. Everything is held in memory. */
export type TextTable = { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** Reads a whole CSV, TSV, JSON or Parquet table, gzip or not. Errors: `input`, also for a single record that cannot be read. */
export const readTable = async (path: string, name: string): Promise<TextTable> => {
  const format = sniffFile(path, name);
  if (format.kind === 'lines' || format.kind === 'mail') {
    throw new NightjarError('input', 'This file is no table.', { where: name, next: 'Give a CSV with a header.' });
  }
  const { fields, rows, broken } = await sampleFile(path, name, format, { rows: Infinity, bytes: Infinity });
  if (broken !== undefined) {
    throw new NightjarError('input', 'A record cannot be read: fields, quotes or brackets do not fit.', {
      where: `${name}, record ${broken}`,
      next: 'Mend it, or take it out: nothing was stored.',
    });
  }
  return { header: fields, rows };
};
