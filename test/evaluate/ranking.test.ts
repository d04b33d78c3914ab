import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateRanking, type RankingMetrics } from '../../core/evaluate/index.ts';
import { seededRandom } from '../../core/random/index.ts';

type Golden = {
  readonly name: string;
  readonly scores: readonly number[];
  readonly labels: readonly number[];
  readonly rocAuc: number;
  readonly averagePrecision: number;
  readonly delongVariance: number;
  readonly precisionAt10: number;
};
const golden: { readonly cases: readonly Golden[] } = JSON.parse(
  readFileSync(new URL('../golden/evaluate.json', import.meta.url), 'utf8'),
);

const evaluate = (scores: readonly number[], labels: readonly number[], replicates = 20): RankingMetrics =>
  evaluateRanking(Float64Array.from(scores), Uint8Array.from(labels), { replicates });

describe('against scikit-learn and a pairwise DeLong', () => {
  it.each(golden.cases)('$name', (one) => {
    const metrics = evaluate(one.scores, one.labels);
    expect(metrics.rocAuc).toBeCloseTo(one.rocAuc, 12);
    expect(metrics.averagePrecision).toBeCloseTo(one.averagePrecision, 12);
    // 20,000 shuffles behind the reference: five of its standard deviations are below 0.006.
    expect(Math.abs(metrics.precisionAt['10'] - one.precisionAt10)).toBeLessThan(0.006);
    const reach = 1.959963984540054 * Math.sqrt(one.delongVariance);
    expect(metrics.ci.rocAuc[0]).toBeCloseTo(Math.max(0, one.rocAuc - reach), 12);
    expect(metrics.ci.rocAuc[1]).toBeCloseTo(Math.min(1, one.rocAuc + reach), 12);
  });
});

describe('by hand', () => {
  it('counts a small ranking', () => {
    // Ranked: 1 0 1 0 0. Pairs won: 3 + 2 of 6; precision at the hits: 1/1 and 2/3; two positives, so the cut is 2.
    const metrics = evaluate([5, 4, 3, 2, 1], [1, 0, 1, 0, 0]);
    expect(metrics.rocAuc).toBeCloseTo(5 / 6, 15);
    expect(metrics.averagePrecision).toBeCloseTo((1 + 2 / 3) / 2, 15);
    expect(metrics.precisionAt).toEqual({ '10': 0.4, '50': 0.4, positives: 0.5 });
    expect(metrics.recallAt).toEqual({ '10': 1, '50': 1, positives: 0.5 });
    expect(metrics.f1).toBe(0.5);
    expect(metrics.falsePositiveRate).toBeCloseTo(1 / 3, 15);
  });

  it('takes the expected share of a tie at the cut', () => {
    // Two positives, so the cut takes two rows: the first, and one of three equal ones, of which one is positive.
    const metrics = evaluate([9, 5, 5, 5, 1], [1, 0, 1, 0, 0]);
    expect(metrics.precisionAt.positives).toBeCloseTo((1 + 1 / 3) / 2, 15);
    expect(metrics.falsePositiveRate).toBeCloseTo(2 / 3 / 3, 15);
  });

  it("gives Wilson's interval of a share", () => {
    // Newcombe (1998), table I: 81 of 263 is 0.2553 to 0.3662.
    const scores = Array.from({ length: 600 }, (_, i) => -i);
    const labels = scores.map((_, i) => (i < 81 || (i >= 300 && i < 482) ? 1 : 0));
    const [low, high] = evaluate(scores, labels).ci.precisionAt.positives;
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
  });

  it('ranks infinite scores and gives no interval for a lone positive', () => {
    const metrics = evaluate([Number.POSITIVE_INFINITY, 1, 0, Number.NEGATIVE_INFINITY], [1, 0, 0, 0]);
    expect(metrics.rocAuc).toBe(1);
    expect(metrics.ci.rocAuc).toEqual([0, 1]);
  });
});

describe('properties', () => {
  const ranking = fc
    .array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.constantFrom(0, 1)), { minLength: 2, maxLength: 60 })
    .filter((rows) => new Set(rows.map(([, label]) => label)).size === 2)
    .map((rows) => ({ scores: rows.map(([score]) => score), labels: rows.map(([, label]) => label) }));

  it('depends on the order of scores only', () => {
    fc.assert(
      fc.property(ranking, ({ scores, labels }) => {
        const stretched = scores.map((score) => score ** 3 / 7 + 100);
        expect(evaluate(stretched, labels)).toEqual(evaluate(scores, labels));
      }),
    );
  });

  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(ranking, ({ scores, labels }) => {
        expect(evaluate(scores.toReversed(), labels.toReversed())).toEqual(evaluate(scores, labels));
      }),
    );
  });

  it('turns into its complement with the labels flipped or the scores negated', () => {
    fc.assert(
      fc.property(ranking, ({ scores, labels }) => {
        const { rocAuc } = evaluate(scores, labels);
        const flipped = labels.map((label) => 1 - label);
        const negated = scores.map((score) => -score);
        expect(evaluate(scores, flipped).rocAuc).toBeCloseTo(1 - rocAuc, 12);
        expect(evaluate(negated, labels).rocAuc).toBeCloseTo(1 - rocAuc, 12);
      }),
    );
  });

  it('stays between 0 and 1, each value in its interval', () => {
    const inside = (value: number, [low, high]: readonly [number, number]): boolean =>
      value >= 0 && value <= 1 && low - 1e-12 <= value && value <= high + 1e-12;
    fc.assert(
      fc.property(ranking, ({ scores, labels }) => {
        const { ci, ...metrics } = evaluate(scores, labels);
        expect(inside(metrics.rocAuc, ci.rocAuc)).toBe(true);
        expect(inside(metrics.f1, ci.f1)).toBe(true);
        expect(inside(metrics.falsePositiveRate, ci.falsePositiveRate)).toBe(true);
        for (const k of ['10', '50', 'positives'] as const) {
          expect(inside(metrics.precisionAt[k], ci.precisionAt[k])).toBe(true);
          expect(inside(metrics.recallAt[k], ci.recallAt[k])).toBe(true);
        }
        expect(metrics.averagePrecision).toBeGreaterThan(0);
        expect(metrics.averagePrecision).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('intervals', () => {
  it('cover the truth about as often as they say', () => {
    // Normal scores one deviation apart: the true area is Φ(1/√2) = 0.7602. 300 draws of an interval with true coverage
    // 0.95 cover fewer than 270 times with a chance below 1 in 10,000; the seed is fixed.
    const random = seededRandom(5);
    const labels = Array.from({ length: 160 }, (_, i) => (i < 40 ? 1 : 0));
    let covered = 0;
    for (let run = 0; run < 300; run++) {
      const [low, high] = evaluate(
        labels.map((label) => random.normal() + label),
        labels,
        1,
      ).ci.rocAuc;
      if (low <= 0.7602499 && 0.7602499 <= high) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(270);
    expect(covered).toBeLessThan(300);
  });

  it('of average precision are the same for the same seed, and hold the value on a large sample', () => {
    const random = seededRandom(6);
    const labels = Uint8Array.from({ length: 2000 }, (_, i) => (i < 200 ? 1 : 0));
    const scores = Float64Array.from(labels, (label) => random.normal() + 1.5 * label);
    const first = evaluateRanking(scores, labels, { seed: 3 });
    expect(evaluateRanking(scores, labels, { seed: 3 })).toEqual(first);
    expect(evaluateRanking(scores, labels, { seed: 4 }).ci.averagePrecision).not.toEqual(first.ci.averagePrecision);
    const [low, high] = first.ci.averagePrecision;
    expect(low).toBeLessThan(first.averagePrecision);
    expect(high).toBeGreaterThan(first.averagePrecision);
    expect(high - low).toBeLessThan(0.15);
  });
});

describe('refuses', () => {
  it.each([
    ['missing scores', [1, Number.NaN, 2], [1, 0, 0], 'input', '1 of 3 scores are missing.'],
    ['no positives', [1, 2], [0, 0], 'input', 'no positive'],
    ['no negatives', [1, 2], [1, 1], 'input', 'no negative'],
    ['no rows', [], [], 'input', 'no positive'],
    ['other labels', [1, 2], [0, 2], 'usage', 'must be 0 or 1'],
    ['different lengths', [1, 2], [1], 'usage', '2 scores cannot be judged by 1 labels.'],
  ])('%s', (_, scores, labels, code, text) => {
    expect(() => evaluate(scores, labels)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(text) }),
    );
  });
});
