import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { NightjarError } from '../api/errors.ts';
import { nextJsonValue } from './read/json-blocks.ts';
import { jsonText, leafPaths, orTooDeep, valueAt } from './read/json-paths.ts';
import { openSource } from './read/open-source.ts';
import { openParquet } from './read/parquet.ts';
import { parseJson } from './read/parse-json.ts';
import { csvRecords } from './sniff/csv-records.ts';
import { HEAD_BYTES, sniffFormat, type SniffedFormat } from './sniff/index.ts';

/** Names of a table's fields and some of its rows, as text. Lives in memory only while a file is planned. */
export type FileSample = {
  readonly fields: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The first record that is left out because it cannot be read, from 1. Of a sample that ends early, its end may be one. */
  readonly broken?: number;
};

/** How much of a file is looked at. */
export type SampleLimits = { readonly rows: number; readonly bytes: number };

const SAMPLE: SampleLimits = { rows: 2000, bytes: 1 << 20 };

/** What a file is, from its first bytes. Errors: `input` where it is empty, missing or nothing we read. */
export const sniffFile = (path: string, name: string): SniffedFormat => sniffFormat(name, readHead(path, name));

const readHead = (path: string, name: string): Uint8Array => {
  const head = new Uint8Array(HEAD_BYTES);
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new NightjarError(
      'input',
      missing ? 'There is no such file.' : 'The file cannot be opened.',
      { where: name, next: 'Check the path and its permissions.' },
      error,
    );
  }
  try {
    if (fstatSync(file).isDirectory())
      throw new NightjarError('input', 'This is a folder.', { where: name, next: 'Name a file in it.' });
    let used = 0;
    for (let read = -1; read !== 0 && used < head.length; used += read)
      read = readSync(file, head, used, head.length - used, null);
    return head.subarray(0, used);
  } finally {
    closeSync(file);
  }
};

/** The first rows of a table or of JSON records. */
export const sampleFile = async (
  path: string,
  name: string,
  format: SniffedFormat,
  limits: SampleLimits = SAMPLE,
): Promise<FileSample> => {
  if (format.kind === 'parquet') return sampleParquet(path, name, limits);
  const text = await headText(path, name, format, limits);
  if (format.kind === 'csv' && format.csv) {
    const { delimiter, quote, header, fields } = format.csv;
    const whole = limits.bytes === Infinity ? text : text.slice(0, text.lastIndexOf('\n') + 1) || text;
    let isOpen = false;
    const rows = csvRecords(whole, delimiter, quote, limits.rows + 1, () => (isOpen = true)).slice(header ? 1 : 0);
    const regular = rows.filter((row) => row.length === fields.length); // the others will go to quarantine
    const irregular = rows.findIndex((row) => row.length !== fields.length);
    if (isOpen) return { fields, rows: regular.length > 0 ? regular : rows, broken: rows.length };
    if (regular.length === 0 || irregular < 0) return { fields, rows };
    return { fields, rows: regular, broken: irregular + 1 };
  }
  const { records, broken } = readRecords(text, format, limits);
  const fields = leafPaths(records);
  const rowOf = (record: unknown): string[] => fields.map((path_) => jsonText(valueAt(record, path_)) ?? '');
  const rows = records.map((record) => orTooDeep(() => rowOf(record))).filter((row) => row !== null);
  return { fields, rows, ...(broken === undefined ? {} : { broken }) };
};

const sampleParquet = async (path: string, name: string, limits: SampleLimits): Promise<FileSample> => {
  const table = await openParquet(path, name);
  try {
    const rows: (readonly string[])[] = [];
    for await (const chunk of table.head(limits.rows)) {
      rows.push(...csvRecords(Buffer.from(chunk).toString(), ',', '"', limits.rows));
      if (rows.length >= limits.rows) break;
    }
    return { fields: table.fields, rows };
  } finally {
    table.close();
  }
};

/** The beginning of a file as text, decompressed. */
export const headText = async (
  path: string,
  name: string,
  format: SniffedFormat,
  limits: SampleLimits,
): Promise<string> => {
  const source = openSource(path, name, {
    gzip: format.compression === 'gzip',
    encoding: format.encoding,
    ...(format.lineEnds === undefined ? {} : { lineEnds: format.lineEnds }),
  });
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of source.chunks) {
    text += decoder.decode(chunk.subarray(0, limits.bytes), { stream: true });
    if (text.length >= limits.bytes) break;
  }
  return text;
};

/** The JSON records of a head: one per line, or of a document. */
export const jsonRecords = (text: string, format: SniffedFormat, limits: SampleLimits): readonly unknown[] =>
  readRecords(text, format, limits).records;

type JsonRecords = { readonly records: readonly unknown[]; readonly broken: number | undefined };

const readRecords = (text: string, format: SniffedFormat, limits: SampleLimits): JsonRecords =>
  format.kind === 'json-lines' ? lineRecords(text, limits) : documentRecords(text, format, limits);

const lineRecords = (text: string, limits: SampleLimits): JsonRecords => {
  const lines = text.split('\n', Math.min(limits.rows, 2 ** 31));
  const records = lines.map(parsed);
  const broken = records.findIndex((found, i) => found.length === 0 && lines[i]?.trim() !== '');
  return { records: records.flat(), broken: broken < 0 ? undefined : broken + 1 };
};

const documentRecords = (text: string, format: SniffedFormat, limits: SampleLimits): JsonRecords => {
  const bytes = Buffer.from(text);
  const start =
    format.records === undefined
      ? text.indexOf('[')
      : text.indexOf('[', text.indexOf(`"${format.records.split('.').at(-1)}"`));
  const records: unknown[] = [];
  let at = Buffer.byteLength(text.slice(0, start + 1));
  let met = 0;
  let broken: number | undefined;
  let isClosed = start < 0;
  while (!isClosed && records.length < limits.rows) {
    const next = nextJsonValue(bytes, at);
    if (next === undefined) break;
    const value = bytes.subarray(next.start, next.end).toString();
    isClosed = value.endsWith(']') && !value.startsWith('[');
    const found = parsed(value);
    if (value !== ']') met++;
    if (value !== ']' && found.length === 0) broken ??= met;
    records.push(...found);
    at = next.end;
  }
  return { records, broken: broken ?? (isClosed || records.length >= limits.rows ? undefined : met + 1) };
};

const parsed = (text: string): unknown[] => {
  try {
    const value = parseJson(text);
    return typeof value === 'object' && value !== null ? [value] : [];
  } catch (error) {
    if (error instanceof SyntaxError) return []; // a broken record is quarantined by the import, not here
    throw error;
  }
};
