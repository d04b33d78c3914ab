import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { runPython } from '../harness/python.ts';
import { writeColumns } from '../harness/table-file.ts';
import type { LabelledActors } from './tables.ts';

/** What rules find on the actors they were not learned from. */
export type Outcome = { readonly tp: number; readonly fp: number; readonly fn: number; readonly ms: number };

const OUTCOME = z.object({
  tp: z.number(),
  fp: z.number(),
  fn: z.number(),
  ms: z.number(),
  rules: z.array(z.string()),
  error: z.string().optional(),
});
const ANSWER = z.record(z.string(), z.array(OUTCOME));

/** Peers by name, as test/bench/peers/rules.py has them. */
export const PEERS = [
  'SkopeRules',
  'RuleFit',
  'RuleFit rules',
  'GreedyRuleList',
  'OneR',
  'RIPPER',
  'DecisionTree',
  'DecisionTree balanced',
] as const;

/** Every peer on the same table and the same splits, one outcome per split. */
export const askPeers = async (
  { columns, labels }: LabelledActors,
  masks: readonly Uint8Array[],
  folder: string,
  peers: readonly string[] = PEERS,
): Promise<Readonly<Record<string, readonly Outcome[]>>> => {
  const values = join(folder, 'values.f64');
  const maskFile = join(folder, 'masks.u8');
  writeColumns(values, [...columns, Float64Array.from(labels)]);
  writeFileSync(maskFile, Buffer.concat(masks.map((mask) => Buffer.from(mask))));
  const seeds = masks.map((_, i) => i + 1);
  const answer = ANSWER.parse(await runPython('rules', { values, masks: maskFile, rows: labels.length, seeds, peers }));
  for (const [peer, outcomes] of Object.entries(answer)) {
    const failed = outcomes.find(({ error }) => error !== undefined);
    if (failed !== undefined) console.log(`${peer}: ${failed.error}`);
  }
  return answer;
};
