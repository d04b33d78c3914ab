import { expect, test } from 'vitest';
import {
  attackerRisks,
  expectedMatchRisk,
  kAnonymity,
  leastClassSize,
  sizeTable,
} from '../../../core/anonymize/risk/index.ts';

/** Ten actors in classes of 1, 2, 3 and 4: every figure below is worked out by hand. */
const TEN = sizeTable(Uint32Array.of(3, 1, 4, 2));

test('a literal table has the risks of the definitions of El Emam and ARX', () => {
  expect(attackerRisks(TEN, 0.3, null)).toEqual({
    threshold: 0.3,
    prosecutor: { atRisk: 0.6, highest: 1, average: 0.4 },
    journalist: { atRisk: 0.6, highest: 1, average: 0.4 },
    marketer: { average: 0.4 },
    samplingFraction: null,
  });
});

test.each([
  [1, 0],
  [0.99, 0.1],
  [0.5, 0.1],
  [0.49, 0.3],
  [1 / 3, 0.3],
  [0.25, 0.6],
  [0.2, 1],
])('above a threshold of %d are %d: equal to it is not above', (threshold, atRisk) => {
  expect(attackerRisks(TEN, threshold, null).prosecutor.atRisk).toBeCloseTo(atRisk, 12);
});

test('of half a population, risks are those of the integral', () => {
  const one = Math.LN2;
  const two = 1 - Math.LN2;
  const three = Math.LN2 - 0.5;
  const four = 1 / 3 - three;
  const mean = (1 * one + 2 * two + 3 * three + 4 * four) / 10;
  const { journalist, marketer, prosecutor } = attackerRisks(TEN, 0.3, 0.5);
  expect(prosecutor.average).toBe(0.4);
  expect(marketer.average).toBeCloseTo(mean, 12);
  expect(journalist.average).toBeCloseTo(Math.max(mean, 4 / 20), 12);
  expect(journalist.highest).toBeCloseTo(one, 12);
  expect(journalist.atRisk).toBeCloseTo(0.3, 12);
});

test('the whole population is its own sample, and risk falls with class and population', () => {
  for (const size of [1, 2, 9, 400]) {
    expect(expectedMatchRisk(size, 1)).toBe(1 / size);
    expect(expectedMatchRisk(size, 0.3)).toBeLessThan(1 / size);
    expect(expectedMatchRisk(size + 1, 0.3)).toBeLessThan(expectedMatchRisk(size, 0.3));
    expect(expectedMatchRisk(size, 0.1)).toBeLessThan(expectedMatchRisk(size, 0.3));
  }
});

test.each([
  [1, 1],
  [0.5, 2],
  [1 / 3, 3],
  [0.2, 5],
  [0.09, 12],
  [0.05, 20],
])('a threshold of %d asks for classes of %i', (threshold, k) => {
  expect(leastClassSize(threshold)).toBe(k);
});

test('k-anonymity counts classes and actors by size', () => {
  const found = kAnonymity(sizeTable(Uint32Array.of(1, 1, 2, 3, 4, 5, 9, 10, 150)), 5);
  expect(found).toMatchObject({ smallest: 1, classes: 9, actors: 185, below: { k: 5, classes: 5, actors: 11 } });
  expect(found.distribution.map(({ from, to, classes, actors }) => [from, to, classes, actors])).toEqual([
    [1, 1, 2, 2],
    [2, 2, 1, 2],
    [3, 4, 2, 7],
    [5, 9, 2, 14],
    [10, 19, 1, 10],
    [20, 49, 0, 0],
    [50, 99, 0, 0],
    [100, null, 1, 150],
  ]);
});

test('nobody has no risk', () => {
  const none = sizeTable(new Uint32Array(0));
  expect(attackerRisks(none, 0.1, null).prosecutor).toEqual({ atRisk: 0, highest: 0, average: 0 });
  expect(kAnonymity(none, 5)).toMatchObject({ smallest: 0, meanSize: 0 });
});
