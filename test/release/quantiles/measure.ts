/**
 * Rank error of quantiles at equal cost: recursion by the exponential mechanism against a consistent noised tree of counts
 * (fan-out 16, an equal share per level). Prints Markdown. Not a test: it fails at nothing.
 */
import { parseRational, rational, type Rational } from '../../../core/math/rational.ts';
import { createNoiseSource, type NoiseSource } from '../../../core/random/noise-source.ts';
import { seededRandom, systemRandom } from '../../../core/random/index.ts';
import type { PrivacyLoss } from '../../../core/release/accounting/index.ts';
import { planHierarchy, runHierarchy, sumTree, type HierarchyPlan } from '../../../core/release/hierarchy/index.ts';
import { privateQuantiles, quantileLevels } from '../../../core/release/quantiles/index.ts';
import { choiceBudget } from '../../../core/release/top-k/index.ts';

const CELLS = 4096;
const FAN_OUT = 16;
const RUNS = 60;

const random = seededRandom(7);
const SHAPES: readonly (readonly [string, () => number])[] = [
  ['uniform', () => random.float() * CELLS],
  ['normal', () => CELLS / 2 + (random.normal() * CELLS) / 16],
  ['log-normal', () => 20 * Math.exp(1.2 * random.normal())],
  ['92 % zeros', () => (random.float() < 0.92 ? 0 : 100 + random.float() * 3000)],
  ['three values', () => [5, 700, 3000][random.int(3)] ?? 0],
];

const SETS: readonly (readonly string[])[] = [
  ['0.5'],
  ['0.25', '0.5', '0.75'],
  Array.from({ length: 9 }, (_, i) => `0.${i + 1}`),
  Array.from({ length: 99 }, (_, i) => String((i + 1) / 100)),
];

const treeOf = () => {
  const groupings: number[][] = [];
  for (let nodes = CELLS; nodes > FAN_OUT; nodes /= FAN_OUT) {
    groupings.push(Array.from({ length: nodes }, (_, i) => Math.floor(i / FAN_OUT)));
  }
  return sumTree(CELLS, groupings);
};
const TREE = treeOf();

const treePlan = (loss: PrivacyLoss): HierarchyPlan => {
  const levels = TREE.levelStart.length - 1; // the root tells the number of rows, which ranks need
  return planHierarchy({
    tree: TREE,
    leavesPerActor: 1,
    perLeaf: 1,
    loss,
    shares: Array(levels).fill(rational(1, levels)),
  });
};

const fromTree = (plan: HierarchyPlan, counts: Float64Array, ps: readonly number[], source: NoiseSource): number[] => {
  const { value } = runHierarchy(plan, counts, { level: 0.95, nonNegative: true }, source);
  const leaves = value.subarray(value.length - CELLS);
  const total = Math.max(1, value[0] ?? 1);
  let at = 0;
  let below = 0;
  return ps.map((p) => {
    while (at < CELLS - 1 && below + (leaves[at] ?? 0) < p * total) below += leaves[at++] ?? 0;
    return at;
  });
};

/** How many rows a cell is off from being the p-quantile. */
const rankError = (counts: Float64Array, n: number, p: number, cell: number): number => {
  let below = 0;
  for (let i = 0; i < cell; i++) below += counts[i] ?? 0;
  return Math.max(0, below - p * n, p * n - below - (counts[cell] ?? 0));
};

const measure = (rows: number, loss: PrivacyLoss, shape: () => number, set: readonly string[], source: NoiseSource) => {
  const values = Float64Array.from({ length: rows }, () => Math.min(CELLS - 1, Math.floor(shape())));
  const counts = new Float64Array(CELLS);
  for (const value of values) counts[value]!++;
  const probabilities: readonly Rational[] = set.map(parseRational);
  const ps = set.map(Number);
  const epsilonPerLevel = choiceBudget(loss, quantileLevels(ps.length)).epsilon;
  const task = { probabilities, lowCells: 0, highCells: CELLS - 1, rowsPerActor: 1, epsilonPerLevel };
  const plan = treePlan(loss);
  const errors = [0, 0];
  for (let run = 0; run < RUNS; run++) {
    const found = [privateQuantiles(values, task, source), fromTree(plan, counts, ps, source)];
    found.forEach((cells, i) => {
      const sum = ps.reduce((total, p, j) => total + rankError(counts, rows, p, cells[j] ?? 0), 0);
      errors[i]! += sum / ps.length / RUNS;
    });
  }
  return errors;
};

const source = createNoiseSource(systemRandom);
const LOSSES: readonly (readonly [string, PrivacyLoss])[] = [
  ['ε = 1', { kind: 'pure', epsilon: rational(1) }],
  ['ε = 0.1', { kind: 'pure', epsilon: rational(1, 10) }],
  ['ρ = 0.02', { kind: 'zcdp', rho: rational(1, 50) }],
];
console.log('| rows | cost | shape | quantiles | recursion | tree |\n|---|---|---|---|---|---|');
for (const rows of [1000, 20_000]) {
  for (const [cost, loss] of LOSSES) {
    for (const [name, shape] of SHAPES) {
      for (const set of SETS) {
        const [recursion, tree] = measure(rows, loss, shape, set, source);
        console.log(`| ${rows} | ${cost} | ${name} | ${set.length} | ${recursion?.toFixed(1)} | ${tree?.toFixed(1)} |`);
      }
    }
  }
}
