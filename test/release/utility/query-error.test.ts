import { describe, expect, it, test } from 'vitest';

import { rational, toNumber } from '../../../core/math/rational.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { systemRandom } from '../../../core/random/index.ts';
import type { PrivacyLoss } from '../../../core/release/accounting/index.ts';
import {
  expectedErrorOf,
  parseQuery,
  planRelease,
  releasedBins,
  runRelease,
  solveEpsilonOf,
  type ReleaseRows,
} from '../../../core/release/index.ts';

const pure = (n: number, d = 1): PrivacyLoss => ({ kind: 'pure', epsilon: rational(n, d) });
const approximate: PrivacyLoss = { kind: 'approximate', epsilon: rational(1), delta: rational(1, 1_000_000) };
const KNOWN = [{ column: 'country', keys: ['DE', 'FR'] }];
const UNKNOWN = [{ column: 'country', keys: 'unknown' }];
const bounds = { groupsPerActor: 2, rowsPerGroup: 5 };
const grid = { value: [0, 100], step: '0.5' };

describe('expectedErrorOf', () => {
  test('tells the noise of a sum in its unit, and what it takes to tell the rest', () => {
    const query = parseQuery({ sum: 'amount', by: KNOWN, bounds: { ...bounds, ...grid } });
    const error = expectedErrorOf({ query, cost: pure(1) });
    // scale 2 · 5 · 200 cells of 0.5: E|X| = 1 / sinh(1 / 2000) cells
    expect(error.noise).toMatchObject({ known: true, from: expect.closeTo(1000, 3), basis: 'public' });
    expect(error.halfWidth).toBeCloseTo(1000 * Math.log(20), -1);
    expect(error.contributionBounds).toMatchObject({ known: false });
    expect(error.clamping).toMatchObject({ known: false });
    expect(error.droppedKeys).toMatchObject({ known: true, to: 0 });
  });

  test.each([
    ['count', { count: 'events', by: KNOWN, bounds }],
    ['sum', { sum: 'a', by: KNOWN, bounds: { ...bounds, ...grid } }],
    ['mean', { mean: 'a', by: KNOWN, bounds: { ...bounds, ...grid } }],
    ['variance', { variance: 'a', by: KNOWN, bounds: { ...bounds, ...grid } }],
  ])('gives the width that a released %s has, for groups of that size', async (_, json) => {
    const plan = planRelease(parseQuery(json), pure(10));
    // 20,000 actors, 5 rows each in DE, of value 50 ± 35.5
    const actor = Uint32Array.from({ length: 100_000 }, (__, i) => Math.floor(i / 5));
    const rows: ReleaseRows = {
      actor,
      actors: 20_000,
      keys: [{ codes: new Int32Array(actor.length), levels: ['DE'] }],
      value: json.bounds === bounds ? undefined : Float64Array.from(actor, (__, i) => (i % 2 === 0 ? 14.5 : 85.5)),
    };
    const source = createNoiseSource(systemRandom);
    const { columns } = await runRelease(plan, rows, source, async () => undefined);
    const width = ((columns[0]?.high[0] ?? 0) - (columns[0]?.low[0] ?? 0)) / 2;
    const told = expectedErrorOf(plan, { groupSize: 100_000 }).halfWidth ?? Number.NaN;
    expect(width / told).toBeCloseTo(1, 1);
  });

  test('means need a size; chosen keys are lost as often as their noise says', () => {
    const mean = { query: parseQuery({ mean: 'a', by: KNOWN, bounds: { ...bounds, ...grid } }), cost: pure(1) };
    expect(expectedErrorOf(mean).noise).toMatchObject({ known: false });
    expect(expectedErrorOf(mean).halfWidth).toBeUndefined();
    expect(expectedErrorOf(mean, { groupSize: 1000 }).noise).toMatchObject({ known: true, basis: 'assumed' });

    const count = {
      query: parseQuery({ count: 'actors', by: UNKNOWN, bounds: { groupsPerActor: 1 } }),
      cost: approximate,
    };
    expect(expectedErrorOf(count).droppedKeys).toMatchObject({ known: false });
    expect(expectedErrorOf(count).contributionBounds).toMatchObject({
      known: false,
      needs: expect.stringContaining('groups'),
    });
    const at = (groupSize: number): number => {
      const part = expectedErrorOf(count, { groupSize }).droppedKeys;
      return part.known ? part.from : Number.NaN;
    };
    // bound 14 at δ = 1e-6: a group of 14 is at even odds or little less, one of 40 is never lost
    expect(at(1)).toBeGreaterThan(0.999);
    expect(at(14) / 14).toBeGreaterThan(0.5);
    expect(at(14) / 14).toBeLessThan(0.8);
    expect(at(40)).toBeLessThan(1e-6);
  });

  test('reads a paid search for bounds: rows beyond them, and no more than that', async () => {
    const search = parseQuery({ findContributions: 'rows', beyond: 5, bounds: { rowsPerGroup: 1000 } });
    const plan = planRelease(search, pure(50));
    // 100 actors of 4 rows, ten of 100
    const sizes = Array.from({ length: 110 }, (_, i) => (i < 100 ? 4 : 100));
    const actor = Uint32Array.from(sizes.flatMap((size, i) => Array.from({ length: size }, () => i)));
    const rows = { actor, actors: 110, keys: [], value: undefined };
    const { noised } = await runRelease(plan, rows, createNoiseSource(systemRandom), async () => undefined);
    const rowsReleased = releasedBins(plan, noised);
    const part = (json: unknown) =>
      expectedErrorOf({ query: parseQuery(json), cost: pure(1) }, { rowsReleased }).contributionBounds;
    // true loss: 10 · 90; a bin of 64…127 tells 54…117 each
    expect(part({ count: 'events', bounds: { rowsPerGroup: 10 } })).toEqual({
      known: true,
      from: 540,
      to: 1170,
      basis: 'released',
    });
    // 2 · 5 rows are kept at most, 2 at least (four rows in four groups): 100 · 2…5 and 10 · 62…125
    const grouped = part({ count: 'events', by: KNOWN, bounds });
    expect(grouped).toEqual({ known: true, from: 540, to: 100 * 5 + 1250, basis: 'released' });
    expect(
      releasedBins(planRelease(parseQuery({ count: 'events', bounds: { rowsPerGroup: 1 } }), pure(1)), []),
    ).toBeUndefined();
  });
});

describe('solveEpsilonOf', () => {
  it.each([
    ['a count', { count: 'events', by: KNOWN, bounds }, 50, undefined, 0],
    ['a count with totals', { count: 'events', by: [{ ...KNOWN[0], totals: ['all'] }], bounds }, 50, undefined, 0],
    ['a mean', { mean: 'a', by: KNOWN, bounds: { ...bounds, ...grid } }, 5, 1000, 0],
    ['a variance', { variance: 'a', by: KNOWN, bounds: { ...bounds, ...grid } }, 300, 5000, 0],
    [
      'many groups per actor, with δ',
      {
        count: 'events',
        by: [{ column: 'a', keys: Array.from({ length: 90 }, (__, i) => `k${i}`) }],
        bounds: { groupsPerActor: 90, rowsPerGroup: 1 },
      },
      100,
      undefined,
      1e-6,
    ],
    ['unknown keys', { count: 'actors', by: UNKNOWN, bounds: { groupsPerActor: 3 } }, 20, 500, 1e-6],
  ])('%s: the least ε that is enough, to a millionth', (_, json, within, groupSize, delta) => {
    const query = parseQuery(json);
    const wish = { within, groupSize, delta: delta === 0 ? rational(0) : rational(1, Math.round(1 / delta)) };
    const { epsilon, halfWidth } = solveEpsilonOf(query, wish);
    expect(halfWidth).toBeLessThanOrEqual(within);
    const costOf = (x: number): PrivacyLoss => {
      const of = rational(Math.round(x * 1e6), 1_000_000);
      return delta === 0 ? { kind: 'pure', epsilon: of } : { kind: 'approximate', epsilon: of, delta: wish.delta };
    };
    const at = (x: number) => expectedErrorOf({ query, cost: costOf(x) }, { groupSize }).halfWidth ?? 0;
    expect(at(toNumber(epsilon))).toBe(halfWidth);
    expect(at(toNumber(epsilon) - 1e-6)).toBeGreaterThan(within);
  });

  it.each([
    [{ count: 'events', by: KNOWN, bounds }, 0, 'out of range'],
    [{ count: 'events', by: KNOWN, bounds: { ...bounds, rowsPerGroup: 1_000_000 } }, 3, 'No epsilon'],
    [{ mean: 'a', by: KNOWN, bounds: { ...bounds, ...grid } }, 5, 'takes more'],
    [{ top: 3, of: 'events', by: KNOWN, bounds }, 5, 'takes more'],
  ])('%# refuses a wish that is none', (json, within, message) => {
    expect(() => solveEpsilonOf(parseQuery(json), { within, delta: rational(0) })).toThrow(message);
  });
});
