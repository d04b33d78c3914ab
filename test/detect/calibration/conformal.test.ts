import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conformalPValues, crossConformal, mergeByMinimum, qValues } from '../../../core/detect/calibration/index.ts';
import { seededRandom } from '../../../core/random/index.ts';

describe('conformalPValues', () => {
  it('counts the references at or above', () => {
    const reference = Float64Array.of(1, 2, 2, 5);
    const p = conformalPValues(Float64Array.of(0, 2, 3, 5, 6, Number.NaN, Number.POSITIVE_INFINITY), reference);
    expect([...p]).toEqual([1, 0.8, 0.4, 0.4, 0.2, Number.NaN, 0.2]);
    expect([...conformalPValues(Float64Array.of(3), new Float64Array(0))]).toEqual([1]);
  });

  it('promises nothing below one in (references + 1), and falls with the score', () => {
    const scores = fc.array(fc.double({ noNaN: true }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(scores, scores, (judged, known) => {
        const p = conformalPValues(Float64Array.from(judged), Float64Array.from(known));
        judged.forEach((score, i) => {
          expect(p[i]).toBeGreaterThanOrEqual(1 / (known.length + 1));
          judged.forEach((other, j) => {
            if (score > other) expect(p[i]).toBeLessThanOrEqual(p[j] ?? -1);
          });
        });
      }),
    );
  });

  it('keeps the false-discovery rate with the cut', () => {
    // 400 queues of 90 benign and 10 abusive actors against 60 references, target 10 %: the mean of
    // 400 shares whose mean is at most 0.09 deviates by at most √(0.09 · 0.91 / 400) = 0.0143; 0.162 is five
    // deviations up.
    const random = seededRandom(3);
    let sum = 0;
    let found = 0;
    for (let run = 0; run < 400; run++) {
      const reference = Float64Array.from({ length: 60 }, () => random.normal());
      const scores = Float64Array.from({ length: 100 }, (_, i) => random.normal() + (i < 10 ? 4 : 0));
      const passed = [...qValues(conformalPValues(scores, reference)).entries()].filter(([, q]) => q <= 0.2);
      const benign = passed.filter(([i]) => i >= 10).length;
      sum += passed.length === 0 ? 0 : benign / passed.length;
      found += passed.length - benign;
    }
    expect(sum / 400).toBeLessThan(0.2 * 0.9 + 5 * 0.02);
    expect(found / 4000).toBeGreaterThan(0.5);
  });
});

/** A row's score is its own value: folds change nothing but who is compared with whom. */
const asIs =
  (values: readonly number[]) =>
  async (_fit: Uint32Array, rows: Uint32Array): Promise<Float64Array> =>
    Float64Array.from(rows, (row) => values[row] ?? 0);

describe('crossConformal', () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6];
  const reference = Uint32Array.of(0, 1, 2, 3, 4);
  const judged = Uint32Array.of(5, 6, 7);
  const input = { reference, judged, random: seededRandom(1), run: {} };

  it.each([2, 3, 5])('equals the split form where the model does not depend on the rows: %i folds', async (folds) => {
    const p = await crossConformal({ ...input, folds, fitScore: asIs(values) });
    expect([...p]).toEqual([1 / 6, 4 / 6, 1 / 6]);
  });

  it('holds each reference out once, and never fits on a judged row', async () => {
    const held: number[] = [];
    await crossConformal({
      ...input,
      folds: 3,
      fitScore: async (fit, rows) => {
        const parts = rows.subarray(0, rows.length - judged.length);
        held.push(...parts);
        expect([...fit, ...parts].sort()).toEqual([...reference]);
        expect([...rows.subarray(parts.length)]).toEqual([...judged]);
        return new Float64Array(rows.length);
      },
    });
    expect(held.sort()).toEqual([...reference]);
  });

  it('compares with each fold by its own model', async () => {
    // The model scores by distance from the mean of what it was fitted on.
    const fitScore = async (fit: Uint32Array, rows: Uint32Array): Promise<Float64Array> => {
      const mean = fit.reduce((sum, row) => sum + (values[row] ?? 0), 0) / fit.length;
      return Float64Array.from(rows, (row) => Math.abs((values[row] ?? 0) - mean));
    };
    const p = await crossConformal({ ...input, folds: 5, fitScore });
    const byHand = [...judged].map((row) => {
      const above = [...reference].filter((out) => {
        const kept = [...reference].filter((other) => other !== out);
        const mean = kept.reduce((sum, other) => sum + (values[other] ?? 0), 0) / kept.length;
        return Math.abs((values[out] ?? 0) - mean) >= Math.abs((values[row] ?? 0) - mean);
      }).length;
      return (1 + above) / 6;
    });
    expect([...p]).toEqual(byHand);
  });

  it('says how many folds there can be', async () => {
    const few = crossConformal({ ...input, folds: 6, fitScore: asIs(values) });
    await expect(few).rejects.toMatchObject({ code: 'usage', where: 'folds' });
    await expect(crossConformal({ ...input, folds: 1, fitScore: asIs(values) })).rejects.toThrow(/cut into 1 parts/u);
  });
});

describe('mergeByMinimum', () => {
  it('is twice the smaller; a missing one is no evidence', () => {
    const odd = Float64Array.of(0.1, 0.9, Number.NaN, Number.NaN, 0.3);
    const alike = Float64Array.of(0.4, 0.8, 0.2, Number.NaN, Number.NaN);
    expect([...mergeByMinimum(odd, alike)]).toEqual([0.2, 1, 0.4, Number.NaN, 0.6]);
  });
});
