import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRational, rational, toNumber } from '../../../core/math/rational.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import {
  deltaOf,
  lossDistributionOf,
  spent,
  type LossEvent,
  type PrivacyLoss,
} from '../../../core/release/accounting/index.ts';
import { halfWidths } from '../../../core/release/hierarchy/interval.ts';
import { planHierarchy, runHierarchy, sumTree, type HierarchyTask } from '../../../core/release/hierarchy/index.ts';
import { seededSecureRandom } from '../support/seeded-secure-random.ts';

const WEEKS = sumTree(28, [Array.from({ length: 28 }, (_, day) => Math.floor(day / 7))]);
const thirds = [rational(1, 3), rational(1, 3), rational(1, 3)];
const pure: PrivacyLoss = { kind: 'pure', epsilon: rational(1) };
const zcdp: PrivacyLoss = { kind: 'zcdp', rho: rational(1, 8) };

const task = (given: Partial<HierarchyTask> = {}): HierarchyTask => ({
  tree: WEEKS,
  leavesPerActor: 10,
  perLeaf: 3,
  loss: pure,
  shares: thirds,
  ...given,
});

describe('planHierarchy', () => {
  it.each([
    [pure, 1],
    [{ kind: 'approximate', epsilon: rational(1), delta: parseRational('1e-6') }, 1],
  ] as const)('costs what was given, all levels together', (loss, most) => {
    const delta = loss.kind === 'approximate' ? loss.delta : parseRational('1e-6');
    const { basic, zcdp: concentrated } = spent(planHierarchy(task({ loss })).events, delta);
    const found = Math.min(...[basic, concentrated].map((x) => (x ? toNumber(x) : Number.POSITIVE_INFINITY)));
    expect(found).toBeLessThanOrEqual(most + 1e-9);
    expect(found).toBeGreaterThan(most * 0.999);
  });

  it('has noise for what ten days of three can do to each level', () => {
    const { noise } = planHierarchy(task());
    expect(noise.map((each) => each?.kind === 'discrete-laplace' && each.scale)).toEqual(Array(3).fill(rational(90)));
    const gaussian = planHierarchy(task({ loss: zcdp })).noise;
    // Δ₂²: total (10 · 3)², weeks 2 · (7 · 3)², days 10 · 3²; σ² = Δ₂² / (2 / 24)
    expect(gaussian.map((each) => each?.kind === 'discrete-gaussian' && toNumber(each.sigmaSquared))).toEqual(
      [900, 882, 90].map((x) => expect.closeTo(x * 12, 9)),
    );
  });

  it('covers the sums of every placement of an actor', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 27 }), { minLength: 1, maxLength: 10 }), (days) => {
        const { events } = planHierarchy(task({ loss: zcdp }));
        events.forEach((event, level) => {
          const change = new Map<number, number>();
          for (const day of days) {
            const node = level === 0 ? 0 : level === 1 ? Math.floor(day / 7) : day;
            change.set(node, (change.get(node) ?? 0) + 3);
          }
          const squared = [...change.values()].reduce((sum, x) => sum + x * x, 0);
          const reach = event.kind === 'discrete-gaussian' ? event.coordinates * toNumber(event.sensitivity) ** 2 : 0;
          expect(squared).toBeLessThanOrEqual(reach);
        });
      }),
    );
  });

  it('leaves only: one event, the exact reach', () => {
    const { events, variance } = planHierarchy(task({ shares: [rational(0), rational(0), rational(1)] }));
    expect(events).toEqual([
      { kind: 'discrete-laplace', coordinates: 10, sensitivity: rational(3), scale: rational(30) },
    ]);
    expect(variance[0]).toBeCloseTo(28 * (variance[2] ?? 0), 6);
  });

  it('levels above the leaves make totals better and leaves worse', () => {
    const leaves = planHierarchy(task({ shares: [rational(0), rational(0), rational(1)] })).variance;
    const split = planHierarchy(task({ shares: [rational(1, 2), rational(0), rational(1, 2)] })).variance;
    expect(split[0]).toBeLessThan(leaves[0] ?? 0);
    expect(split[2]).toBeGreaterThan(leaves[2] ?? 0);
  });

  it('a plain event never understates an L1 that may sit in one node or be spread', () => {
    const deltaAt = (event: LossEvent, epsilon: number): number => {
      const losses = lossDistributionOf([event], 1e-9);
      return losses === undefined ? Number.NaN : deltaOf(losses, epsilon);
    };
    for (const epsilon of [0, 0.2, 0.5, 0.8, 0.99]) {
      const most = deltaAt({ kind: 'pure', epsilon: rational(1) }, epsilon);
      for (const [coordinates, sensitivity] of [
        [1, 12],
        [2, 6],
        [4, 3],
        [12, 1],
      ] as const) {
        const reach = { coordinates, sensitivity: rational(sensitivity) };
        const split = deltaAt({ ...reach, kind: 'discrete-laplace', scale: rational(12) }, epsilon);
        expect(split).toBeLessThanOrEqual(most + 1e-9);
      }
    }
  });

  it.each([
    [{ shares: [rational(1, 2), rational(1, 2)] }, 'out of range'],
    [{ shares: [rational(1, 2), rational(1, 2), rational(1, 2)] }, 'out of range'],
    [{ shares: [rational(1, 2), rational(1, 2), rational(0)] }, 'out of range'],
    [{ leavesPerActor: 0 }, 'out of range'],
    [{ perLeaf: Number.NaN }, 'out of range'],
  ])('refuses shares and bounds that are none', (given, message) => {
    expect(() => planHierarchy(task(given))).toThrow(message);
  });
});

describe('runHierarchy', () => {
  const source = createNoiseSource(seededSecureRandom('hierarchy'));
  const leaves = Float64Array.from({ length: 28 }, (_, day) => 100 + 40 * (day % 7));
  const week = 7 * 100 + 40 * 21;

  it.each([
    ['thirds, Laplace', pure, thirds],
    ['leaves only, Laplace', { kind: 'pure', epsilon: rational(40) }, [rational(0), rational(0), rational(1)]],
    ['thirds, Gaussian', zcdp, thirds],
    [
      'uneven, narrow Laplace',
      { kind: 'pure', epsilon: rational(100) },
      [rational(1, 10), rational(0), rational(9, 10)],
    ],
  ] as const)('intervals cover at their level: %s (false alarm below 1e-6)', (_, loss, shares) => {
    const plan = planHierarchy(task({ loss, shares }));
    const covered = [0, 0, 0];
    const runs = 2000;
    for (let run = 0; run < runs; run++) {
      const { low, high, value } = runHierarchy(plan, leaves, { level: 0.9, nonNegative: false }, source);
      [4 * week, week, leaves[0]!].forEach((x, level) => {
        const node = WEEKS.levelStart[level] ?? 0;
        if ((low[node] ?? 0) <= x && x <= (high[node] ?? 0)) covered[level]!++;
      });
      if (run === 0) expect(value[0]).toBe(value.subarray(5).reduce((a, b) => a + b, 0));
    }
    for (const each of covered) expect(each / runs).toBeGreaterThan(0.9 - 5 * Math.sqrt(0.09 / runs));
  });

  it('ends intervals at 0 and releases nothing below 0 where that is asked for', () => {
    const plan = planHierarchy(task());
    const { value, low } = runHierarchy(plan, new Float64Array(28), { level: 0.9, nonNegative: true }, source);
    expect([...value, ...low].every((x) => x >= 0)).toBe(true);
  });

  it('is what was drawn where the leaves alone are measured', () => {
    const plan = planHierarchy(task({ shares: [rational(0), rational(0), rational(1)] }));
    const { noised, value } = runHierarchy(plan, leaves, { level: 0.9, nonNegative: false }, source);
    expect(value.subarray(5)).toEqual(noised.subarray(5));
    expect(noised[0]).toBeNaN();
  });
});

describe('halfWidths', () => {
  // Tails of w₁ X + w₂ Y for Laplace X, Y by numerical integration: the level holds for every mix.
  it.each([0.8, 0.9, 0.95, 0.99])('covers mixtures of two Laplace noises at %f', (level) => {
    for (const w of [0.05, 0.2, 0.5, 0.8, 1]) {
      const variance = 2 * (1 + w * w) * 400;
      const width = halfWidths(Float64Array.of(variance), level, 'discrete-laplace')[0] ?? 0;
      // P(|X + w Y| > t), scale 20: (e^(−t) − w² e^(−t / w)) / (1 − w²), and e^(−t) (1 + t / 2) for w = 1
      const t = width / 20;
      const beyond = w === 1 ? Math.exp(-t) * (1 + t / 2) : (Math.exp(-t) - w * w * Math.exp(-t / w)) / (1 - w * w);
      expect(beyond).toBeLessThanOrEqual(1 - level);
    }
  });

  it.each([0.8, 0.9, 0.95, 0.99])('covers one discrete Laplace noise, however narrow, at %f', (level) => {
    for (const scale of [0.3, 0.7, 1, 1.5, 2.3, 5, 20]) {
      const q = Math.exp(-1 / scale);
      const width = halfWidths(Float64Array.of((2 * q) / (1 - q) ** 2), level, 'discrete-laplace')[0] ?? 0;
      expect((2 * q ** (Math.floor(width) + 1)) / (1 + q)).toBeLessThanOrEqual(1 - level);
    }
  });
});
