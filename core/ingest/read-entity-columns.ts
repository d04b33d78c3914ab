import type { Watch } from '../api/progress.ts';
import type { EntityColumns } from './entity-columns.ts';
import type { InputFile } from './list-inputs.ts';
import type { ColumnPlan, EncodedBlock, Rejection } from './plan.ts';
import type { FilePlan } from './plan-file.ts';
import { readFile } from './read-file.ts';
import { sha256OfFile } from './read/open-source.ts';
import { openParquet, type ParquetNumbers } from './read/parquet.ts';
import type { SniffedFormat } from './sniff/index.ts';

/** What was read of an entity table, as it was planned. */
export type EntityBlocks = {
  /** In the order of the file. */
  readonly blocks: readonly EncodedBlock[];
  readonly rejections: readonly Rejection[];
  /** Features that were read as numbers, by name; they stand in no block. */
  readonly numbers: ReadonlyMap<string, ParquetNumbers>;
  readonly rows: number;
  readonly sha256: string;
};

type Options = { readonly key: Uint8Array; readonly threads: number };

/**
 * Reads the chosen columns of an entity table. Numbers of a Parquet file come as they are: by way of text, as all else, a table
 * of hundreds of columns would take four times as long. Errors as `readEntities`.
 */
export const readEntityColumns = async (
  file: InputFile,
  format: SniffedFormat,
  fields: readonly string[],
  chosen: EntityColumns,
  options: Options,
  watch: Watch,
): Promise<EntityBlocks> => {
  if (format.kind === 'parquet') {
    const numbers = await readNumbers(file, chosen, watch);
    const others = chosen.columns.filter(({ fields: [at = -1] }) => !numbers.has(fields[at] ?? ''));
    const rows = numbers.values().next().value?.values.length;
    if (rows !== undefined && others.length === 0) {
      return { blocks: [], rejections: [], numbers, rows, sha256: await sha256OfFile(file.path, file.name) };
    }
    const read = await readRecords(file, format, fields, others, options, watch);
    // Rows without an id are left out: numbers read beside them would stand in other rows.
    if (rows === undefined || read.rows === rows) return { ...read, numbers };
  }
  return { ...(await readRecords(file, format, fields, chosen.columns, options, watch)), numbers: new Map() };
};

const readNumbers = async (
  file: InputFile,
  { features, categories }: EntityColumns,
  { signal }: Watch,
): Promise<ReadonlyMap<string, ParquetNumbers>> => {
  const table = await openParquet(file.path, file.name);
  try {
    const names = features.filter((name) => !categories.has(name) && table.isNumeric(name));
    const columns = await table.numbers(names, signal);
    return new Map(columns.map((column, i) => [names[i] ?? '', column]));
  } finally {
    table.close();
  }
};

/** Reads columns as text, of which each is encoded as it is planned. */
const readRecords = async (
  file: InputFile,
  format: SniffedFormat,
  fields: readonly string[],
  columns: readonly ColumnPlan[],
  { key, threads }: Options,
  watch: Watch,
): Promise<Omit<EntityBlocks, 'numbers'>> => {
  const { delimiter, quote } = format.csv ?? { delimiter: ',', quote: '"' };
  const planned: FilePlan = {
    format,
    plan: {
      format:
        format.kind === 'csv' || format.kind === 'parquet'
          ? { kind: 'csv', delimiter, quote, fields: fields.length }
          : { kind: 'json', paths: fields, byLine: format.kind === 'json-lines' },
      columns,
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
  const { sha256 } = await readFile(file, planned, { key, threads, signal: watch.signal }, consumer, (done) =>
    watch.onProgress?.({ stage: 'import', done, total: file.bytes, unit: 'bytes' }),
  );
  blocks.sort((a, b) => a.index - b.index);
  return { blocks, rejections, rows: blocks.reduce((sum, block) => sum + block.rows, 0), sha256 };
};
