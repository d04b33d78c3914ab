import type { ReadPlan } from './plan.ts';
import type { FilePlan } from './plan-file.ts';
import type { InputFile } from './list-inputs.ts';
import { createLineSplitter, type Splitter } from './read/blocks.ts';
import { createJsonSplitter } from './read/json-blocks.ts';
import { createMailSplitter } from './read/mail-blocks.ts';
import { openSource, sha256OfFile } from './read/open-source.ts';
import { openParquet } from './read/parquet.ts';
import { readBlocks, type BlockConsumer } from './read/read-blocks.ts';

export type ReadFileOptions = {
  readonly key: Uint8Array;
  readonly threads: number;
  readonly signal: AbortSignal | undefined;
};

/** Reads one planned file to its end and returns its hash. `onBytes` is told how far it is. */
export const readFile = async (
  file: InputFile,
  planned: FilePlan,
  options: ReadFileOptions,
  consumer: BlockConsumer,
  onBytes: (bytes: number) => void,
): Promise<{ readonly sha256: string }> => {
  const common = { plan: planned.plan, skip: planned.skip, sequential: planned.sequential, ...options };
  if (planned.format.kind === 'parquet') {
    const table = await openParquet(file.path, file.name);
    try {
      const { plan, used } = ofUsedFields(planned.plan);
      const names = used?.map((at) => table.fields[at] ?? '');
      const chunks = table.chunks(options.signal, names);
      await readBlocks(
        { ...common, plan, chunks, splitter: createLineSplitter('"', ','), bytes: file.bytes * PARQUET_RATIO },
        consumer,
      );
    } finally {
      table.close();
    }
    return { sha256: await sha256OfFile(file.path, file.name) };
  }
  const gzip = planned.format.compression === 'gzip';
  const source = openSource(file.path, file.name, {
    gzip,
    encoding: planned.format.encoding,
    ...(planned.format.lineEnds === undefined ? {} : { lineEnds: planned.format.lineEnds }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  const chunks = reporting(source.chunks, () => onBytes(source.bytesRead()));
  await readBlocks(
    { ...common, chunks, splitter: splitterOf(planned), bytes: file.bytes * (gzip ? GZIP_RATIO : 1) },
    consumer,
  );
  return { sha256: source.sha256() };
};

/** The same plan for records that hold only the fields it reads; undefined: all, as they are. */
const ofUsedFields = (plan: ReadPlan): { readonly plan: ReadPlan; readonly used: readonly number[] | undefined } => {
  const { format, columns } = plan;
  const used = [...new Set(columns.flatMap(({ fields, within }) => [...fields, ...(within ?? [])]))].sort(
    (a, b) => a - b,
  );
  if (format.kind !== 'csv' || used.length === 0) return { plan, used: undefined };
  if (used.length === 1) used.push(...used); // a missing value alone would be an empty line, which is no record
  const places = (fields: readonly number[]): number[] => fields.map((field) => used.indexOf(field));
  return {
    used,
    plan: {
      format: { ...format, fields: used.length },
      columns: columns.map((column) => ({
        ...column,
        fields: places(column.fields),
        ...(column.within === undefined ? {} : { within: places(column.within) }),
      })),
    },
  };
};

/** How much larger logs usually are than their compressed file; only decides whether workers are worth starting. */
const GZIP_RATIO = 8;
const PARQUET_RATIO = 4;

async function* reporting(chunks: AsyncIterable<Uint8Array>, report: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk;
    report();
  }
}

/** What cuts a planned file into records. */
export const splitterOf = ({ plan, format }: FilePlan): Splitter => {
  if (plan.format.kind === 'csv') return createLineSplitter(plan.format.quote, plan.format.delimiter);
  if (format.kind === 'mail') return createMailSplitter();
  if (format.kind === 'json-array') return createJsonSplitter(format.records ?? '');
  if (format.kind === 'json-lines' && !plan.format.byLine) return createJsonSplitter(undefined);
  return createLineSplitter('', ',');
};
