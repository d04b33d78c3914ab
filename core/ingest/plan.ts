import type { TimeFormat } from './time/index.ts';

/** How one string column is rewritten. The raw value is seen here and nowhere later. */
export type TermTransform =
  | { readonly to: 'token' }
  | { readonly to: 'keep' }
  | { readonly to: 'guarded' }
  | { readonly to: 'network' }
  | { readonly to: 'prefix' }
  | { readonly to: 'categories'; readonly values: readonly string[] }
  | { readonly to: 'outcome' };

export type Encode =
  | { readonly kind: 'time'; readonly format: TimeFormat; readonly truncate?: 'minute' | 'hour' | 'day' }
  /** `strict`: a value that is no number sends its row to quarantine; else it is null and counted. */
  | { readonly kind: 'number'; readonly decimal: '.' | ','; readonly strict: boolean; readonly binWidth?: number }
  | { readonly kind: 'term'; readonly transform: TermTransform }
  | { readonly kind: 'text' }
  | { readonly kind: 'bucket' };

/** One event column: which fields of a record it is made of (joined by a space) and how it is encoded. */
export type ColumnPlan = {
  readonly column: string;
  readonly fields: readonly number[];
  readonly encode: Encode;
  /** Of a bucket: the fields that say whose it is. */
  readonly within?: readonly number[];
  /** A row without it goes to quarantine. */
  readonly required: boolean;
  /** Whether the raw values go to the vault. */
  readonly vaulted: boolean;
};

export type RecordFormat =
  | { readonly kind: 'csv'; readonly delimiter: string; readonly quote: string; readonly fields: number }
  /** Fields of each JSON object by dotted path. */
  | { readonly kind: 'json'; readonly paths: readonly string[]; readonly byLine: boolean }
  /** Fields as a preset makes them of a line, an object or a mail. */
  | {
      readonly kind: 'preset';
      readonly preset: string;
      /** One JSON object per line; else a document. */
      readonly byLine: boolean;
      readonly year?: number;
      readonly zone?: string;
    };

/** Everything a worker needs to turn bytes into encoded columns; plain data, so it can be sent to one. */
export type ReadPlan = {
  readonly format: RecordFormat;
  readonly columns: readonly ColumnPlan[];
};

/** A run of whole records. */
export type Block = {
  readonly index: number;
  readonly bytes: Uint8Array;
  /** Records to pass over at the start: a header. */
  readonly skip: number;
};

/** Row `rows[i]` holds `values[index[i]]`, as UTF-8; each value once. */
export type LongStrings = {
  readonly rows: Int32Array;
  readonly index: Int32Array;
  readonly values: readonly Uint8Array[];
};

export type EncodedColumn = {
  readonly column: string;
  readonly type: 'TIMESTAMP' | 'VARCHAR' | 'DOUBLE' | 'BIGINT';
  /** 8 bytes a row, or 16 (DuckDB's string layout: length, then up to 12 bytes inline) for VARCHAR. */
  readonly data: SharedArrayBuffer;
  /** One bit a row, 1 = present; null where nothing is missing. */
  readonly validity: ArrayBuffer | null;
  /** Strings over 12 bytes, where there are any. */
  readonly long: LongStrings | null;
};

export type Rejection = { readonly line: number; readonly reason: string; readonly column: string | null };

/** What a block became. `lines` in rejections count from the block's first line, 0-based. */
export type EncodedBlock = {
  readonly index: number;
  /** Records seen: stored + rejected. */
  readonly records: number;
  readonly rows: number;
  readonly lines: number;
  readonly columns: readonly EncodedColumn[];
  readonly rejections: readonly Rejection[];
  /** For the vault: token, column and raw value of identifiers met for the first time by this worker. */
  readonly identities: readonly (readonly [token: string, column: string, raw: string])[];
  /** Non-numbers in lenient number columns. */
  readonly nulledNumbers: Readonly<Record<string, number>>;
  /** Numbers with more digits than a double keeps. */
  readonly roundedNumbers: Readonly<Record<string, number>>;
};
