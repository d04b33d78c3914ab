import { describe, expect, it } from 'vitest';
import { realisedFalseDiscovery, reliability } from '../../core/evaluate/calibration.ts';

describe('reliability', () => {
  it('sets the claims of each bin beside what came true', () => {
    const claimed = Float64Array.of(0.1, 0.9, 0.2, Number.NaN, 0.8);
    const bins = reliability(claimed, Uint8Array.of(0, 1, 1, 1, 1), 2);
    expect(bins).toEqual([
      { from: 0, to: 0.2, count: 2, claimed: expect.closeTo(0.15, 12), realised: 0.5, ci: expect.any(Array) },
      { from: 0.2, to: 0.9, count: 2, claimed: expect.closeTo(0.85, 12), realised: 1, ci: expect.any(Array) },
    ]);
    // Wilson's interval of 1 in 2.
    expect(bins[0]?.ci[0]).toBeCloseTo(0.0945, 4);
    expect(bins[0]?.ci[1]).toBeCloseTo(0.9055, 4);
  });

  it('keeps equal claims together and leaves out empty bins', () => {
    const bins = reliability(new Float64Array(7).fill(0.5), Uint8Array.of(1, 0, 1, 0, 0, 0, 0), 3);
    expect(bins.map(({ count, claimed, realised }) => [count, claimed, realised])).toEqual([[7, 0.5, 2 / 7]]);
    expect(reliability(new Float64Array(0), new Uint8Array(0))).toEqual([]);
  });

  it.each([
    [Float64Array.of(0.5), Uint8Array.of(0, 1), 10],
    [Float64Array.of(1.5), Uint8Array.of(0), 10],
    [Float64Array.of(0.5), Uint8Array.of(2), 10],
    [Float64Array.of(0.5), Uint8Array.of(1), 0],
  ])('refuses what is not a probability with an outcome', (claimed, outcome, bins) => {
    expect(() => reliability(claimed, outcome, bins)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});

describe('realisedFalseDiscovery', () => {
  it('counts the benign among those that pass', () => {
    const q = Float64Array.of(0.01, 0.1, 0.04, Number.NaN, 0.3, 0.1);
    const result = realisedFalseDiscovery(q, Uint8Array.of(1, 0, 1, 1, 1, 1), 0.1);
    expect(result).toMatchObject({ passed: 4, benign: 1, rate: 0.25, power: 0.75 });
    expect(result.ci[0]).toBeLessThan(0.25);
    expect(realisedFalseDiscovery(q, new Uint8Array(6), 0.001)).toMatchObject({
      passed: 0,
      rate: 0,
      power: 0,
      ci: [0, 1],
    });
  });
});
