import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRational, rational, toNumber } from '../../../core/math/rational.ts';
import { deltaOf, lossDistributionOf, spent, type LossEvent } from '../../../core/release/accounting/index.ts';

type Case = {
  readonly events: ReadonlyArray<{
    readonly kind: string;
    readonly parameters: readonly [number, number];
    readonly count: number;
  }>;
  readonly delta: number;
  readonly true: number | null;
  readonly above: number | null;
  readonly below: number | null;
};
const { cases } = JSON.parse(
  readFileSync(new URL('../../golden/accounting-composition.json', import.meta.url), 'utf8'),
) as { readonly cases: readonly Case[] };

const eventsOf = ({ events }: Case): LossEvent[] =>
  events.flatMap(({ kind, parameters: [a, b], count }) => Array.from({ length: count }, () => eventOf(kind, a, b)));

const eventOf = (kind: string, a: number, b: number): LossEvent => {
  const [first, second] = [parseRational(String(a)), parseRational(String(b))];
  if (kind === 'discrete-laplace') return { kind, coordinates: 1, sensitivity: second, scale: first };
  if (kind === 'discrete-gaussian') return { kind, coordinates: 1, sensitivity: second, sigmaSquared: first };
  return { kind: 'approximate', epsilon: first, delta: second };
};

const named = cases.map((c) => {
  const runs = c.events.map(({ kind, parameters, count }) => `${count} × ${kind}(${parameters.join(', ')})`);
  return { ...c, name: `${runs.join(' + ')}, δ = ${c.delta}` };
});

describe('composition by loss distributions', () => {
  it.each(named)('$name: above the true ε, within 1 % of dp-accounting', (c) => {
    const { lossDistribution } = spent(eventsOf(c), parseRational(String(c.delta)));
    const own = c.events.reduce(
      (sum, { kind, parameters, count }) => sum + (kind === 'approximate' ? parameters[1] * count : 0),
      0,
    );
    // where the events' own δ take all of it, truncation leaves this rule nothing; basic composition answers
    if (own > c.delta * 0.999) {
      expect(lossDistribution).toBeUndefined();
      return;
    }
    if (c.above === null) throw new Error('dp-accounting has no answer');
    const epsilon = lossDistribution === undefined ? Number.NaN : toNumber(lossDistribution);
    if (c.true !== null) expect(epsilon).toBeGreaterThanOrEqual(c.true * (1 - 1e-12));
    // its Fourier transforms are off by some 1e-8 of ε at δ = 1e-9, in both directions
    if (c.below !== null) expect(epsilon).toBeGreaterThanOrEqual(c.below * (1 - 1e-6));
    expect(epsilon).toBeLessThanOrEqual(c.above * 1.01);
  });

  it('knows true values for half of the grid', () => {
    expect(named.filter((c) => c.true !== null).length).toBeGreaterThan(named.length / 2);
  });

  it('is nowhere below the exact δ(ε) of one discrete Laplace run', () => {
    // scale 2, sensitivity 3: losses ±3/2 and, at x = 1 and 2, ±1/2
    const q = Math.exp(-1 / 2);
    const p = (x: number): number => ((1 - q) / (1 + q)) * q ** x;
    const atoms = [
      [1.5, 1 / (1 + q)],
      [0.5, p(1)],
      [-0.5, p(2)],
    ] as const;
    const event: LossEvent = { kind: 'discrete-laplace', coordinates: 1, sensitivity: rational(3), scale: rational(2) };
    const distribution = lossDistributionOf([event], 1e-6);
    if (distribution === undefined) throw new Error('no distribution');
    for (let epsilon = 0; epsilon < 1.5; epsilon += 0.01) {
      const exact = atoms.reduce((sum, [loss, mass]) => sum + mass * Math.max(0, -Math.expm1(epsilon - loss)), 0);
      expect(deltaOf(distribution, epsilon)).toBeGreaterThanOrEqual(exact);
      expect(deltaOf(distribution, epsilon)).toBeLessThanOrEqual(exact + 2e-4);
    }
  });

  it('takes noise too wide for single masses in blocks, from above: discrete Laplace nears e^((ε₀ − ε) / 2)', () => {
    const wide: LossEvent = {
      kind: 'discrete-laplace',
      coordinates: 1,
      sensitivity: rational(10n ** 9n),
      scale: rational(2n * 10n ** 9n),
    };
    const distribution = lossDistributionOf([wide], 1e-6);
    if (distribution === undefined) throw new Error('no distribution');
    for (const epsilon of [0, 0.1, 0.2, 0.3, 0.4, 0.49]) {
      const continuous = -Math.expm1((epsilon - 0.5) / 2);
      expect(deltaOf(distribution, epsilon)).toBeGreaterThan(continuous * (1 - 1e-8));
      expect(deltaOf(distribution, epsilon)).toBeLessThan(continuous + 1e-4);
    }
  });

  it('gives wide Gaussian noise what the same noise on a coarser grid costs', () => {
    const delta = parseRational('1e-6');
    const cost = (sensitivity: bigint, sigmaSquared: bigint): number => {
      const reach = { coordinates: 1, sensitivity: rational(sensitivity) };
      const event: LossEvent = { kind: 'discrete-gaussian', ...reach, sigmaSquared: rational(sigmaSquared) };
      return toNumber(spent([event, event], delta).lossDistribution ?? rational(0));
    };
    const single = cost(200n, 10n ** 6n);
    const blocks = cost(2n * 10n ** 8n, 10n ** 18n);
    expect(blocks).toBeGreaterThan(single * (1 - 1e-4));
    expect(blocks).toBeLessThan(single * (1 + 1e-3));
  });

  it('counts one run on a vector as one run per number that an actor can change', () => {
    const vector: LossEvent = {
      kind: 'discrete-gaussian',
      coordinates: 4,
      sensitivity: rational(2),
      sigmaSquared: rational(99),
    };
    const number: LossEvent = { ...vector, coordinates: 1 };
    const delta = parseRational('1e-6');
    expect(spent([vector], delta)).toEqual(spent([number, number, number, number], delta));
  });

  it('is worse for one number moved by all of the L1 bound than for several sharing it', () => {
    const delta = parseRational('1e-6');
    const event = (coordinates: number, sensitivity: number): LossEvent[] =>
      Array.from({ length: 10 }, () => ({
        kind: 'discrete-laplace',
        coordinates,
        sensitivity: rational(sensitivity),
        scale: rational(20),
      }));
    const [together, shared] = [spent(event(1, 4), delta), spent(event(4, 1), delta)];
    expect(together.basic).toEqual(shared.basic);
    expect(toNumber(shared.lossDistribution ?? rational(0))).toBeLessThan(
      toNumber(together.lossDistribution ?? rational(0)),
    );
  });
});
