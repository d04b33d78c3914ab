import { parentPort, workerData } from 'node:worker_threads';
import type { Block, EncodedBlock, ReadPlan } from '../plan.ts';
import { createBlockParser } from './block-parser.ts';

/** What the pool sends a worker at its start. */
export type ParseWorkerData = { readonly plan: ReadPlan; readonly key: Uint8Array };

const { plan, key }: ParseWorkerData = workerData;
const parse = createBlockParser(plan, key);

const transferables = (encoded: EncodedBlock): ArrayBuffer[] => [
  ...encoded.columns.map((column) => column.data),
  ...encoded.columns.flatMap((column) => column.validity ?? []),
];

parentPort?.on('message', (block: Block) => {
  const encoded = parse(block);
  parentPort?.postMessage(encoded, transferables(encoded));
});
