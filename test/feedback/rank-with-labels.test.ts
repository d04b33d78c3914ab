import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  becauseOf,
  leavesOf,
  MOST_LABELS,
  priorOf,
  rankWithLabels,
  type Label,
  type Leaves,
  type Prior,
} from '../../core/feedback/index.ts';
import { makePace, standing } from '../../core/detect/index.ts';
import { fitForest, scoreForest } from '../../core/detect/isolation-forest/index.ts';
import { seededRandom } from '../../core/random/index.ts';
import { matrixOf } from '../detect/tables.ts';

/** 900 ordinary rows; 60 odd ones that are harmless; 40 that keep together a little off the middle: the abusive ones. */
const ROWS = 1000;
const HARMLESS = 900;
const ABUSIVE = 960;
const isAbuse = (row: number): boolean => row >= ABUSIVE;
let prior: Prior;
let leaves: Leaves;

beforeAll(async () => {
  const random = seededRandom(6);
  const centre = (row: number): number => (row < HARMLESS ? 0 : row < ABUSIVE ? 7 * Math.sign(random.normal()) : 2.2);
  const spread = (row: number): number => (isAbuse(row) ? 0.15 : 1);
  const values = Array.from({ length: ROWS }, (_, row) =>
    Array.from({ length: 4 }, () => centre(row) + spread(row) * random.normal()),
  );
  const matrix = matrixOf(4, values.flat());
  const forest = await fitForest(matrix, seededRandom(1), {}, { trees: 100 });
  leaves = await leavesOf(forest, matrix, makePace({}));
  const { tailRank } = standing(await scoreForest(forest, matrix, {}), ROWS);
  const other = standing(
    Float64Array.from(values, (row) => Math.hypot(...row)),
    ROWS,
  ).tailRank;
  const score = tailRank.map((value, i) => (value + (other[i] ?? 0)) / 2);
  prior = priorOf(score, [
    { name: 'isolationForest', tailRank },
    { name: 'distance', tailRank: other },
  ]);
});

const ranked = (labels: readonly Label[]) => rankWithLabels(prior, leaves, labels, seededRandom(3));
const labelled = (rows: readonly number[]): Label[] => rows.map((row) => ({ row, isAbuse: isAbuse(row) }));
const placeOf = (order: Uint32Array, row: number): number => order.indexOf(row);

test('without labels the order is the one of the score', () => {
  const { order, viewWeights } = ranked([]);
  const rows = Array.from(prior.score.keys()).sort((a, b) => (prior.score[b] ?? 0) - (prior.score[a] ?? 0) || a - b);
  expect([...order()]).toEqual(rows);
  expect([...viewWeights]).toEqual([0.5, 0.5]);
});

test('a label of abuse lifts those alike, a label of benign lowers them', () => {
  const before = ranked([]);
  const abuse = ranked(labelled([970, 971, 972]));
  const rises = Array.from(abuse.logOdds, (value, row) => value - (before.logOdds[row] ?? 0));
  const alike = Array.from({ length: ROWS - 973 }, (_, i) => rises[973 + i] ?? 0);
  expect(Math.min(...alike)).toBeGreaterThan(Math.max(...rises.slice(0, HARMLESS)));
  expect(placeOf(abuse.order(), 980)).toBeLessThan(placeOf(before.order(), 980));
  const benign = ranked(labelled([910]));
  expect(benign.logOdds[911]).toBeLessThan(before.logOdds[911] ?? 0);
});

test('every label pulls by what the ranking fails to explain of it', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ row: fc.nat(ROWS - 1), isAbuse: fc.boolean() }), {
        selector: ({ row }) => row,
        minLength: 1,
        maxLength: 80,
      }),
      (labels) => {
        const { logOdds, pull, used } = ranked(labels);
        expect(used).toEqual(labels);
        labels.forEach((label, i) => {
          const left = Number(label.isAbuse) - 1 / (1 + Math.exp(-(logOdds[label.row] ?? 0)));
          expect(pull[i]).toBeCloseTo(left, 4);
        });
      },
    ),
    { numRuns: 30 },
  );
});

test('every row is ranked once, the first ones by log-odds and what is not known of them', () => {
  const { order, top, logOdds } = ranked(labelled([950, 970, 5]));
  expect(new Set(order()).size).toBe(ROWS);
  expect([...order().subarray(0, top.length)]).toEqual([...top]);
  const rest = Array.from(order().subarray(top.length), (row) => logOdds[row] ?? 0);
  expect(rest).toEqual(rest.toSorted((a, b) => b - a));
});

test('an analyst who follows it finds nearly all; going down the score finds few', () => {
  const said: Label[] = [];
  while (said.length < 60) {
    const seen = new Set(said.map(({ row }) => row));
    said.push(...labelled([ranked(said).top.find((row) => !seen.has(row)) ?? 0]));
  }
  const stale = [...ranked([]).order().subarray(0, 60)].filter(isAbuse).length;
  expect(stale).toBeLessThan(10);
  expect(said.filter((label) => label.isAbuse).length).toBeGreaterThan(35);
});

describe('labels of one class', () => {
  test.each([true, false])('abuse: %s', (value) => {
    const { logOdds, order } = ranked([3, 4, 970].map((row) => ({ row, isAbuse: value })));
    expect(logOdds.every(Number.isFinite)).toBe(true);
    expect(new Set(order()).size).toBe(ROWS);
  });
});

test('beyond what it can take, labels are drawn: the same for the same seed, the rarer class kept', () => {
  const many = labelled(Array.from({ length: 900 }, (_, i) => i + 100));
  const once = ranked(many);
  expect(once.used).toHaveLength(MOST_LABELS);
  expect(once.used.filter((label) => label.isAbuse)).toHaveLength(40);
  expect(ranked(many).used).toEqual(once.used);
});

test('where nothing can be told apart, labels still move the detectors’ say', () => {
  const none: Leaves = { rows: ROWS, trees: 0, leavesPerTree: 1, leaf: new Uint8Array(0) };
  const { viewWeights, logOdds } = rankWithLabels(prior, none, labelled([900, 901, 902, 903]), seededRandom(1));
  expect(logOdds.every(Number.isFinite)).toBe(true);
  expect(Math.max(...viewWeights)).toBeLessThan(0.5);
});

test('it says which labels moved a row, the strongest first, and never the row itself', () => {
  const labels = labelled([970, 971, 910, 5]);
  const because = becauseOf(ranked(labels), leaves);
  const [first, second] = because(980, 3);
  expect([first?.row, second?.row].toSorted()).toEqual([970, 971]);
  expect(first?.adds).toBeGreaterThanOrEqual(second?.adds ?? 0);
  expect(because(970, 3).map(({ row }) => row)).not.toContain(970);
});
