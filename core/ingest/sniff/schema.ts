export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin-1';

export type CsvShape = {
  readonly delimiter: ',' | ';' | '\t' | '|';
  readonly quote: '"' | "'";
  readonly header: boolean;
  /** Names of the header, or `column_1`, `column_2` … without one. */
  readonly fields: readonly string[];
};

export type SniffedFormat = {
  readonly compression: 'gzip' | 'none';
  readonly encoding: Encoding;
  /** 'json-array' is one JSON document: an array, or an object with the array at `records`. 'lines' and 'mail' come with a preset. */
  readonly kind: 'csv' | 'json-lines' | 'json-array' | 'parquet' | 'lines' | 'mail';
  /** Present where lines end with a carriage return alone. */
  readonly lineEnds?: 'cr';
  /** Name of the preset that knows these records. */
  readonly preset?: string;
  /** Dotted path of the array in a JSON document; absent where the document is the array. */
  readonly records?: string;
  readonly csv?: CsvShape;
  /** 0 to 1. */
  readonly confidence: number;
};
