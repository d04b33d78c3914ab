import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  calibrateQueue,
  falseDiscoveryCurve,
  predictedShare,
  qValues,
  reviewCount,
  shortestCut,
} from '../../../core/detect/calibration/index.ts';
import { seededRandom } from '../../../core/random/index.ts';

describe('falseDiscoveryCurve', () => {
  it('is the cut by q-values at every count', () => {
    const shares = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(shares, fc.double({ min: 0.1, max: 1, noNaN: true }), (twentieths, nullShare) => {
        const p = Float64Array.from(twentieths, (count) => count / 20);
        const q = qValues(p, { nullShare });
        const { order, rate } = falseDiscoveryCurve(p, { nullShare, references: 0 });
        order.forEach((row, k) => expect(rate[k]).toBeCloseTo(q[row] ?? -1, 12));
      }),
    );
  });

  it('reads off how many to review', () => {
    const p = Float64Array.of(0.9, 0.002, Number.NaN, 0.001, 0.03, 0.6);
    const curve = falseDiscoveryCurve(p, { nullShare: 1, references: 0 });
    expect([...curve.order]).toEqual([3, 1, 4, 5, 0]);
    const expected = [0.005, 0.005, 0.05, 0.75, 0.9];
    curve.rate.forEach((rate, k) => expect(rate).toBeCloseTo(expected[k] ?? -1, 12));
    expect(reviewCount(curve, 0.1)).toEqual({ count: 3, low: 3, high: 5, trueFindings: expect.closeTo(2.85, 12) });
    expect(reviewCount(curve, 0.001)).toEqual({ count: 0, low: 0, high: 5, trueFindings: 0 });
  });

  it('is wider above and below with references, and brackets the estimate', () => {
    const p = Float64Array.from({ length: 400 }, (_, i) => (i < 40 ? 1 : i - 38) / 101).map((v) => Math.min(1, v));
    const curve = falseDiscoveryCurve(p, { nullShare: 0.9, references: 100 });
    curve.rate.forEach((_, k) => {
      expect(curve.low[k]).toBeLessThanOrEqual(curve.high[k] ?? -1);
    });
    const { count, low, high } = reviewCount(curve, 0.2);
    expect(count).toBeGreaterThanOrEqual(40);
    expect(low).toBeLessThanOrEqual(count);
    expect(high).toBeGreaterThanOrEqual(count);
  });
});

describe('predictedShare', () => {
  it('covers what is drawn next about 9 times in 10', () => {
    // A threshold set by the 6th largest of 100; the share of 300 further draws above it. 1,000 runs at a coverage of
    // 0.9 deviate by 0.0095; the approximation is allowed 0.03 and five deviations.
    const random = seededRandom(5);
    let covered = 0;
    for (let run = 0; run < 1000; run++) {
      const seen = Float64Array.from({ length: 100 }, () => random.float()).sort();
      const threshold = seen[94] ?? 0;
      let above = 0;
      for (let i = 0; i < 300; i++) if (random.float() > threshold) above++;
      const [low, high] = predictedShare(5, 100, 300);
      if (above / 300 >= low && above / 300 <= high) covered++;
    }
    expect(covered / 1000).toBeGreaterThan(0.9 - 0.03 - 0.05);
    expect(covered / 1000).toBeLessThan(0.99);
  });

  it('stays within 0 and 1', () => {
    expect(predictedShare(0, 50, 1000)[0]).toBe(0);
    expect(predictedShare(50, 50, 1000)[1]).toBe(1);
    expect(predictedShare(0, 50, 0)[1]).toBeLessThanOrEqual(1);
  });
});

/** 1,000 ordinary scores, then 50 of abuse far off; every fifth of the ordinary known as such. */
const queue = (seed: number): { oddScore: Float64Array; reference: Uint8Array } => {
  const random = seededRandom(seed);
  return {
    oddScore: Float64Array.from({ length: 1050 }, (_, i) => random.normal() + (i < 1000 ? 0 : 7)),
    reference: Uint8Array.from({ length: 1050 }, (_, i) => Number(i < 1000 && i % 5 === 0)),
  };
};
const common = { random: seededRandom(1), run: {} };

describe('calibrateQueue', () => {
  it('measures against known benign actors, which are not judged', async () => {
    const { oddScore, reference } = queue(1);
    const result = await calibrateQueue({ oddScore, reference, ...common });
    expect(result.method).toBe('reference');
    expect(result.identifiable).toBe(true);
    expect(result.nullShare).toBeGreaterThan(0.85);
    expect(result.assumptions).toMatch(/200 actors known to be benign/u);
    expect(result.pValue.subarray(1000).every((p) => p === 1 / 201)).toBe(true);
    reference.forEach((known, row) => expect(Number.isNaN(result.qValue[row])).toBe(known === 1));
    expect(result.curve.order).toHaveLength(850);
    const { count, trueFindings } = reviewCount(result.curve, 0.2);
    expect(count).toBeGreaterThanOrEqual(50);
    expect(trueFindings).toBeGreaterThan(40);
  });

  it('holds references out when it can fit', async () => {
    const { oddScore, reference } = queue(2);
    let fits = 0;
    const fitScore = async (fit: Uint32Array, rows: Uint32Array): Promise<Float64Array> => {
      fits++;
      expect(fit).toHaveLength(160);
      return Float64Array.from(rows, (row) => oddScore[row] ?? 0);
    };
    const result = await calibrateQueue({ oddScore, reference, fitScore, folds: 5, ...common });
    const plain = await calibrateQueue({ oddScore, reference, ...common });
    expect([result.method, fits]).toEqual(['cross-conformal', 5]);
    expect([...result.pValue]).toEqual([...plain.pValue]);
  });

  it('bounds the tail without references, and with too few of them', async () => {
    const { oddScore } = queue(3);
    const reference = new Uint8Array(1050);
    reference.fill(1, 0, 19);
    for (const known of [{}, { reference }]) {
      const result = await calibrateQueue({ oddScore, ...known, ...common });
      expect([result.method, result.identifiable, result.nullShare]).toEqual(['tail-bound', true, 1]);
      const { count } = reviewCount(result.curve, 0.1);
      expect(count).toBeGreaterThanOrEqual(45);
      expect(count).toBeLessThanOrEqual(60);
    }
  });

  it('offers no cut on ranks or heavy tails', async () => {
    const heavy = Float64Array.from(queue(4).oddScore, (score) => Math.exp(2 * score));
    const result = await calibrateQueue({ oddScore: heavy, ...common });
    expect([result.method, result.identifiable]).toEqual(['none', false]);
    expect(result.assumptions).toMatch(/^No cut can be promised: .*drawn at random/u);
    expect(reviewCount(result.curve, 0.5)).toEqual({ count: 0, low: 0, high: expect.any(Number), trueFindings: 0 });
  });

  it('takes the bound from another score than the queue’s', async () => {
    const { oddScore } = queue(5);
    const heavy = oddScore.map((score) => Math.exp(2 * score));
    const result = await calibrateQueue({ oddScore: heavy, boundedScore: oddScore, ...common });
    expect(result.method).toBe('tail-bound');
  });

  it('counts being alike as a second chance', async () => {
    const { oddScore, reference } = queue(6);
    const alikeP = new Float64Array(1050).fill(Number.NaN);
    alikeP.fill(1e-6, 0, 40);
    const { pValue, qValue } = await calibrateQueue({ oddScore, reference, alikeP, ...common });
    expect(pValue[1]).toBe(2e-6);
    expect(qValue[1]).toBeLessThan(0.001);
    expect(pValue[1049]).toBe(2 / 201);
    expect(pValue[0]).toBeNaN();
    const silent = new Float64Array(1050).fill(Number.NaN);
    const alone = await calibrateQueue({ oddScore, reference, alikeP: silent, ...common });
    expect(alone.pValue[1049]).toBe(1 / 201);
    expect(alone.assumptions).not.toMatch(/alike/u);
  });

  it('is the same in another order of rows, and keeps missing scores missing', async () => {
    const { oddScore, reference } = queue(7);
    oddScore[3] = Number.NaN;
    const straight = await calibrateQueue({ oddScore, reference, ...common });
    const turned = await calibrateQueue({
      oddScore: oddScore.slice().reverse(),
      reference: reference.slice().reverse(),
      ...common,
    });
    expect([...turned.qValue].reverse()).toEqual([...straight.qValue]);
    expect([straight.pValue[3], straight.qValue[3]]).toEqual([Number.NaN, Number.NaN]);
  });

  it('says how short a cut can be', async () => {
    // 1,000 benign among those judged, 99 references: the smallest p-value is 1 in 100, so 100 must pass for 10 %.
    expect([shortestCut(1000, 99, 0.1), shortestCut(1000, 99, 0.2), shortestCut(5, 999, 0.2)]).toEqual([100, 50, 1]);
    const { oddScore, reference } = queue(9);
    const { assumptions, curve, nullShare } = await calibrateQueue({ oddScore, reference, ...common });
    const shortest = shortestCut(nullShare * 850, 200, 0.1);
    expect(assumptions).toContain(`shorter than ${shortest} actors`);
    expect(shortest).toBe(Math.ceil((nullShare * 850) / 20.1));
    expect(reviewCount(curve, 0.1).count).toBeGreaterThanOrEqual(shortest);
  });

  it('says when the arrays do not match, and stops when cancelled', async () => {
    const { oddScore } = queue(8);
    const short = calibrateQueue({ oddScore, reference: new Uint8Array(3), ...common });
    await expect(short).rejects.toMatchObject({ code: 'usage', where: 'calibration' });
    const cancelled = calibrateQueue({ oddScore, ...common, run: { signal: AbortSignal.abort() } });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  });
});
