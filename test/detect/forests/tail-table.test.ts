import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tailOf, tailTable } from '../../../core/detect/forests/tail-table.ts';
import { seededRandom } from '../../../core/random/index.ts';

describe('tail table', () => {
  it('is −log10(1 − mid-rank) at the scores of the reference', () => {
    const table = tailTable(Float64Array.of(5, 1, 1, 9));
    const expected = [
      [1, 1 - 1 / 4],
      [5, 1 - 2.5 / 4],
      [9, 1 - 3.5 / 4],
    ] as const;
    for (const [score, share] of expected) expect(tailOf(table, score)).toBeCloseTo(-Math.log10(share), 12);
    // Half-way between two points; one range above the highest; one range below the lowest.
    expect(tailOf(table, 7)).toBeCloseTo((-Math.log10(1.5 / 4) - Math.log10(0.5 / 4)) / 2, 12);
    expect(tailOf(table, 17)).toBeCloseTo(1 - Math.log10(0.5 / 4), 12);
    expect(tailOf(table, -7)).toBe(0);
  });

  it('is exact at the top and close elsewhere for a large reference, of at most 2,050 points', () => {
    const random = seededRandom(1);
    const reference = Float64Array.from({ length: 50_000 }, () => random.normal());
    const table = tailTable(reference);
    expect(table.scores.length).toBeLessThanOrEqual(2050);
    const sorted = reference.slice().sort();
    for (let k = 0; k < 50_000; k++) {
      const exact = -Math.log10(1 - (k + 0.5) / 50_000);
      const own = tailOf(table, sorted[k] ?? 0);
      if (k >= 50_000 - 1024) expect(own).toBeCloseTo(exact, 9);
      else expect(Math.abs(own - exact)).toBeLessThan(0.005);
    }
  });

  it('never falls', () => {
    const scores = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 });
    fc.assert(
      fc.property(scores, scores, (reference, probes) => {
        const table = tailTable(Float64Array.from(reference));
        const tails = probes.sort((a, b) => a - b).map((score) => tailOf(table, score));
        tails.forEach((tail, k) => expect(tail).toBeGreaterThanOrEqual(k === 0 ? 0 : (tails[k - 1] ?? 0)));
      }),
    );
  });
});
