import { describe, expect, it, test } from 'vitest';

import { rational, toNumber } from '../../../core/math/rational.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { systemRandom } from '../../../core/random/index.ts';
import { odometer } from '../../../core/release/accounting/index.ts';
import {
  canonicalQuery,
  finishRelease,
  parseQuery,
  planRelease,
  runRelease,
  type Release,
  type ReleaseRows,
} from '../../../core/release/index.ts';
import { newSecret, signingKeyOf, type JsonValue } from '../../../core/release/keys/index.ts';
import { lossOfBudget, verifyRelease } from '../../../core/release/release-file/index.ts';
import { drawHierarchy, planHierarchy, sumTree } from '../../../core/release/hierarchy/index.ts';
import { seededSecureRandom } from '../support/seeded-secure-random.ts';
import { signedRelease } from '../support/signed-release.ts';

const DAY_US = 86_400_000_000;
const FROM_US = Date.parse('2025-03-01') * 1000;
const days = { column: 'ts', every: 'day', from: '2025-03-01', to: '2025-03-17', totals: ['week', 'all'] } as const;
const places = {
  column: 'country',
  keys: ['DE', 'FR', 'US'],
  totals: [
    [
      { name: 'Europe', of: ['DE', 'FR'] },
      { name: 'America', of: ['US'] },
    ],
    'all',
  ],
} as const;
const bounds = { groupsPerActor: 3, rowsPerGroup: 2 };
const counted = (by: object, more: object = {}) => ({ count: 'events', by: [by], bounds, ...more });

/** 400 actors, two rows on each of three days. */
const ACTORS = 400;
const rows: ReleaseRows = {
  actor: Uint32Array.from({ length: ACTORS * 6 }, (_, i) => Math.floor(i / 6)),
  actors: ACTORS,
  keys: [Float64Array.from({ length: ACTORS * 6 }, (_, i) => FROM_US + ((Math.floor(i / 2) * 5) % 16) * DAY_US)],
  value: undefined,
};
const paid = async (): Promise<void> => undefined;
const released = (json: unknown, of: ReleaseRows, epsilon = '1', delta = '0'): Promise<Release> => {
  const source = createNoiseSource(systemRandom);
  return runRelease(planRelease(parseQuery(json), lossOfBudget(epsilon, delta)), of, source, paid);
};
const named = ({ dimensions: [only], columns: [column] }: Release): Map<string, number> =>
  new Map(Array.from(only?.index ?? [], (place, g) => [only?.labels[place] ?? '', column?.value[g] ?? Number.NaN]));

describe('a query with totals', () => {
  test('names them, the total first, then coarse to fine, then the groups', async () => {
    const names = [...named(await released(counted(days), rows)).keys()];
    expect(names.slice(0, 5)).toEqual([
      'all',
      'week 2025-03-01T00:00:00Z',
      'week 2025-03-08T00:00:00Z',
      'week 2025-03-15T00:00:00Z',
      '2025-03-01T00:00:00Z',
    ]);
    expect(names).toHaveLength(1 + 3 + 16);
  });

  test.each([
    ['1', '0'],
    ['0.02', '0'],
    ['0.5', '1e-6'],
  ])('adds up on every level (ε = %s, δ = %s), near the truth', async (epsilon, delta) => {
    const release = await released(counted(days), rows, epsilon, delta);
    const value = [...named(release).values()];
    const sum = (from: number, to: number): number => value.slice(from, to).reduce((a, b) => a + b, 0);
    expect(value[0]).toBe(sum(1, 4));
    expect([value[1], value[2], value[3]]).toEqual([sum(4, 11), sum(11, 18), sum(18, 20)]);
    // 2,400 rows; noise of the total has scale 18 / ε: beyond 60 scales with probability e^−60
    expect(Math.abs((value[0] ?? 0) - ACTORS * 6)).toBeLessThan((60 * 18) / Number(epsilon));
    const [column] = release.columns;
    column?.value.forEach((x, g) => {
      expect(column.low[g]).toBeLessThanOrEqual(x);
      expect(column.high[g]).toBeGreaterThanOrEqual(x);
    });
  });

  test('holds the truth in its intervals as often as they say (400 releases, false alarm below 1e-6)', async () => {
    const truth = named(await released(counted(days), rows, '1000'));
    let missed = 0;
    for (let i = 0; i < 400; i++) {
      const release = await released(counted(days, { level: 0.9 }), rows, '0.5');
      const [column] = release.columns;
      [...truth.values()].forEach((x, g) => {
        if (g === i % 20) missed += x < (column?.low[g] ?? 0) || x > (column?.high[g] ?? 0) ? 1 : 0;
      });
    }
    expect(truth.get('all')).toBe(ACTORS * 6);
    expect(missed).toBeLessThan(72); // P(Binomial(400, 0.1) ≥ 72) = 4e-7
  });

  test('sums declared groups of keys in units of the value', async () => {
    const value = Float64Array.of(1.25, 2, 3.5, 4);
    const codes = Int32Array.of(0, 1, 2, 0);
    const of: ReleaseRows = {
      actor: Uint32Array.of(0, 1, 2, 3),
      actors: 4,
      keys: [{ codes, levels: ['FR', 'US', 'DE'] }],
      value,
    };
    const json = { sum: 'amount', by: [places], bounds: { ...bounds, value: [0, 10], step: '0.25' } };
    const release = await released(json, of, '100000');
    expect([...named(release)]).toEqual([
      ['all', 10.75],
      ['Europe', 8.75],
      ['America', 2],
      ['DE', 3.5],
      ['FR', 5.25],
      ['US', 2],
    ]);
  });

  test('costs what was asked, split as the shares say', () => {
    const query = parseQuery(counted({ ...days, shares: ['0.5', '0.25', '0.25'] }));
    const plan = planRelease(query, lossOfBudget('1', '0'));
    expect(odometer(plan.events).epsilon).toEqual(rational(1));
    // Δ₁ = 6 on every level; the total and the weeks have a quarter, days a half
    expect(plan.statistics.map(({ noise }) => noise)).toEqual([
      { kind: 'discrete-laplace', scale: rational(24) },
      { kind: 'discrete-laplace', scale: rational(24) },
      { kind: 'discrete-laplace', scale: rational(12) },
    ]);
  });

  test('is recomputed by whoever has the noised integers alone, and its file verifies', async () => {
    const json: JsonValue = JSON.parse(JSON.stringify(counted(days)));
    const release = await released(json, rows, '0.3');
    expect(finishRelease(release.plan, release.noised)).toEqual({ columns: release.columns, faults: [] });
    const asked = { query: json, epsilon: '0.3', delta: '0' };
    const verdict = verifyRelease(signedRelease(release, asked, signingKeyOf(newSecret())));
    expect(verdict.checks.flatMap(({ faults }) => faults)).toEqual([]);
  });

  it.each([
    [counted({ ...days, totals: ['all', 'week'] }), 'The last of the totals'],
    [counted({ ...days, totals: ['week'] }), 'The last of the totals'],
    [counted({ ...days, totals: ['day', 'all'] }), 'coarser'],
    [counted({ ...days, shares: ['0.5', '0.5'] }), 'shares'],
    [counted({ ...days, shares: ['0.5', '0.5', '0'] }), 'shares'],
    [counted({ ...days, shares: ['0.5', '0.25', '0.3'] }), 'shares'],
    [counted({ ...places, totals: [[{ name: 'Europe', of: ['FR', 'DE', 'US'] }], 'all'] }), 'grouping'],
    [counted({ ...places, totals: [[{ name: 'Europe', of: ['DE', 'FR'] }], 'all'] }), 'grouping'],
    [counted({ ...places, totals: [[{ name: 'DE', of: ['DE', 'FR', 'US'] }], 'all'] }), 'twice'],
    [counted({ ...places, keys: ['DE', 'all'], totals: ['all'] }), '"all"'],
    [{ count: 'actors', by: [days], bounds: { groupsPerActor: 3 } }, 'does not add up'],
    [{ mean: 'a', by: [days], bounds: { ...bounds, value: [0, 9], step: 1 } }, 'does not add up'],
    [{ ...counted(days), by: [days, { column: 'b', keys: ['x'] }] }, 'one dimension'],
    [counted({ column: 'country', keys: 'unknown', totals: ['all'] }), 'not understood'],
  ])('%# is refused where it makes no sense', (json, message) => {
    expect(() => parseQuery(json)).toThrow(message);
  });

  test('is another question than one without totals or with other shares', () => {
    const { totals: _, ...plain } = days;
    const questions = [plain, days, { ...days, shares: ['0.5', '0.3', '0.2'] }].map((by) =>
      canonicalQuery(parseQuery(counted(by))),
    );
    expect(new Set(questions).size).toBe(3);
    expect(questions[0]).not.toContain('totals');
  });
});

test('sums beyond 2^53 are added exactly, and clamped: one actor moves no node by more than it may', () => {
  const tree = sumTree(14, [Array.from({ length: 14 }, (_, leaf) => Math.floor(leaf / 7))]);
  const third = rational(1, 3);
  const plan = planHierarchy({
    tree,
    leavesPerActor: 1,
    perLeaf: 1,
    loss: { kind: 'pure', epsilon: rational(1) },
    shares: [third, third, third],
  });
  const most = 2 ** 51 - 1;
  for (let x = 0; x < 8; x++) {
    const leaves = [x, most, most, most, most, most, 0, -most, -most, -most, -most, -most, 0, 0];
    const [a, b] = [leaves, leaves.with(0, x + 1)].map((each) =>
      drawHierarchy(plan, Float64Array.from(each), createNoiseSource(seededSecureRandom('same'))),
    );
    a?.forEach((noised, node) => expect(Math.abs(noised - (b?.[node] ?? 0))).toBeLessThanOrEqual(1));
    expect(Math.max(...(a ?? []).map(Math.abs))).toBeLessThan(2 ** 51 + 1000);
  }
  expect(toNumber(odometer(plan.events).epsilon ?? rational(0))).toBe(1);
});
