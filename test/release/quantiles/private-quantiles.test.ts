import { describe, expect, it } from 'vitest';
import { divideRational, parseRational, rational, subtractRational, toNumber } from '../../../core/math/rational.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { cutPart, SUBCELLS, wholePart, type Part } from '../../../core/release/quantiles/part.ts';
import {
  privateQuantiles,
  quantileLevels,
  rankErrorAtMost,
  type QuantileTask,
} from '../../../core/release/quantiles/index.ts';
import { rankOptions } from '../../../core/release/quantiles/rank-options.ts';
import { chiSquareChance } from '../support/goodness.ts';
import { seededSecureRandom } from '../support/seeded-secure-random.ts';

const source = createNoiseSource(seededSecureRandom('quantiles'));
const quartiles = ['0.25', '0.5', '0.75'].map(parseRational);

const task = (given: Partial<QuantileTask> = {}): QuantileTask => ({
  probabilities: quartiles,
  lowCells: 0,
  highCells: 999,
  rowsPerActor: 1,
  epsilonPerLevel: rational(50),
  ...given,
});

/** ln P(position) of every position of a part, by the definition of the mechanism. */
const logShares = (part: Part, a: number, b: number, rowsPerActor: number, epsilon: number): Float64Array => {
  const rate = epsilon / (2 * rowsPerActor * Math.max(a, b - a));
  const { first, size, distance } = rankOptions(part, a, b);
  const logs = new Float64Array(part.to - part.from + 1);
  let total = 0;
  first.forEach((from, i) => {
    logs.fill(-rate * (distance[i] ?? 0), from - part.from, from - part.from + (size[i] ?? 0));
    total += (size[i] ?? 0) * Math.exp(-rate * (distance[i] ?? 0));
  });
  return logs.map((log) => log - Math.log(total));
};

const largestGap = (x: Float64Array, y: Float64Array): number =>
  x.reduce((most, log, i) => Math.max(most, Math.abs(log - (y[i] ?? 0))), 0);

describe('privateQuantiles', () => {
  it('finds quantiles within a cell or two at a high ε', () => {
    const values = Float64Array.from({ length: 10_000 }, (_, i) => (i * 7919) % 1000);
    const [low, middle, high] = privateQuantiles(values, task(), source);
    expect(Math.abs((low ?? 0) - 250)).toBeLessThanOrEqual(2);
    expect(Math.abs((middle ?? 0) - 500)).toBeLessThanOrEqual(2);
    expect(Math.abs((high ?? 0) - 750)).toBeLessThanOrEqual(2);
  });

  it('cuts through rows of equal value: 92 % zeros, the rest far away', () => {
    const values = Float64Array.from({ length: 10_000 }, (_, i) => (i < 9200 ? 0 : 800 + (i % 100)));
    const probabilities = ['0.1', '0.5', '0.9', '0.96'].map(parseRational);
    const found = [...privateQuantiles(values, task({ probabilities }), source)];
    expect(found.slice(0, 3)).toEqual([0, 0, 0]);
    expect(Math.abs((found[3] ?? 0) - 850)).toBeLessThanOrEqual(2);
  });

  it('is ascending and within the bounds, whatever the rows', () => {
    for (const size of [0, 1, 2, 50]) {
      const values = Float64Array.from({ length: size }, (_, i) => -5 + (i % 3));
      const found = [
        ...privateQuantiles(values, task({ lowCells: -5, highCells: -3, epsilonPerLevel: rational(1, 10) }), source),
      ];
      expect(found).toEqual([...found].sort((a, b) => a - b));
      expect(found.every((cell) => cell >= -5 && cell <= -3)).toBe(true);
    }
  });

  it.each([1, 2, 5])('draws by its exact shares, with %i rows per actor (false alarm 1e-6)', (rowsPerActor) => {
    const values = Float64Array.of(0, 0, 1, 3, 3, 3);
    const probabilities = [rational(1, 3)];
    const one = task({ probabilities, highCells: 3, rowsPerActor, epsilonPerLevel: rational(5) });
    const logs = logShares(wholePart(values, 0, 3), 1, 3, rowsPerActor, 5);
    const shares = [0, 0, 0, 0];
    logs.forEach((log, at) => (shares[Math.floor(at / SUBCELLS)]! += Math.exp(log)));
    const counts = new Float64Array(4);
    for (let i = 0; i < 10_000; i++) counts[privateQuantiles(values, one, source)[0]!]!++;
    expect(chiSquareChance(counts, shares)).toBeGreaterThan(1e-6);
  });

  // Every answer of the middle choice, and the worst answers of the two others after it: the whole privacy loss, exactly.
  it.each([
    ['spread', [0, 0, 1, 2, 3, 3], [1, 2]],
    ['on one side', [0, 0, 1, 2, 3, 3], [3, 3]],
    ['all equal', [2, 2, 2, 2], [2, 2]],
    ['from nothing', [], [0, 3]],
    ['at the ends', [1, 1, 1, 2], [0, 3]],
  ])(
    'costs ε per level and no more when an actor with two rows comes: %s',
    (_, values, added) => {
      const epsilon = 1;
      const [x, y] = [values, [...values, ...added]].map((each) => wholePart(Float64Array.from(each).sort(), 0, 3));
      const middleGaps = logShares(x!, 1, 2, 2, epsilon).map((log, at) => log - logShares(y!, 1, 2, 2, epsilon)[at]!);
      let worst = 0;
      for (let at = 0; at < middleGaps.length; at += 8) {
        const [left, right] = cutPart(x!, at);
        const [leftNow, rightNow] = cutPart(y!, at);
        const below = [
          [left, leftNow],
          [right, rightNow],
        ].map(([before, now]) => largestGap(logShares(before!, 1, 2, 2, epsilon), logShares(now!, 1, 2, 2, epsilon)));
        worst = Math.max(worst, Math.abs(middleGaps[at] ?? 0) + below.reduce((sum, gap) => sum + gap, 0));
      }
      expect(worst).toBeLessThanOrEqual(quantileLevels(3) * epsilon + 1e-9);
      expect(worst).toBeGreaterThan(0.2 * epsilon);
    },
    120_000,
  );

  it('stays within the rank error it promises', () => {
    const values = Float64Array.from({ length: 2000 }, (_, i) => Math.floor((i * i) / 4000));
    const asked = task({ epsilonPerLevel: rational(1, 2), rowsPerActor: 2 });
    const most = rankErrorAtMost(asked, 0.95);
    let missed = 0;
    for (let run = 0; run < 100; run++) {
      const found = privateQuantiles(values, asked, source);
      missed += found.some((cell, i) => {
        const p = toNumber(quartiles[i] ?? rational(0)) * values.length;
        const below = values.filter((value) => value < cell).length;
        const upTo = values.filter((value) => value <= cell).length;
        return p < below - most || p > upTo + most;
      })
        ? 1
        : 0;
    }
    expect(missed).toBeLessThanOrEqual(5);
    expect(most).toBeLessThan(400);
  });
});

describe('quantileLevels', () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [7, 3],
    [8, 4],
    [9, 4],
  ])('%i quantiles take %i levels', (count, levels) => {
    expect(quantileLevels(count)).toBe(levels);
  });

  it('counts the calls that follow one another', () => {
    for (let count = 1; count < 40; count++) {
      const depth = (from: number, to: number): number => {
        const middle = (from + to) >> 1;
        return from >= to ? 0 : 1 + Math.max(depth(from, middle), depth(middle + 1, to));
      };
      expect(quantileLevels(count)).toBe(depth(0, count));
    }
  });

  it('is a target inside the part, whatever the probabilities', () => {
    const [low, p, high] = ['0.1', '0.3', '0.9'].map(parseRational);
    expect(divideRational(subtractRational(p!, low!), subtractRational(high!, low!))).toEqual(rational(1, 4));
  });
});
