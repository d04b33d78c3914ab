import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseRational, rational, toNumber } from '../../../core/math/rational.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { parseQuery, planRelease, runRelease } from '../../../core/release/index.ts';
import { lossOfBudget } from '../../../core/release/release-file/index.ts';
import { quantileInterval, rankMargin, type IntervalTask } from '../../../core/release/quantiles/index.ts';
import { chiSquareChance } from '../support/goodness.ts';
import { seededSecureRandom } from '../support/seeded-secure-random.ts';

const task = (given: Partial<IntervalTask> = {}): IntervalTask => ({
  probability: rational(1, 2),
  lowCells: 0,
  highCells: 99,
  rowsPerActor: 1,
  epsilonPerChoice: rational(1),
  level: 0.9,
  ...given,
});

const sorted = (values: readonly number[]): Float64Array => Float64Array.from(values).sort();

/** Probabilities of every cell for one end, by the definition: nothing of it is the code's but the margin. */
const shares = (values: readonly number[], of: IntervalTask, side: -1 | 1): Float64Array => {
  const p = toNumber(of.probability);
  const rate = toNumber(of.epsilonPerChoice) / (2 * of.rowsPerActor * Math.max(p, 1 - p));
  const target = p * values.length + side * rankMargin(of);
  const weights = Float64Array.from({ length: of.highCells - of.lowCells + 1 }, (_, i) => {
    const cell = of.lowCells + i;
    const below = cell === of.lowCells ? -Infinity : values.filter((x) => x < cell).length;
    const upTo = cell === of.highCells ? Infinity : values.filter((x) => x <= cell).length;
    return Math.exp(-rate * Math.max(0, below - target, target - upTo));
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
};

/** The lowest and the highest p-quantile: cells v with #(x < v) ≤ p n ≤ #(x ≤ v). */
const quantilesOf = (values: readonly number[], of: IntervalTask): readonly [number, number] => {
  const { numerator: a, denominator: b } = of.probability;
  const at = Number(a) * values.length;
  const cells = Array.from({ length: of.highCells - of.lowCells + 1 }, (_, i) => of.lowCells + i).filter(
    (cell) =>
      Number(b) * values.filter((x) => x < cell).length <= at &&
      at <= Number(b) * values.filter((x) => x <= cell).length,
  );
  return [Math.min(...cells), Math.max(...cells)];
};

const anyTask = fc.record({
  values: fc.array(fc.integer({ min: -3, max: 12 }), { minLength: 1, maxLength: 60 }),
  probability: fc.constantFrom('0.5', '0.1', '0.9', '0.333333', '0.05').map(parseRational),
  rowsPerActor: fc.integer({ min: 1, max: 3 }),
  epsilonPerChoice: fc.constantFrom('0.2', '1', '5', '20').map(parseRational),
  level: fc.constantFrom(0.5, 0.8, 0.95),
});

test('at a high ε the ends lie one row beyond the quantile', () => {
  const source = createNoiseSource(seededSecureRandom('sharp'));
  const values = sorted(Array.from({ length: 100 }, (_, i) => i));
  for (const [probability, low, high] of [
    ['0.5', 48, 51],
    ['0.1', 8, 11],
    ['0.99', 97, 99],
  ] as const) {
    const sharp = task({ probability: parseRational(probability), epsilonPerChoice: rational(1000) });
    expect(rankMargin(sharp)).toBe(1);
    const [from, to] = quantileInterval(values, sharp, source);
    // Ranks p n − 1 and p n + 1 lie between two cells each.
    expect([low, low + 1]).toContain(from);
    expect([high - 1, high]).toContain(to);
  }
});

test('each end misses with half of what the level leaves at most, exactly', () => {
  let closest = 0;
  fc.assert(
    fc.property(anyTask, ({ values, ...given }) => {
      const of = task({ lowCells: -3, highCells: 12, ...given });
      const [lowest, highest] = quantilesOf(values, of);
      const beyond = (of.level === 1 ? 0 : 1 - of.level) / 2;
      const tooHigh = shares(values, of, -1).reduce((sum, x, i) => sum + (i - 3 > lowest ? x : 0), 0);
      const tooLow = shares(values, of, 1).reduce((sum, x, i) => sum + (i - 3 < highest ? x : 0), 0);
      expect(tooHigh).toBeLessThanOrEqual(beyond);
      expect(tooLow).toBeLessThanOrEqual(beyond);
      closest = Math.max(closest, tooHigh / beyond, tooLow / beyond);
    }),
    { numRuns: 600, seed: 7 },
  );
  expect(closest).toBeGreaterThan(0.2); // the margin is not far wider than it has to be
});

test('both ends are drawn by their exact shares (false alarm 1e-6 each)', () => {
  const source = createNoiseSource(seededSecureRandom('shares'));
  const values = [0, 0, 1, 4, 4, 4, 4, 9];
  const of = task({ highCells: 9, probability: parseRational('0.4'), rowsPerActor: 2, epsilonPerChoice: rational(4) });
  const counts = [new Float64Array(10), new Float64Array(10)] as const;
  for (let i = 0; i < 20_000; i++) {
    const [low, high] = quantileInterval(sorted(values), of, source);
    counts[0][low]!++;
    counts[1][high]!++;
  }
  for (const [i, side] of ([-1, 1] as const).entries()) {
    expect(chiSquareChance(counts[i] ?? [], [...shares(values, of, side)])).toBeGreaterThan(1e-6);
  }
});

test('each choice has bounded range ε when an actor comes with all of their rows', () => {
  let most = 0;
  fc.assert(
    fc.property(anyTask, fc.array(fc.integer({ min: -3, max: 12 }), { maxLength: 3 }), ({ values, ...given }, more) => {
      const of = task({ lowCells: -3, highCells: 12, ...given });
      const added = more.slice(0, of.rowsPerActor);
      for (const side of [-1, 1] as const) {
        const [before, after] = [shares(values, of, side), shares([...values, ...added], of, side)];
        const losses = Array.from(before, (x, i) => Math.log((after[i] ?? 0) / x)).filter(Number.isFinite);
        const range = Math.max(...losses) - Math.min(...losses);
        const epsilon = toNumber(of.epsilonPerChoice);
        expect(range).toBeLessThanOrEqual(epsilon * (1 + 1e-9) + 1e-9);
        most = Math.max(most, range / epsilon);
      }
    }),
    { numRuns: 600, seed: 11 },
  );
  expect(most).toBeGreaterThan(0.9); // the bound is reached
});

test('a margin beyond any data is refused', () => {
  const wide = task({ epsilonPerChoice: parseRational('1e-15'), rowsPerActor: 1000 });
  expect(() => rankMargin(wide)).toThrow(expect.objectContaining({ code: 'usage', where: 'epsilon' }));
});

describe('a release of quantiles with intervals', () => {
  const query = {
    quantiles: 'amount',
    probabilities: [0.25, 0.5, 0.95],
    intervals: true,
    by: [{ column: 'country', keys: ['DE', 'FR'] }],
    bounds: { groupsPerActor: 1, rowsPerGroup: 2, value: [0, 50], step: 1 },
    level: 0.8,
  };

  test('splits its cost over all choices, and says so', () => {
    const plan = planRelease(parseQuery(query), lossOfBudget('2', '0'));
    // Two levels for three quantiles, and two ends of each.
    expect(plan.events).toEqual([{ kind: 'bounded-range', epsilon: rational(1, 4), choices: 8 }]);
    expect(plan.statements.join()).toContain('The ends of each interval are chosen like quantiles');
    const without = planRelease(parseQuery({ ...query, intervals: false }), lossOfBudget('2', '0'));
    expect(without.events).toEqual([{ kind: 'bounded-range', epsilon: rational(1), choices: 2 }]);
    expect(without.statements.join()).toContain('No interval of its value is known');
    expect(() => parseQuery({ count: 'actors', intervals: true })).toThrow(
      expect.objectContaining({ where: 'query: intervals' }),
    );
  });

  // 200 runs, 2 groups, 3 quantiles: P(fewer than 0.71 · 400 of 400 hold) < 1e-5 where each holds at 0.8; it is seeded.
  test('holds at its level', async () => {
    const people = 300;
    const actor = Uint32Array.from({ length: 2 * people }, (_, i) => i >> 1);
    const codes = Int32Array.from(actor, (who) => (who % 3 === 0 ? 0 : 1));
    const value = Float64Array.from(actor, (who, i) => (who % 4 === 0 ? 20 : (7 * who + 3 * i) % 51));
    const rows = { actor, actors: people, keys: [{ codes, levels: ['DE', 'FR'] }], value };
    const source = createNoiseSource(seededSecureRandom('coverage'));
    const plan = planRelease(parseQuery(query), lossOfBudget('6', '0'));
    const truth = [0, 1].map((group) => Array.from(value).filter((_, i) => codes[i] === group));
    const held = [0, 0, 0];
    let narrow = 0;
    for (let run = 0; run < 200; run++) {
      const { columns } = await runRelease(plan, rows, source, () => Promise.resolve());
      columns.forEach(({ value: shown, low, high }, j) => {
        truth.forEach((values, g) => {
          const of = task({ highCells: 50, probability: parseRational(String(query.probabilities[j])) });
          const [lowest, highest] = quantilesOf(values, of);
          if ((low[g] ?? 51) <= lowest && (high[g] ?? -1) >= highest) held[j] = (held[j] ?? 0) + 1;
          expect(shown[g]).toBeGreaterThanOrEqual(low[g] ?? 51);
          expect(shown[g]).toBeLessThanOrEqual(high[g] ?? -1);
          if ((high[g] ?? 50) - (low[g] ?? 0) < 30) narrow++;
        });
      });
    }
    for (const count of held) expect(count).toBeGreaterThan(0.71 * 400);
    expect(narrow).toBeGreaterThan(600); // and they tell something
  });
});
