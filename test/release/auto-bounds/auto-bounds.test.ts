import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rational } from '../../../core/math/rational.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import {
  beyondAllowed,
  boundsOf,
  doublingBins,
  planBounds,
  runBounds,
  type BoundsTask,
} from '../../../core/release/auto-bounds/index.ts';
import { seededSecureRandom } from '../support/seeded-secure-random.ts';

const source = createNoiseSource(seededSecureRandom('auto-bounds'));

const task = (given: Partial<BoundsTask> = {}): BoundsTask => ({
  of: 'value',
  lowest: -1_000_000,
  highest: 1_000_000,
  perActor: 1,
  epsilon: rational(1, 10),
  beyond: 0,
  ...given,
});

describe('doublingBins', () => {
  it('by hand', () => {
    const edges = doublingBins(-5, 9).map(({ from, to }) => [from, to]);
    expect(edges).toEqual([
      [-5, -4],
      [-3, -2],
      [-1, -1],
      [0, 0],
      [1, 1],
      [2, 3],
      [4, 7],
      [8, 9],
    ]);
  });

  it('holds every number of the range once', () => {
    const range = fc.tuple(fc.integer({ min: -200, max: 199 }), fc.integer({ min: 1, max: 300 }));
    fc.assert(
      fc.property(range, ([lowest, length]) => {
        const numbers = doublingBins(lowest, lowest + length).flatMap(({ from, to }) =>
          Array.from({ length: to - from + 1 }, (_, i) => from + i),
        );
        expect(numbers).toEqual(Array.from({ length: length + 1 }, (_, i) => lowest + i));
      }),
    );
  });
});

describe('planBounds', () => {
  it('costs ε, whatever is found', () => {
    expect(planBounds(task()).events).toEqual([
      { kind: 'discrete-laplace', coordinates: 1, sensitivity: rational(1), scale: rational(10) },
    ]);
    expect(planBounds(task({ perActor: 7 })).events).toEqual([{ kind: 'pure', epsilon: rational(1, 10) }]);
    expect(planBounds(task({ perActor: 7 })).noise).toEqual({ kind: 'discrete-laplace', scale: rational(70) });
  });

  it('has a threshold that any of its empty bins reaches once in a thousand', () => {
    const plan = planBounds(task());
    const q = Math.exp(-1 / 10);
    const any = (t: number) => (plan.bins.length * q ** t) / (1 + q);
    expect(any(plan.threshold)).toBeLessThanOrEqual(0.001);
    expect(any(plan.threshold - 1)).toBeGreaterThan(0.001);
  });

  it('moves by perActor at most in L1 when an actor comes (no noise: ε → ∞)', () => {
    const plan = planBounds(task({ perActor: 3, epsilon: rational(1_000_000) }));
    const number = fc.integer({ min: -2_000_000, max: 2_000_000 });
    fc.assert(
      fc.property(fc.array(number), fc.array(number, { maxLength: 3 }), (others, own) => {
        const [before, after] = [others, [...others, ...own]].map((numbers) => runBounds(plan, numbers, source).bins);
        const moved = before!.reduce((sum, bin, i) => sum + Math.abs(bin.count - (after![i]?.count ?? 0)), 0);
        expect(moved).toBe(own.length);
      }),
    );
  });

  it.each([
    [{ lowest: 5, highest: 5 }],
    [{ highest: Number.NaN }],
    [{ of: 'contribution' as const, lowest: -1 }],
    [{ of: 'contribution' as const, lowest: 0, perActor: 2 }],
    [{ perActor: 0 }],
    [{ epsilon: rational(0) }],
    [{ beyond: -1 }],
  ])('refuses a missing bound', (given) => {
    expect(() => planBounds(task(given))).toThrow('missing or out of range');
  });
});

describe('runBounds', () => {
  it('finds the bins that hold the values (seeded; chance of a miss below 1e-6)', () => {
    const values = Float64Array.from({ length: 20_000 }, (_, i) => (i % 6000) - 900);
    const { found } = runBounds(planBounds(task()), values, source);
    expect([found?.low, found?.high]).toEqual([-1023, 8191]);
  });

  it('moves a bound inwards while few enough are left outside', () => {
    const plan = planBounds(task({ beyond: 300 }));
    const bins = plan.bins.map((bin) => ({ ...bin, count: 0 }));
    const set = (from: number, count: number) => {
      const at = bins.findIndex((bin) => bin.from === from);
      bins[at] = { ...bins[at]!, count };
    };
    set(64, 5000);
    set(128, 4000);
    set(512, 190);
    set(1024, 150);
    set(256, -20);
    expect(boundsOf(plan, bins)).toMatchObject({ low: 64, high: 1023 });
    expect(boundsOf({ ...plan, task: task({ beyond: 400 }) }, bins)).toMatchObject({ low: 64, high: 255 });
    expect(boundsOf({ ...plan, task: task({ beyond: 0 }) }, bins)).toMatchObject({ low: 64, high: 2047 });
  });

  it('bounds contributions from above only', () => {
    const plan = planBounds(task({ of: 'contribution', lowest: 1, highest: 100_000, beyond: 50 }));
    const rows = Float64Array.from({ length: 3000 }, (_, i) => (i < 2990 ? 1 + (i % 12) : 5000));
    expect(runBounds(plan, rows, source).found).toMatchObject({ low: 1, high: 15 });
  });

  it('finds nothing where there is nothing', () => {
    const plan = planBounds(task());
    const answer = runBounds(plan, [1, 2, 3], source);
    expect(answer.found).toBeUndefined();
    expect(answer.bins).toHaveLength(plan.bins.length);
  });

  it('is fooled by noise alone in one run of a thousand at most (2,000 runs; false alarm below 1e-6)', () => {
    const plan = planBounds(task());
    let fooled = 0;
    for (let run = 0; run < 2000; run++) fooled += runBounds(plan, [], source).found === undefined ? 0 : 1;
    expect(fooled).toBeLessThanOrEqual(13); // Poisson with mean 2: P(X > 13) = 2e-8
  });
});

describe('beyondAllowed', () => {
  it('is where one step more noise is worth one step less cut off', () => {
    // rows per actor: error(b) = Σ max(0, n − b) + b / ε, over counts 1…1000
    const [epsilon, rows] = [0.05, Array.from({ length: 1000 }, (_, i) => i + 1)];
    const error = (b: number) => rows.reduce((sum, n) => sum + Math.max(0, n - b), 0) + b / epsilon;
    const best = rows.reduce((at, b) => (error(b) < error(at) ? b : at));
    expect(rows.filter((n) => n > best).length).toBe(beyondAllowed({ epsilon, groups: 1, perUnit: 1 }));
  });
});
