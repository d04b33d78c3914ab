import { parentPort, workerData } from 'node:worker_threads';
import type { SpareBuffers, TermTables } from '../encode/index.ts';
import type { Block, EncodedBlock, ReadPlan } from '../plan.ts';
import { createBlockParser } from './block-parser.ts';

/** What the pool sends a worker at its start. */
export type ParseWorkerData = { readonly plan: ReadPlan; readonly key: Uint8Array; readonly tables: TermTables };

/** What it sends it later: a block to parse, or tables that replace the ones so far. */
export type ParseRequest = { readonly block: Block; readonly spare: SpareBuffers } | { readonly tables: TermTables };

/** The answer, and the block's memory. */
export type Parsed = { readonly encoded: EncodedBlock; readonly bytes: ArrayBufferLike };

const { plan, key, tables }: ParseWorkerData = workerData;
const parse = createBlockParser(plan, key, tables);

parentPort?.on('message', (request: ParseRequest) => {
  if ('tables' in request) {
    tables.splice(0, tables.length, ...request.tables);
    return;
  }
  const bytes = request.block.bytes.buffer;
  const parsed: Parsed = { encoded: parse(request.block, request.spare), bytes };
  parentPort?.postMessage(parsed, bytes instanceof ArrayBuffer ? [bytes] : []);
});
