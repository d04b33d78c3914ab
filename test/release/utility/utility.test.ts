import { describe, expect, it } from 'vitest';
import { rational } from '../../../core/math/rational.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { twoSidedTail, type Noise } from '../../../core/release/accounting/index.ts';
import { drawNoise } from '../../../core/release/mechanisms/noise.ts';
import { expectedAbsoluteNoise, expectedError, type ErrorTask } from '../../../core/release/utility/index.ts';
import { seededSecureRandom } from '../support/seeded-secure-random.ts';

const source = createNoiseSource(seededSecureRandom('utility'));
const laplace = (scale: number): Noise => ({ kind: 'discrete-laplace', scale: rational(scale) });

describe('expectedAbsoluteNoise', () => {
  const noises: readonly Noise[] = [
    { kind: 'discrete-laplace', scale: rational(1, 3) },
    laplace(20),
    { kind: 'discrete-gaussian', sigmaSquared: rational(1, 4) },
    { kind: 'discrete-gaussian', sigmaSquared: rational(399) },
    { kind: 'discrete-gaussian', sigmaSquared: rational(401) },
  ];

  it.each(noises.map((noise, i) => [i, noise] as const))('is Σ P(|X| ≥ t) over t ≥ 1 (noise %i)', (_, noise) => {
    let sum = 0;
    for (let t = 1; t < 600; t++) sum += twoSidedTail(noise, t);
    expect(expectedAbsoluteNoise(noise) / sum).toBeCloseTo(1, 3);
  });

  it('is the mean of what is drawn (100,000 draws within 5 deviations)', () => {
    const noise = laplace(20);
    const drawn = drawNoise(noise, 100_000, source).map(Math.abs);
    const mean = drawn.reduce((a, b) => a + b, 0) / drawn.length;
    expect(Math.abs(mean - expectedAbsoluteNoise(noise))).toBeLessThan((5 * 20) / Math.sqrt(100_000));
  });
});

const task = (given: Partial<ErrorTask> = {}): ErrorTask => ({
  noise: laplace(10),
  level: 0.95,
  rowsPerActor: undefined,
  rowsReleased: undefined,
  value: undefined,
  valuesReleased: undefined,
  threshold: undefined,
  groupSize: undefined,
  ...given,
});

describe('expectedError', () => {
  it('knows the noise, and that nothing else is lost where nothing can be', () => {
    const { noise, contributionBounds, clamping, droppedKeys, halfWidth } = expectedError(task());
    expect(noise).toMatchObject({ known: true, from: expect.closeTo(9.983, 3), basis: 'public' });
    for (const part of [contributionBounds, clamping, droppedKeys]) expect(part).toMatchObject({ known: true, to: 0 });
    expect(halfWidth).toBe(30); // P(|X| ≥ 31) = 0.0473, P(|X| ≥ 30) = 0.0523
  });

  it('says what it does not know, and what it would need', () => {
    const parts = expectedError(task({ rowsPerActor: 4, value: { low: 0, high: 9 }, threshold: 50 }));
    expect([parts.contributionBounds, parts.clamping, parts.droppedKeys].map((part) => part.known)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('reads what bounding drops and clamping cuts off from released histograms', () => {
    const rowsReleased = [
      { from: 1, to: 1, count: 900 },
      { from: 2, to: 3, count: 80 },
      { from: 4, to: 7, count: 10 },
      { from: 8, to: 15, count: -3 },
    ];
    const { contributionBounds } = expectedError(task({ rowsPerActor: 2, rowsReleased }));
    // 2–3: none to one row each; 4–7: two to five
    expect(contributionBounds).toEqual({ known: true, from: 20, to: 80 + 50, basis: 'released' });
    const valuesReleased = [
      { from: -7, to: -4, count: 5 },
      { from: 0, to: 0, count: 7 },
      { from: 64, to: 127, count: 2 },
    ];
    const { clamping } = expectedError(task({ value: { low: 0, high: 100 }, valuesReleased }));
    expect(clamping).toEqual({ known: true, from: 20, to: 35 + 54, basis: 'released' });
  });

  it('tells what is lost with groups below a threshold, by their assumed size', () => {
    const at = (groupSize: number) => {
      const { droppedKeys } = expectedError(task({ threshold: 50, groupSize }));
      return droppedKeys.known ? droppedKeys.to / groupSize : Number.NaN;
    };
    expect(at(1)).toBeGreaterThan(0.99);
    expect(at(50)).toBeCloseTo(1 - 1 / (1 + Math.exp(-0.1)), 6);
    expect(at(200)).toBeLessThan(1e-5);
  });
});
