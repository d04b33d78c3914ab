import { describe, expect, it } from 'vitest';
import { countOf, setOf } from '../../../core/rules/induce/bitset.ts';
import { encode, hitsOf, supportedCuts, type Conjunction } from '../../../core/rules/induce/codes.ts';

import { learnList, type Learning } from '../../../core/rules/induce/learn-list.ts';
import type { Table } from '../../../core/rules/induce/table.ts';

const ROWS = 300;
const CUTS = Float64Array.of(50, 100, 150, 200, 250);
const column = Float64Array.from({ length: ROWS }, (_, i) => i);
const other = Float64Array.from({ length: ROWS }, (_, i) => (i * 7) % ROWS);
const codes = encode([column, other], [CUTS, CUTS]);

/** The highest fifty, and the lowest fifty. */
const isPositive = (row: number): boolean => row >= 250 || row < 50;
const table: Table = {
  codes,
  labels: Uint8Array.from(column, (_, row) => (isPositive(row) ? 1 : 0)),
  usable: supportedCuts(codes, 10),
  worse: ['both', 'both'],
  windows: new Uint8Array(2),
  logs: Float64Array.from({ length: ROWS + 1 }, (_, i) => (i === 0 ? 0 : Math.log(i))),
};
const everybody = setOf(ROWS, () => true);
const positive = setOf(ROWS, isPositive);
const learning: Learning = {
  mostConditions: 4,
  mostRules: 5,
  k: 10,
  beamWidth: 5,
  beta: 1,
  minPositives: 3,
  minRows: 3,
};
const high = { column: 0, cut: 4, isHigh: true };
const low = { column: 0, cut: 0, isHigh: false };
const learned = (rule: Conjunction) => ({ rule, hits: hitsOf(codes, rule) });

describe('learning a list', () => {
  it('covers what one rule leaves with another, and stops there', () => {
    const rules = learnList(table, everybody, positive, learning).map(({ rule }) => rule);
    expect(rules).toHaveLength(2);
    expect(rules).toEqual(expect.arrayContaining([[high], [low]]));
  });

  it('keeps to the number of rules', () => {
    expect(learnList(table, everybody, positive, { ...learning, mostRules: 1 })).toHaveLength(1);
  });

  it('takes a rule that it was given, without the conditions that it does not need', () => {
    const given = learned([{ column: 1, cut: 0, isHigh: true }, high]);
    const wide = learned([{ column: 0, cut: 3, isHigh: true }, high]);
    const none = { ...learning, mostConditions: 0 };
    expect(learnList(table, everybody, positive, none, [wide]).map(({ rule }) => rule)).toEqual([[high]]);
    expect(learnList(table, everybody, positive, none, [given]).map(({ rule }) => rule)).toEqual([[high]]);
  });

  it('leaves out rules that are about too few, and rules that leave too few beside another', () => {
    for (const { hits } of learnList(table, everybody, positive, { ...learning, k: 60 })) {
      expect(countOf(hits)).toBeGreaterThanOrEqual(60);
    }
    const none = { ...learning, mostConditions: 0, k: 40 };
    const nearly = { rule: [high], hits: setOf(ROWS, (row) => row >= 250 || row < 5) };
    const more = [learned([high]), nearly];
    expect(learnList(table, everybody, positive, none, more)).toHaveLength(1);
  });

  it('learns from the rows it is given alone', () => {
    const upper = setOf(ROWS, (row) => row >= 150);
    expect(learnList(table, upper, positive, learning).map(({ rule }) => rule)).toEqual([[high]]);
  });

  it('takes two precise rules rather than one broad rule that leaves them nothing to add', () => {
    // 95 of 100 positives and 50 others are broad; 50 positives are of one kind, 45 of another, with no others.
    const kinds = [
      (row: number) => (row < 145 ? 1 : 0),
      (row: number) => (row < 50 ? 1 : 0),
      (row: number) => (row >= 50 && row < 95 ? 1 : 0),
    ].map((isOf) => Float64Array.from({ length: ROWS }, (_, row) => isOf(row)));
    const own = encode(
      kinds,
      kinds.map(() => Float64Array.of(1)),
    );
    const labels = Uint8Array.from({ length: ROWS }, (_, row) => (row < 95 || row >= 295 ? 1 : 0));
    const broad: Table = {
      ...table,
      codes: own,
      labels,
      usable: supportedCuts(own, 10),
      worse: ['high', 'high', 'high'],
      windows: new Uint8Array(3),
    };
    const wanted = setOf(ROWS, (row) => labels[row] === 1);
    const rules = learnList(broad, everybody, wanted, { ...learning, beta: 0.8, mostConditions: 1 });
    const columns = rules.map(({ rule }) => rule.map((literal) => literal.column));
    expect(columns).toHaveLength(2);
    expect(columns).toEqual(expect.arrayContaining([[1], [2]]));
  });
});
