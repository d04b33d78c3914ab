import { join } from 'node:path';
import { z } from 'zod';
import { installPeers, runPython, versionsOf } from '../harness/python.ts';
import { writeColumns } from '../harness/table-file.ts';
import { inTemporaryFolder } from '../harness/temporary.ts';
import type { Labelled } from './labelled.ts';

/** Who else learns from labels: coniferest's active anomaly discovery and its pine forest, as they come. */
export const PEERS = ['aadForest', 'pineForest'] as const;
export const PEER_VERSIONS = versionsOf(['coniferest']);

const answer = z.record(z.string(), z.array(z.number()));

/**
 * What each peer's own session finds within the budget, by name, one number per seed; none of those that cannot be installed.
 * A peer has so many seconds for the seeds of a table: fewer numbers, or none, where that is not enough.
 */
export const askPeers = async (
  { table, label }: Labelled,
  seeds: number,
  budget: number,
  seconds: number,
): Promise<Readonly<Record<string, readonly number[]>>> => {
  if (!(await installPeers(['coniferest'])).includes('coniferest')) return {};
  return inTemporaryFolder(async (folder) => {
    const values = join(folder, 'values');
    writeColumns(values, [...table.columns, Float64Array.from(label)]);
    return answer.parse(await runPython('feedback', { values, rows: label.length, seeds, budget, seconds }));
  });
};
