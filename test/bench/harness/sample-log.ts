import { join } from 'node:path';
import { z } from 'zod';
import { nightjar } from './run.ts';

export type SampleLog = { readonly log: string; readonly labels: string; readonly generateMs: number };

const SUMMARY = z.object({ events: z.number(), actors: z.number(), positives: z.number() });

/** Writes a log of our generator into `folder`. */
export const generateLog = async (folder: string, events: number, seed: number): Promise<SampleLog> => {
  const log = join(folder, `platform-${events}.csv`);
  const labels = join(folder, `platform-${events}.labels.csv`);
  const args = ['--events', String(events), '--seed', String(seed), '--out', log, '--labels', labels];
  const finished = await nightjar(['samples', ...args, '--format', 'json']);
  if (finished.code !== 0) throw new Error(`The generator failed:\n${finished.stderr}`);
  const summary = SUMMARY.parse(JSON.parse(finished.stdout));
  console.log(
    `Log of ${summary.events} events, ${summary.actors} actors, ${summary.positives} planted, seed ${seed}: generated in ${(finished.wallMs / 1000).toFixed(1)} s.`,
  );
  return { log, labels, generateMs: finished.wallMs };
};
