import { describe, expect, it } from 'vitest';
import { parseRational, rational, toNumber } from '../../../core/math/rational.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { odometer, spent, type PrivacyLoss } from '../../../core/release/accounting/index.ts';
import type { BoundedRows } from '../../../core/release/bounding/index.ts';
import type { MechanismTask } from '../../../core/release/mechanisms/mechanism.ts';
import { planTop, topKnownMechanism, topUnknownMechanism } from '../../../core/release/top-k/index.ts';
import { seededSecureRandom } from '../support/seeded-secure-random.ts';

const DELTA = parseRational('1e-6');
const pure = (epsilon: number): PrivacyLoss => ({ kind: 'pure', epsilon: rational(epsilon) });
const approximate = (epsilon: number): PrivacyLoss => ({
  kind: 'approximate',
  epsilon: rational(epsilon),
  delta: DELTA,
});

const task = (
  loss: PrivacyLoss,
  {
    groups,
    groupsPerActor = 4,
    rowsPerGroup = 3,
    k = 3,
    of = 'events' as 'events' | 'actors',
  }: { groups?: number; groupsPerActor?: number; rowsPerGroup?: number; k?: number; of?: 'events' | 'actors' },
): MechanismTask => ({
  query: {
    source: 'events',
    measure: { kind: 'top', k, of },
    by: [],
    where: undefined,
    bounds: { groupsPerActor, rowsPerGroup, grid: undefined },
    level: 0.95,
  },
  groups,
  loss,
});

/** counts[g] actors in group g, three rows each. */
const rowsOf = (counts: readonly number[]): BoundedRows => {
  const pairs = counts.flatMap((count, g) =>
    Array.from({ length: count * 3 }, (_, i) => [Math.floor(i / 3), g] as const),
  );
  pairs.sort(([a, g], [b, h]) => a - b || g - h);
  return {
    actor: Uint32Array.from(pairs, ([actor]) => actor),
    group: Uint32Array.from(pairs, ([, group]) => group),
    groups: counts.length,
    cells: undefined,
    groupsPerActor: counts.length,
    rowsPerGroup: 3,
  };
};

describe('planTop', () => {
  it.each([
    ['few keys per actor: all counts at once', pure(1), { groups: 50, groupsPerActor: 6 }, 'one-shot'],
    ['many keys per actor: one choice after the other', pure(1), { groups: 50, groupsPerActor: 7 }, 'known'],
    ['zCDP: from k on', { kind: 'zcdp', rho: rational(1, 10) }, { groups: 50, groupsPerActor: 4 }, 'known'],
    ['a short list bounds the keys per actor', pure(1), { groups: 5, groupsPerActor: 1000 }, 'one-shot'],
    ['unknown keys', approximate(1), {}, 'unknown'],
  ] as const)('%s', (_, loss, shape, kind) => {
    expect(planTop(task(loss, shape)).choice.kind).toBe(kind);
  });

  it.each([
    [pure(2), { groups: 50, groupsPerActor: 6 }],
    [pure(2), { groups: 50, groupsPerActor: 90 }],
    [approximate(2), { groups: 500, groupsPerActor: 90 }],
    [approximate(2), { groups: 500, groupsPerActor: 90, k: 100 }],
    [approximate(2), { groupsPerActor: 90 }],
    [approximate(2), { groupsPerActor: 2, of: 'actors' }],
  ] as const)('costs what the query costs, not each part of it', (loss, shape) => {
    const { events } = planTop(task(loss, shape));
    const { basic, zcdp } = spent(events, DELTA);
    const epsilon = Math.min(...[basic, zcdp].map((each) => (each ? toNumber(each) : Number.POSITIVE_INFINITY)));
    expect(epsilon).toBeLessThanOrEqual(2 + 1e-9);
    expect(epsilon).toBeGreaterThan(1.99);
  });

  it('splits ρ over choices and counts', () => {
    const { events } = planTop(task({ kind: 'zcdp', rho: rational(1, 10) }, { groups: 99, groupsPerActor: 90 }));
    expect(events.map((event) => event.kind)).toEqual(['bounded-range', 'discrete-gaussian']);
    const rho = toNumber(odometer(events).rho);
    expect(rho).toBeLessThanOrEqual(0.1);
    expect(rho).toBeGreaterThan(0.1 * (1 - 1e-9));
  });

  it('refuses unknown keys without a δ', () => {
    expect(() => planTop(task(pure(1), {}))).toThrow('delta');
  });
});

describe('top mechanisms', () => {
  const rows = rowsOf([40, 900, 0, 500, 3, 700]);
  const source = createNoiseSource(seededSecureRandom('top'));

  it.each([
    ['one-shot', topKnownMechanism, task(pure(20), { groups: 6 })],
    ['known', topKnownMechanism, task(pure(60), { groups: 6, groupsPerActor: 100, k: 2, rowsPerGroup: 3 })],
    ['unknown', topUnknownMechanism, task(approximate(60), { k: 3 })],
  ] as const)('%s: finds the highest at a high ε, ranked, counts within their intervals', (_, mechanism, asked) => {
    const { groups, columns, noised } = mechanism.run(asked, rows, source);
    const k = asked.query.measure.kind === 'top' ? asked.query.measure.k : 0;
    const truth = new Map([
      [1, 2700],
      [3, 1500],
      [5, 2100],
    ]);
    const expected = k === 2 ? [1, 5] : [1, 3, 5];
    expect([...(groups ?? [])]).toEqual(expected);
    expect([...(columns[0]?.value ?? [])]).toEqual(k === 2 ? [1, 2] : [1, 3, 2]);
    const [, events] = columns;
    expected.forEach((key, i) => {
      expect(Math.abs((events?.value[i] ?? 0) - (truth.get(key) ?? 0))).toBeLessThan(40);
      expect(events?.low[i]).toBeLessThanOrEqual(events?.value[i] ?? 0);
    });
    expect(noised[0]).toEqual(events?.value);
  });

  it('counts different actors where it is asked for them', () => {
    const asked = task(approximate(60), { k: 1, of: 'actors' });
    const { columns } = topUnknownMechanism.run(asked, rows, source);
    expect(Math.abs((columns[1]?.value[0] ?? 0) - 900)).toBeLessThan(20);
  });

  it('stops before keys that too few actors have', () => {
    const asked = task(approximate(1), { k: 6 });
    const few = rowsOf([1, 1, 1, 1, 1, 1]);
    const shown = Array.from({ length: 200 }, () => topUnknownMechanism.run(asked, few, source).groups?.length ?? 0);
    expect(shown.reduce((a, b) => a + b, 0)).toBe(0); // 200 · 6 · δ: a false alarm in 1,000 for fresh bits; these are seeded
  });

  it('one-shot intervals hold for all keys at once (2,000 runs; false alarm below 1e-6)', () => {
    const asked = task(pure(1), { groups: 6, groupsPerActor: 1 });
    const truth = [120, 2700, 0, 1500, 9, 2100];
    let missed = 0;
    for (let run = 0; run < 2000; run++) {
      const { groups, columns } = topKnownMechanism.run(asked, rows, source);
      const [, events] = columns;
      missed += groups?.some((key, i) => {
        const x = truth[key] ?? 0;
        return x < (events?.low[i] ?? 0) || x > (events?.high[i] ?? 0);
      })
        ? 1
        : 0;
    }
    expect(missed / 2000).toBeLessThan(0.05 + 5 * Math.sqrt((0.05 * 0.95) / 2000));
  });
});
