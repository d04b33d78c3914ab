/**
 * Rules learned from labels, beside imodels (SkopeRules, RuleFit, GreedyRuleList, OneR), wittgenstein (RIPPER) and
 * scikit-learn's decision tree: the same features, the same splits, at most 5 rules of at most 4 conditions for all. F1 and precision on
 * the actors that were held out, time to learn, and how stable our rules are over 20 resamples. Ours hit at least 10 actors each,
 * with rounded thresholds, so that they may leave a case; the peers' need not.
 * `npm run bench:rules [-- --data DIR --seeds N --small-seeds N --ripper 0]`
 */
import { join } from 'node:path';
import { seededRandom } from '../../core/random/index.ts';
import type { InducedRules, InduceInput } from '../../core/rules/induce/index.ts';
import { loadInduction } from './harness/engine.ts';
import { benchOptions } from './harness/options.ts';
import { installPeers, versionsOf } from './harness/python.ts';
import { figureOf, printTable, writeResult, type Figure } from './harness/result.ts';
import { mean, range } from './harness/statistics.ts';
import { inTemporaryFolder } from './harness/temporary.ts';
import { askPeers, PEERS, type Outcome } from './rules/peers.ts';
import { splitsOf } from './rules/splits.ts';
import { labelledActors, type LabelledActors } from './rules/tables.ts';

const PACKAGES = ['pandas', 'scikit-learn', 'pyarrow', 'six', 'imodels', 'wittgenstein'] as const;
const OURS = 'nightjar';
/** Splits of a table; of a small one, where each holds out few positives, more. */
const { data, numbers } = benchOptions({ seeds: 5, 'small-seeds': 15, ripper: 1 });
const SMALL = 5000;
const WARM_UPS = 10;
const seedsFor = (rows: number): readonly number[] =>
  Array.from({ length: rows < SMALL ? numbers['small-seeds'] : numbers.seeds }, (_, i) => i + 1);

const inputOf = ({ infos, columns, labels }: LabelledActors, mask: Uint8Array): InduceInput => ({
  features: {
    actors: Array.from(labels, (_, row) => String(row)),
    columns: new Map(infos.map(({ name }, j) => [name, columns[j] ?? new Float64Array(0)])),
  },
  infos,
  labels,
  split: mask,
  purpose: 'set',
  resamples: 0,
});

type Ours = { readonly outcome: Outcome; readonly found: InducedRules };

type Induce = Awaited<ReturnType<typeof loadInduction>>['induceRules'];

const learn = (induceRules: Induce, table: LabelledActors, mask: Uint8Array): Ours => {
  const input = inputOf(table, mask);
  const startedAt = performance.now();
  const found = induceRules(input, seededRandom(1));
  const ms = performance.now() - startedAt;
  const { truePositives: tp, falsePositives: fp, falseNegatives: fn } = found.list.holdOut ?? found.list.training;
  return { outcome: { tp, fp, fn, ms }, found };
};

const f1 = ({ tp, fp, fn }: Outcome): number => (tp === 0 ? 0 : (2 * tp) / (2 * tp + fp + fn));
const precision = ({ tp, fp }: Outcome): number => (tp === 0 ? 0 : tp / (tp + fp));
const METRICS = [
  ['F1', f1],
  ['precision', precision],
  ['ms', ({ ms }: Outcome) => ms],
] as const;

const cell = (values: readonly number[], digits: number): string => {
  const [low, high] = range(values);
  const middle = mean(values).toFixed(digits);
  return values.length === 1 ? middle : `${middle} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
};

/** Figures of one table and one way to split it; the peer with the best mean F1 comes first. */
const compare = (
  what: string,
  ours: readonly Outcome[],
  peers: Readonly<Record<string, readonly Outcome[]>>,
): readonly Figure[] => {
  const worth = (outcomes: readonly Outcome[]): number => mean(outcomes.map(f1));
  const ordered = Object.entries(peers).sort(([, a], [, b]) => worth(b) - worth(a));
  const rows = [[OURS, ours] as const, ...ordered].map(([name, outcomes]) => [
    name,
    cell(outcomes.map(f1), 3),
    cell(outcomes.map(precision), 3),
    cell(
      outcomes.map(({ ms }) => ms),
      1,
    ),
  ]);
  printTable(what, ['', 'F1', 'precision', 'ms'], rows);
  return METRICS.map(([unit, of]) =>
    figureOf(
      what,
      unit,
      ours.map(of),
      Object.fromEntries(ordered.map(([name, outcomes]) => [name, outcomes.map(of)])),
      mean,
    ),
  );
};

await inTemporaryFolder(async (folder) => {
  const installed = await installPeers(PACKAGES);
  const hasPeers = installed.length === PACKAGES.length;
  const peers = PEERS.filter((peer) => peer !== 'RIPPER' || numbers.ripper === 1);
  const figures: Figure[] = [];
  const tables = await labelledActors(join(data, 'logs'), folder);
  const { induceRules } = await loadInduction(); // the tables were made by the command line, which builds it where it is old
  if (tables.length === 1) console.log('Only the sample is here: give the folder of the other logs by --data DIR.');
  for (const table of tables) {
    for (const { kind, masks } of splitsOf(table, seedsFor(table.labels.length))) {
      const first = masks[0];
      if (first === undefined) continue;
      // Compiled beforehand, as the peers are, which also import what they need before they are timed.
      for (let i = 0; i < WARM_UPS; i++) learn(induceRules, table, first);
      const ours = masks.map((mask) => learn(induceRules, table, mask).outcome);
      const theirs = hasPeers ? await askPeers(table, masks, folder, peers) : {};
      const positives = table.labels.reduce((sum, label) => sum + label, 0);
      const what = `${table.name}, ${kind === 'time' ? 'splits by time' : 'random splits'}`;
      figures.push(...compare(`${what} (${table.labels.length} actors, ${positives} positives)`, ours, theirs));
      if (kind === 'time') continue;
      const { stability } = induceRules({ ...inputOf(table, first), resamples: 20 }, seededRandom(1));
      if (stability === null) continue;
      figures.push(figureOf(`${what}, 20 resamples: Jaccard of hits`, 'mean', [stability.jaccard]));
      figures.push(figureOf(`${what}, 20 resamples: conditions found again`, 'share', [stability.conditions]));
      console.log(
        `\nStable over 20 resamples: Jaccard ${stability.jaccard.toFixed(2)}, conditions ${stability.conditions.toFixed(2)}.`,
      );
    }
  }
  writeResult('rules', versionsOf(installed), figures, { ...numbers, mostRules: 5, mostConditions: 4, k: 10 });
});
