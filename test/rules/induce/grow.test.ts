import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../core/random/index.ts';
import { rowsOf, setOf, countBoth, countOf } from '../../../core/rules/induce/bitset.ts';
import {
  encode,
  hitsOf,
  parted,
  supportedCuts,
  type Conjunction,
  type Literal,
} from '../../../core/rules/induce/codes.ts';
import { growRule } from '../../../core/rules/induce/grow.ts';
import { counted, positivesFirst, uncounted } from '../../../core/rules/induce/histogram.ts';
import { evidenceOf } from '../../../core/rules/induce/likelihood.ts';
import type { Table } from '../../../core/rules/induce/table.ts';
import { fMeasure } from '../../../core/rules/induce/worth.ts';
import { numbers } from './tables.ts';

const LOGS = Float64Array.from({ length: 100 }, (_, i) => (i === 0 ? 0 : Math.log(i)));
const CUTS = Float64Array.of(10, 20, 30, 40, 50, 60, 70, 80, 90);

const tableOf = (columns: readonly Float64Array[], labels: Uint8Array, more: Partial<Table> = {}): Table => {
  const codes = encode(
    columns,
    columns.map(() => CUTS),
  );
  return {
    codes,
    labels,
    usable: supportedCuts(codes, 1),
    worse: columns.map(() => 'both'),
    windows: new Uint8Array(columns.length),
    logs: Float64Array.from({ length: labels.length + 1 }, (_, i) => (i === 0 ? 0 : Math.log(i))),
    ...more,
  };
};

const grown = (table: Table, mostConditions: number, isSupported: (rule: Conjunction) => boolean = () => true) => {
  const positives = table.labels.reduce((sum, label) => sum + label, 0);
  const rows = Uint32Array.from(table.labels, (_, row) => row);
  return growRule(
    table,
    { rows, truePositives: 0, falsePositives: 0, positives },
    { mostConditions, beamWidth: 200, beta: 1, minPositives: 3, minRows: 3 },
    isSupported,
  );
};

const worthOnRows = (table: Table, rule: Conjunction): number => {
  const positive = setOf(table.labels.length, (row) => table.labels[row] === 1);
  const hits = hitsOf(table.codes, rule);
  const tp = countBoth(hits, positive);
  return fMeasure(tp, countOf(hits) - tp, countOf(positive), 1);
};

/** A box of two columns is abuse. */
const box = (seed: number) => {
  const random = seededRandom(seed);
  const columns = Array.from({ length: 4 }, () => numbers(800, () => random.float() * 100));
  const [a, b] = columns;
  const labels = Uint8Array.from({ length: 800 }, (_, i) => ((a?.[i] ?? 0) >= 70 && (b?.[i] ?? 0) < 30 ? 1 : 0));
  return { columns, labels };
};

describe('growing a rule', () => {
  it('finds a planted box, and its own words for it', () => {
    const { columns, labels } = box(1);
    const rule = grown(tableOf(columns, labels), 4)?.rule ?? [];
    const literals: readonly Literal[] = [
      { column: 0, cut: 6, isHigh: true },
      { column: 1, cut: 2, isHigh: false },
    ];
    expect(rule).toHaveLength(2);
    expect(rule).toEqual(expect.arrayContaining([...literals]));
  });

  it('is as good as the best of all pairs of conditions', () => {
    const { columns, labels } = box(2);
    const random = seededRandom(3);
    const noisy = labels.map((label) => (random.float() < 0.1 ? 1 - label : label));
    const table = tableOf(columns, noisy);
    const literals = columns.flatMap((_, column) =>
      [...CUTS.keys()].flatMap((cut) => [true, false].map((isHigh) => ({ column, cut, isHigh }))),
    );
    const best = Math.max(...literals.flatMap((x) => literals.map((y) => worthOnRows(table, [x, y]))));
    const rule = grown(table, 2)?.rule ?? [];
    // A threshold is chosen with its neighbours in mind: the box itself, whose edges are sharp, may be a step away.
    expect(worthOnRows(table, rule)).toBeGreaterThan(best - 0.02);
  });

  it('counts both sides of a threshold: one that leaves out a few, none of them positive, is evidence', () => {
    // 60 positives among 70 from 10 on, none of the 8 below: the rest are 200 others.
    const value = numbers(278, () => 0).map((_, i) => (i < 8 ? 5 : i < 78 ? 15 : 95));
    const labels = Uint8Array.from({ length: 278 }, (_, i) => (i >= 8 && i < 68 ? 1 : 0));
    const rule = grown(tableOf([value], labels), 2)?.rule ?? [];
    expect(rule.some(({ cut, isHigh }) => cut === 0 && isHigh)).toBe(true);
    expect(evidenceOf(LOGS, 60, 10, 60, 18)).toBeGreaterThan(8);
    // By hand: 30 of 40 and 10 of 40 of 80: 2 · (30 ln (30 / 20) + 10 ln (10 / 20)).
    expect(evidenceOf(LOGS, 30, 10, 40, 40)).toBeCloseTo(2 * (30 * Math.log(1.5) + 10 * Math.log(0.5)), 10);
    expect(evidenceOf(LOGS, 20, 20, 40, 40)).toBeCloseTo(0, 10);
  });

  it('is the same whether the rows are counted already or not', () => {
    const { columns, labels } = box(5);
    const table = tableOf(columns, labels);
    const rows = Uint32Array.from(labels.keys()).filter((row) => row % 3 !== 0);
    const histogram = counted(table.codes, positivesFirst(rows, labels));
    const left = { rows, truePositives: 4, falsePositives: 2, positives: 90 };
    const growth = { mostConditions: 3, beamWidth: 5, beta: 0.8, minPositives: 3, minRows: 3 };
    const plain = growRule(table, left, growth, () => true);
    expect(plain).toBeDefined();
    expect(growRule(table, { ...left, histogram }, growth, () => true)).toEqual(plain);
  });

  it('counts what is left of some rows as if the others had never been there', () => {
    const { columns, labels } = box(5);
    const { codes } = tableOf(columns, labels);
    const rows = Uint32Array.from(labels.keys());
    const all = counted(codes, positivesFirst(rows, labels));
    const { kept, dropped } = parted(codes, rows, { column: 1, cut: 4, isHigh: true });
    expect([...kept, ...dropped].toSorted((a, b) => a - b)).toEqual([...rows]);
    expect(kept.every((row) => (columns[1]?.[row] ?? 0) >= (CUTS[4] ?? 0))).toBe(true);
    expect(dropped.every((row) => (columns[1]?.[row] ?? 0) < (CUTS[4] ?? 0))).toBe(true);
    const left = uncounted(all, codes, positivesFirst(dropped, labels));
    expect(left).toEqual(counted(codes, positivesFirst(kept, labels)));
    expect(all).toEqual(counted(codes, positivesFirst(rows, labels)));
  });

  it('finds nothing where every rule takes away from what those before it reach', () => {
    const random = seededRandom(8);
    const columns = [numbers(400, () => random.float() * 100)];
    const labels = Uint8Array.from(columns[0] ?? [], (value) => (random.float() < (value < 70 ? 0.02 : 0.3) ? 1 : 0));
    const table = tableOf(columns, labels);
    const rows = Uint32Array.from(labels.keys());
    const positives = labels.reduce((sum, label) => sum + label, 0);
    const growth = { mostConditions: 3, beamWidth: 5, beta: 0.8, minPositives: 3, minRows: 3 };
    const beside = (found: number) => ({ rows, truePositives: found, falsePositives: 0, positives: positives + found });
    // At best three in ten are positive: a rule is worth something where nothing is found yet, and less than nothing beside 900 found.
    expect(growRule(table, beside(0), growth, () => true)).toBeDefined();
    expect(growRule(table, beside(900), growth, () => true)).toBeUndefined();
  });

  it('keeps to what is supported', () => {
    const { columns, labels } = box(1);
    const table = tableOf(columns, labels);
    const rule = grown(table, 4, (each) => countOf(hitsOf(table.codes, each)) >= 200)?.rule ?? [];
    expect(rowsOf(hitsOf(table.codes, rule)).length).toBeGreaterThanOrEqual(200);
    expect(grown(table, 4, () => false)).toBeUndefined();
  });

  it('does not say that little is suspicious where much is, but for strong evidence', () => {
    const { columns, labels } = box(4);
    const against = ['high', 'high', 'high', 'high'] as const;
    const evident = grown(tableOf(columns, labels, { worse: against }), 4)?.rule ?? [];
    expect(evident.some(({ column, isHigh }) => column === 1 && !isHigh)).toBe(true);
    // 28 of 80 low values and 14 of 120 others: a log-likelihood of 4. With no direction named it is used, against it it is not.
    const weak = Float64Array.from({ length: 200 }, (_, i) => i / 2);
    const leaning = Uint8Array.from(weak, (_, i) => ((i < 80 ? i % 20 : i % 60) < 7 ? 1 : 0));
    expect(grown(tableOf([weak], leaning), 1)?.rule[0]?.isHigh).toBe(false);
    expect(grown(tableOf([weak], leaning, { worse: ['high'] }), 1)?.rule[0]?.isHigh ?? true).toBe(true);
  });

  it('looks through one window only, and for much', () => {
    const random = seededRandom(6);
    const columns = Array.from({ length: 3 }, () => numbers(800, () => random.float() * 100));
    const labels = Uint8Array.from({ length: 800 }, (_, i) =>
      columns.every((column) => (column[i] ?? 0) >= 50) ? 1 : 0,
    );
    const columnsOf = (windows: readonly number[]): readonly number[] =>
      (grown(tableOf(columns, labels, { windows: Uint8Array.from(windows) }), 4)?.rule ?? [])
        .map(({ column }) => column)
        .sort();
    expect(columnsOf([0, 0, 0])).toEqual([0, 1, 2]);
    expect(columnsOf([1, 0, 1])).toEqual([0, 1, 2]);
    expect(columnsOf([1, 2, 1])).toEqual([0, 2]);
    const low = Uint8Array.from(columns[0] ?? [], (value) => (value < 30 ? 1 : 0));
    const rule = grown(tableOf(columns, low, { windows: Uint8Array.of(1, 1, 1) }), 4)?.rule ?? [];
    expect(rule.every(({ isHigh }) => isHigh)).toBe(true);
  });
});
