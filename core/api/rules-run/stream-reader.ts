import type { PlanOptions } from '../../ingest/file-plan.ts';
import type { SpareBuffers } from '../../ingest/encode/index.ts';
import type { Encode } from '../../ingest/plan.ts';
import { createBlockParser, type BlockParser } from '../../ingest/read/block-parser.ts';
import { createLineSplitter, type Cut } from '../../ingest/read/blocks.ts';
import type { PackedBatch } from '../../rules/run/index.ts';
import { decodeBlock } from './decode-block.ts';
import { planStream, sniffStreamTime, UNKNOWN_TIME, type StreamTime } from './stream-plan.ts';

/** A line that is no event, and why; never with anything that stood in it. */
export type BadLine = { readonly line: number; readonly reason: string; readonly column: string | null };

/** What came of some bytes; the events are whole until more bytes are pushed. */
export type StreamPart = { readonly batch: PackedBatch; readonly bad: readonly BadLine[] };

/** Turns the bytes of a stream of lines into events, as an import does: identities become pseudonyms in the same pass. */
export type StreamReader = {
  push(bytes: Uint8Array): StreamPart;
  /** What is left when the stream ends: a last line without its line end. */
  end(): StreamPart;
  /** Reads these columns as well from the next bytes on. */
  widen(columns: readonly string[]): void;
};

export type StreamOptions = {
  /** Event columns that rules read. */
  readonly columns: readonly string[];
  /** The key that pseudonyms are made with. */
  readonly key: Uint8Array;
  readonly plan: PlanOptions;
  /** How the case made its columns. */
  readonly encodes?: ReadonlyMap<string, Encode>;
};

const NOTHING: PackedBatch = { length: 0, ts: new Float64Array(), columns: new Map() };

/**
 * A reader in bounded memory: what is held is the beginning of one line (of 4 MiB at most; longer ones are passed over and
 * named) and a table of the values met last. Errors, at the first lines: `usage` for a preset or a mapping that does not fit.
 */
export const createStreamReader = ({ columns, key, plan, encodes = new Map() }: StreamOptions): StreamReader => {
  const splitter = createLineSplitter('', ',');
  const spare: SpareBuffers = [];
  const wanted = new Set(columns);
  let parse: BlockParser | undefined;
  let time: StreamTime = { ...UNKNOWN_TIME, isSettled: plan.preset !== undefined };
  let index = 0;
  let isFirst = true;

  const read = (cut: Cut | undefined): StreamPart => {
    const bad: BadLine[] = [...splitter.takeRejections()];
    if (cut === undefined) return { batch: NOTHING, bad };
    const before = time.format.kind;
    if (!time.isSettled) time = sniffStreamTime(cut.bytes, plan, time);
    if (time.format.kind !== before) parse = undefined;
    parse ??= createBlockParser(planStream([...wanted], time.format, plan, encodes), key);
    const block = parse({ index: index++, bytes: cut.bytes, skip: 0 }, spare.splice(0));
    for (const { line, reason, column } of block.rejections) bad.push({ line: cut.firstLine + line, reason, column });
    const batch = decodeBlock(block);
    for (const { data } of block.columns) spare.push(data);
    return { batch, bad: bad.sort((a, b) => a.line - b.line) };
  };

  return {
    push: (bytes) => {
      const text = isFirst ? withoutMark(bytes) : bytes;
      isFirst = false;
      return read(splitter.push(text));
    },
    end: () => read(splitter.end()),
    widen: (more) => {
      const before = wanted.size;
      for (const column of more) wanted.add(column);
      if (wanted.size > before) parse = undefined;
    },
  };
};

/** A byte order mark says nothing. */
const withoutMark = (bytes: Uint8Array): Uint8Array =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
