import { NightjarError } from '../api/errors.ts';
import type { Watch } from '../api/progress.ts';
import type { FeatureTable } from '../table/index.ts';
import { parseNumber } from './encode/index.ts';
import { sampleFile, sniffFile, type FileSample } from './file-sample.ts';
import { LABEL_NAMES, nameKey } from './mapping/names.ts';
import type { ColumnPlan, EncodedBlock, EncodedColumn, Rejection } from './plan.ts';
import type { FilePlan } from './plan-file.ts';
import { readFile } from './read-file.ts';
import { listInputs } from './list-inputs.ts';

export type EntityOptions = {
  /** Column that names each row; without one, rows are called by their number. */
  readonly id?: string;
  /** Columns that are no features. */
  readonly ignore?: readonly string[];
  /** Column that is kept aside as text. */
  readonly label?: string;
  readonly key: Uint8Array;
  readonly threads: number;
};

/** Token, column and raw value of an id. */
export type Identity = readonly [token: string, column: string, raw: string];

export type Entities = {
  readonly table: FeatureTable;
  /** One per row where a label column was asked for. */
  readonly labels: readonly (string | null)[];
  /** Ids met, for the vault; empty where the table names no id. */
  readonly identities: readonly Identity[];
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly rows: number;
  readonly quarantined: number;
  readonly warnings: readonly string[];
};

/**
 * Reads a table with one row per entity: its numeric columns become features, its id a pseudonym.
 * Errors: `input` where it cannot be read or has no numeric column, `usage` for a column that is not there.
 */
export const readEntities = async (path: string, options: EntityOptions, watch: Watch): Promise<Entities> => {
  const [file] = listInputs([path]);
  if (!file) throw new NightjarError('input', 'There is no such file.', { where: path, next: 'Check the path.' });
  const format = sniffFile(file.path, file.name);
  if (format.kind === 'lines' || format.kind === 'mail') {
    throw new NightjarError('input', 'This file is a log, not a table with one row per entity.', {
      where: file.name,
      next: 'Leave --entities out.',
    });
  }
  const sample = await sampleFile(file.path, file.name, format);
  const chosen = chooseColumns(sample, options, file.name);
  const { delimiter, quote } = format.csv ?? { delimiter: ',', quote: '"' };
  const planned: FilePlan = {
    format,
    plan: {
      format:
        format.kind === 'csv' || format.kind === 'parquet'
          ? { kind: 'csv', delimiter, quote, fields: sample.fields.length }
          : { kind: 'json', paths: sample.fields, byLine: format.kind === 'json-lines' },
      columns: chosen.columns,
    },
    skip: format.csv?.header === true ? 1 : 0,
    sequential: false,
    mapping: {},
    confidence: {},
    warnings: [],
  };
  const blocks: EncodedBlock[] = [];
  const rejections: Rejection[] = [];
  const consumer = {
    take: (block: EncodedBlock): void => void blocks.push(block),
    takeRejections: (more: readonly Rejection[]): void => void rejections.push(...more),
    pendingRows: (): number => 0,
    store: (): Promise<void> => Promise.resolve(),
  };
  const { sha256 } = await readFile(
    file,
    planned,
    { key: options.key, threads: options.threads, signal: watch.signal },
    consumer,
    (done) => watch.onProgress?.({ stage: 'import', done, total: file.bytes, unit: 'bytes' }),
  );
  blocks.sort((a, b) => a.index - b.index);
  const rows = blocks.reduce((sum, block) => sum + block.rows, 0);
  const rejected = rejections.length + blocks.reduce((sum, block) => sum + block.rejections.length, 0);
  if (rows === 0)
    throw new NightjarError('input', 'The table has no row that can be read.', {
      where: file.name,
      next: 'Check its format.',
    });
  return {
    table: {
      actors:
        options.id === undefined && chosen.id === undefined
          ? rowNames(rows)
          : textOf(blocks, 'actor_id').map((id) => id ?? ''),
      events: new Float64Array(rows).fill(1),
      names: chosen.features,
      columns: chosen.features.map((_, j) => numbersOf(blocks, rows, `m_${j}`)),
    },
    labels: options.label === undefined ? [] : textOf(blocks, 'label'),
    identities: blocks.flatMap((block) => block.identities),
    name: file.name,
    bytes: file.bytes,
    sha256,
    rows: rows + rejected,
    quarantined: rejected,
    warnings: chosen.warnings,
  };
};

type Chosen = {
  readonly id: string | undefined;
  readonly features: readonly string[];
  readonly columns: readonly ColumnPlan[];
  readonly warnings: readonly string[];
};

const ID_NAMES = new Set([
  'id',
  'actor',
  'actor_id',
  'user',
  'user_id',
  'userid',
  'account',
  'account_id',
  'entity',
  'entity_id',
  'name',
  'key',
  'node',
  'nodeid',
]);

const chooseColumns = (sample: FileSample, options: EntityOptions, name: string): Chosen => {
  const { fields, rows } = sample;
  const warnings: string[] = [];
  for (const field of [options.id, options.label, ...(options.ignore ?? [])]) {
    if (field === undefined || fields.includes(field)) continue;
    throw new NightjarError('usage', `There is no column "${field}".`, {
      where: name,
      next: `The columns are: ${fields.slice(0, 40).join(', ')}.`,
    });
  }
  const valuesOf = (field: string): string[] =>
    rows.map((row) => row[fields.indexOf(field)] ?? '').filter((value) => value.trim() !== '');
  const distinct = (field: string): number => new Set(valuesOf(field)).size;
  const isUnique = (field: string): boolean => rows.length > 0 && distinct(field) === rows.length;
  const ignored = new Set(options.ignore ?? []);
  const id =
    options.id ?? fields.find((field) => ID_NAMES.has(nameKey(field)) && isUnique(field) && !ignored.has(field));
  const aside = new Set([id, options.label, ...(options.ignore ?? [])]);
  const features = fields.filter((field) => {
    if (aside.has(field)) return false;
    if (LABEL_NAMES.has(nameKey(field)) && distinct(field) <= 2) {
      warnings.push(`Column "${field}" looks like a label and is not used as a feature.`);
      return false;
    }
    const values = valuesOf(field);
    const numeric = values.filter((value) => parseNumber(value, '.') !== null).length;
    if (numeric >= 0.9 * values.length) return true;
    warnings.push(`Column "${field}" is not numeric and is not used.`);
    return false;
  });
  if (features.length === 0) {
    throw new NightjarError('input', 'The table has no numeric column to use.', {
      where: name,
      next: 'Check the delimiter and the decimal sign, or whether this is a log (then leave --entities out).',
    });
  }
  const term = (column: string, field: string, to: 'token' | 'keep'): ColumnPlan => ({
    column,
    fields: [fields.indexOf(field)],
    encode: { kind: 'term', transform: { to } },
    required: column === 'actor_id',
    vaulted: column === 'actor_id',
  });
  return {
    id,
    features,
    warnings,
    columns: [
      ...(id === undefined ? [] : [term('actor_id', id, 'token')]),
      ...(options.label === undefined ? [] : [term('label', options.label, 'keep')]),
      ...features.map((field, j): ColumnPlan => ({
        column: `m_${j}`,
        fields: [fields.indexOf(field)],
        encode: { kind: 'number', decimal: '.', strict: false },
        required: false,
        vaulted: false,
      })),
    ],
  };
};

const rowNames = (rows: number): string[] => Array.from({ length: rows }, (_, i) => `row-${i + 1}`);

const columnOf = (block: EncodedBlock, name: string): EncodedColumn => {
  const column = block.columns.find((each) => each.column === name);
  if (!column) throw new NightjarError('internal', 'A planned column is missing.', { where: name });
  return column;
};

const isPresent = (validity: ArrayBuffer | null, row: number): boolean =>
  validity === null || ((new Uint8Array(validity)[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;

const numbersOf = (blocks: readonly EncodedBlock[], rows: number, name: string): Float64Array => {
  const values = new Float64Array(rows);
  let at = 0;
  for (const block of blocks) {
    const { data, validity } = columnOf(block, name);
    values.set(new Float64Array(data, 0, block.rows), at);
    for (let row = 0; row < block.rows; row++) if (!isPresent(validity, row)) values[at + row] = Number.NaN;
    at += block.rows;
  }
  return values;
};

const textOf = (blocks: readonly EncodedBlock[], name: string): (string | null)[] =>
  blocks.flatMap((block) => {
    const { data, validity, long: longs } = columnOf(block, name);
    const bytes = Buffer.from(data);
    const long = new Map(Array.from(longs?.rows ?? [], (row, i) => [row, longs?.values[longs.index[i] ?? -1]]));
    return Array.from({ length: block.rows }, (_, row) => {
      if (!isPresent(validity, row)) return null;
      const value = long.get(row);
      return value
        ? Buffer.from(value).toString()
        : bytes.toString('utf8', row * 16 + 4, row * 16 + 4 + bytes.readUInt32LE(row * 16));
    });
  });
