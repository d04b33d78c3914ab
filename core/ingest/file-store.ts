import { appendColumns, type Case } from '../store/index.ts';
import type { BlockSink } from './block-sink.ts';
import type { EncodedBlock, Rejection } from './plan.ts';

/** Quarantine rows held back before they are written. */
const QUARANTINE_ROWS = 50_000;

export type FileCounts = {
  readonly rows: number;
  readonly stored: number;
  readonly reasons: Record<string, number>;
  readonly nulled: Record<string, number>;
  readonly rounded: Record<string, number>;
};

/** Takes the blocks of one file: events to the sink, rejections to quarantine, identities to the vault, and counts. */
export const createFileStore = (
  into: Case,
  sink: BlockSink,
  file: { batchId: string; dataset: string; ordinal: number },
) => {
  let rows = 0;
  let stored = 0;
  let waiting: Rejection[] = [];
  const reasons: Record<string, number> = {};
  const nulled: Record<string, number> = {};
  const rounded: Record<string, number> = {};
  const reject = (rejections: readonly Rejection[]): void => {
    for (const rejection of rejections) {
      const reason = rejection.column === null ? rejection.reason : `${rejection.column}: ${rejection.reason}`;
      reasons[reason] = (reasons[reason] ?? 0) + 1;
      waiting.push(rejection);
    }
  };
  return {
    take: (block: EncodedBlock, done: () => void): void => {
      rows += block.records;
      stored += block.rows;
      sink.add({ ...block, file: file.ordinal }, done);
      reject(block.rejections);
      addAll(nulled, block.nulledNumbers);
      addAll(rounded, block.roundedNumbers);
      if (into.vault.sealing !== 'none' && into.vault.sealing !== 'memory') {
        into.vault.append(block.identities.map(([pseudonym, column, value]) => ({ pseudonym, column, value })));
      }
    },
    takeRejections: (rejections: readonly Rejection[]): void => {
      rows += rejections.length;
      reject(rejections);
    },
    pendingRows: (): number => sink.pendingRows() + Math.max(0, waiting.length - QUARANTINE_ROWS),
    store: async (): Promise<void> => {
      await sink.flush();
      const batch = waiting;
      waiting = [];
      if (batch.length === 0) return;
      await appendColumns(into.connection, 'quarantine', batch.length, {
        batch_id: file.batchId,
        dataset: file.dataset,
        line: batch.map((rejection) => rejection.line),
        reason: batch.map((rejection) => rejection.reason),
        column_name: batch.map((rejection) => rejection.column),
      });
    },
    counts: (): FileCounts => ({ rows, stored, reasons, nulled, rounded }),
  };
};

const addAll = (counts: Record<string, number>, more: Readonly<Record<string, number>>): void => {
  for (const [column, count] of Object.entries(more)) counts[column] = (counts[column] ?? 0) + count;
};
