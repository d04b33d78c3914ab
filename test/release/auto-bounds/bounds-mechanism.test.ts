import { describe, expect, it, test } from 'vitest';

import { rational } from '../../../core/math/rational.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { odometer, type PrivacyLoss } from '../../../core/release/accounting/index.ts';
import {
  finishRelease,
  parseQuery,
  planRelease,
  releasedBins,
  runRelease,
  type Release,
  type ReleaseRows,
} from '../../../core/release/index.ts';
import { seededSecureRandom } from '../support/seeded-secure-random.ts';

/** Seeded: noise alone shows a bin once in a thousand runs, and moves a bound in some of them. */
const source = createNoiseSource(seededSecureRandom('bounds'));
const pure = (n: number, d = 1): PrivacyLoss => ({ kind: 'pure', epsilon: rational(n, d) });
const VALUES = {
  findBounds: 'amount',
  beyond: 50,
  bounds: { rowsPerGroup: 4, value: [-1_000_000, 1_000_000], step: '0.5' },
};
const ROWS = { findContributions: 'rows', beyond: 20, bounds: { rowsPerGroup: 100_000 } };

/** 2,000 actors with 12 rows each but for five with 3,000; values 3…35, and one of a million. */
const ACTORS = 2000;
const sizes = Array.from({ length: ACTORS }, (_, i) => (i < 5 ? 3000 : 12));
const actor = Uint32Array.from(sizes.flatMap((size, i) => Array.from({ length: size }, () => i)));
const value = Float64Array.from(actor, (_, i) => (i === 7 ? 1e6 : 3 + (i % 33)));
const rowsOf = (of: Partial<ReleaseRows>): ReleaseRows => ({
  actor,
  actors: ACTORS,
  keys: [],
  value: undefined,
  ...of,
});

const released = (json: unknown, rows: ReleaseRows, loss = pure(1)): Promise<Release> =>
  runRelease(planRelease(parseQuery(json), loss), rows, source, async () => undefined);
const shown = ({ columns }: Release): (number | undefined)[] =>
  ['low', 'high'].map((name) => columns.find((each) => each.name === name)?.value[0]);

describe('a release that looks for bounds', () => {
  test('finds those of a column, in its unit, on public bins', async () => {
    const release = await released(VALUES, rowsOf({ value }));
    // 6…70 half units: bins 4–7 and 64–127
    expect(shown(release)).toEqual([2, 63.5]);
    expect(release.groups).toBe(1);
    expect(release.columns.map(({ name }) => name)).toContain('32 to 63.5');
    expect(release.noised.every((each) => each.length === 1)).toBe(true);
  });

  test('finds the rows that actors have, the few with very many left outside', async () => {
    const release = await released(ROWS, rowsOf({}));
    expect(shown(release)).toEqual([1, 15]);
    expect(releasedBins(release.plan, release.noised)?.find(({ from }) => from === 8)?.count).toBeGreaterThan(1900);
  });

  test.each([
    [VALUES, rational(4)],
    [ROWS, rational(1)],
  ])('costs what it was given, one actor moving bins by %# what they may contribute', (json, scale) => {
    const { events, statistics } = planRelease(parseQuery(json), pure(1));
    expect(odometer(events).epsilon).toEqual(rational(1));
    expect(statistics.map(({ noise }) => noise)).toEqual([{ kind: 'discrete-laplace', scale }]);
  });

  test('as concentrated loss costs no more than ρ', () => {
    const { events } = planRelease(parseQuery(ROWS), { kind: 'zcdp', rho: rational(1, 10) });
    const { rho } = odometer(events);
    expect(Number(rho.numerator) / Number(rho.denominator)).toBeLessThanOrEqual(0.1);
    expect(Number(rho.numerator) / Number(rho.denominator)).toBeGreaterThan(0.0999999);
  });

  test('shows no bounds where nothing stands out, and is recomputed from its integers', async () => {
    const empty = { actor: new Uint32Array(0), actors: 0, keys: [], value: new Float64Array(0) };
    let missing = 0;
    for (let i = 0; i < 40; i++) {
      const release = await released(VALUES, empty, pure(1, 10));
      if (shown(release).every(Number.isNaN)) missing++;
      expect(finishRelease(release.plan, release.noised)).toEqual({ columns: release.columns, faults: [] });
    }
    expect(missing).toBeGreaterThan(34); // each shows some with probability 0.001: six or more of 40 below 1e-11
  });

  it.each([
    [{ ...VALUES, beyond: undefined }, 'beyond'],
    [{ count: 'events', beyond: 3, bounds: { rowsPerGroup: 1 } }, 'beyond'],
    [{ ...VALUES, bounds: { rowsPerGroup: 4 } }, 'no "value"'],
    [{ ...VALUES, bounds: { value: [0, 1], step: 1 } }, 'no "rowsPerGroup"'],
    [{ ...ROWS, bounds: {} }, 'no "rowsPerGroup"'],
    [{ ...ROWS, by: [{ column: 'country', keys: ['DE'] }] }, 'over all rows'],
    [{ ...ROWS, source: 'actors' }, 'one row per actor'],
    [{ ...ROWS, count: 'events' }, 'exactly one'],
  ])('%# is refused where a part is missing', (json, message) => {
    expect(() => parseQuery(json)).toThrow(message);
  });
});
