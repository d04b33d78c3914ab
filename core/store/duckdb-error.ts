import { NightjarError } from '../api/errors.ts';

const FULL = /no space left|not enough space|disk quota|file too large|failed to offload|max_temp_directory_size/i;
const DAMAGED = /not a valid duckdb database|corrupt|could not read enough bytes|failure while replaying wal|wal file/i;
const DENIED = /permission denied|access is denied|read-only file system/i;
const TYPE = /^((?:[A-Za-z]+ )*Error|INTERRUPT Error|FATAL Error|INTERNAL Error|INTERRUPT)\b/;

/**
 * A DuckDB error as a NightjarError: `memory`, `disk-full`, `case-damaged`, `case-locked`, `input` (not permitted),
 * `cancelled` or `internal`.
 * DuckDB quotes SQL and values in its texts, so only the kind of error is kept, neither text nor cause.
 */
export const mapDuckDBError = (error: unknown, where: string): NightjarError => {
  if (error instanceof NightjarError) return error;
  const text = error instanceof Error ? error.message : '';
  const type = TYPE.exec(text)?.[1];
  const of = (code: NightjarError['code'], message: string, next?: string): NightjarError =>
    new NightjarError(code, message, next === undefined ? { where } : { where, next });

  if (FULL.test(text)) {
    return of('disk-full', 'The disk is full.', 'Free some space on that disk and run it again.');
  }
  if (text.startsWith('Out of Memory Error')) {
    return of('memory', 'The memory limit does not suffice.', 'Raise the memory limit or use fewer threads.');
  }
  if (text.startsWith('INTERRUPT')) return of('cancelled', 'Cancelled.');
  if (/could not set lock|conflicting lock/i.test(text)) {
    return of('case-locked', 'Another process has the database open.', 'Close it there, then open it again.');
  }
  if (type === 'IO Error' && DENIED.test(text)) {
    return of('input', 'Access was denied.', 'Check the permissions of the file and of its directory.');
  }
  if (/has been invalidated/i.test(text)) {
    return of('internal', 'The database stopped after an error.', 'Close the case and open it again.');
  }
  if (DAMAGED.test(text)) {
    return of('case-damaged', 'The database file is damaged.', 'Put the case back from a backup.');
  }
  if (type !== undefined) return of('internal', `The database could not do this (${type}).`);
  return new NightjarError('internal', 'An unexpected error stopped the database work.', { where }, error);
};

/** Awaits `work`; an error of DuckDB leaves as a NightjarError about `where`. */
export const withDuckDBErrors = async <T>(where: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw mapDuckDBError(error, where);
  }
};
