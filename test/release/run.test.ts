import { describe, expect, test } from 'vitest';

import { NightjarError } from '../../core/api/errors.ts';
import { addRational, compareRational, parseRational, rational } from '../../core/math/rational.ts';
import { createNoiseSource, type NoiseSource } from '../../core/random/noise-source.ts';
import { systemRandom } from '../../core/random/index.ts';
import { odometer, type PrivacyLoss } from '../../core/release/accounting/index.ts';
import {
  finishRelease,
  parseQuery,
  planRelease,
  runRelease,
  type Release,
  type ReleaseRows,
} from '../../core/release/index.ts';

const pure = (epsilon: string): PrivacyLoss => ({ kind: 'pure', epsilon: parseRational(epsilon) });
const approximate = (epsilon: string, delta: string): PrivacyLoss => ({
  kind: 'approximate',
  epsilon: parseRational(epsilon),
  delta: parseRational(delta),
});

/** `size` actors with one row each in every group that `groupOf` gives, all of value `value`. */
const rowsOf = (sizes: Readonly<Record<string, number>>, value?: number): ReleaseRows => {
  const levels = Object.keys(sizes).sort();
  const actor: number[] = [];
  const codes: number[] = [];
  levels.forEach((level, code) => {
    for (let i = 0; i < (sizes[level] ?? 0); i++) {
      actor.push(actor.length);
      codes.push(code);
    }
  });
  return {
    actor: Uint32Array.from(actor),
    actors: actor.length,
    keys: [{ codes: Int32Array.from(codes), levels }],
    value: value === undefined ? undefined : new Float64Array(actor.length).fill(value),
  };
};

const fresh = (): NoiseSource => createNoiseSource(systemRandom);
const paid = async (): Promise<void> => undefined;
const namesOf = ({ dimensions }: Release, d = 0): string[] =>
  Array.from(dimensions[d]?.index ?? [], (place) => dimensions[d]?.labels[place] ?? '');

const KNOWN = [{ column: 'country', keys: ['FR', 'DE', 'XX'] }];
const UNKNOWN = [{ column: 'country', keys: 'unknown' }];
const one = { groupsPerActor: 1, rowsPerGroup: 1 };

test('known keys are all released in their order, zeros included, and others never', async () => {
  const plan = planRelease(parseQuery({ count: 'events', by: KNOWN, bounds: one }), pure('1'));
  const release = await runRelease(plan, rowsOf({ DE: 5000, ZZ: 9000 }), fresh(), paid);
  expect(namesOf(release)).toEqual(['FR', 'DE', 'XX']);
  const { value, low, high } = release.columns[0] ?? { value: [], low: [], high: [] };
  // |noise| ≤ 100 but for e^−100.
  expect(Math.abs((value[0] ?? 0) - 0)).toBeLessThan(100);
  expect(Math.abs((value[1] ?? 0) - 5000)).toBeLessThan(100);
  expect(Math.abs((value[2] ?? 0) - 0)).toBeLessThan(100);
  expect([value[1]! - low[1]!, high[1]! - value[1]!]).toEqual([3, 3]); // 2 q^4 / (1 + q) = 0.0268 at ε = 1, 0.0728 at q^3
});

test('the debit comes before anything is drawn, and without it nothing is', async () => {
  const plan = planRelease(
    parseQuery({ sum: 'amount', by: KNOWN, bounds: { ...one, value: [0, 9], step: 1 } }),
    pure('1'),
  );
  const inner = fresh();
  const log: string[] = [];
  const source: NoiseSource = {
    kind: 'noise',
    below: (n) => (log.push('draw'), inner.below(n)),
    belowBig: (n) => (log.push('draw'), inner.belowBig(n)),
    close: () => undefined,
  };
  const rows = { ...rowsOf({ DE: 3 }, 4), actor: Uint32Array.of(0, 0, 0) }; // more than the bounds allow: bounding draws too
  await runRelease(plan, rows, source, async (debited) => {
    log.push('asked');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(debited.events).toEqual(plan.events);
    log.push('paid');
  });
  expect(log.slice(0, 3)).toEqual(['asked', 'paid', 'draw']);
  log.length = 0;
  const refused = runRelease(plan, rows, source, () => Promise.reject(new NightjarError('usage', 'No budget.')));
  await expect(refused).rejects.toThrow('No budget.');
  expect(log).toEqual([]);
});

test('what is debited is made of the query and the cost, not of what the caller claims', async () => {
  const plan = planRelease(parseQuery({ count: 'events', by: KNOWN, bounds: one }), pure('1'));
  let events: unknown;
  await runRelease(
    { ...plan, events: [], statistics: [] } as typeof plan,
    rowsOf({ DE: 1 }),
    fresh(),
    async (debited) => {
      events = debited.events;
    },
  );
  expect(events).toEqual(plan.events);
});

describe('a release of several statistics costs what was asked, not a multiple of it', () => {
  const grid = { value: [0, 100], step: 1 };
  const many = { groupsPerActor: 40, rowsPerGroup: 2 };
  const wide = [{ column: 'country', keys: Array.from({ length: 100 }, (_, i) => `k${i}`) }];
  test.each([
    ['count', { count: 'events', by: KNOWN, bounds: one }],
    ['sum', { sum: 'a', by: KNOWN, bounds: { ...one, ...grid } }],
    ['mean', { mean: 'a', by: KNOWN, bounds: { ...one, ...grid } }],
    ['variance', { variance: 'a', by: KNOWN, bounds: { ...one, ...grid } }],
    ['mean of many groups', { mean: 'a', by: wide, bounds: { ...many, ...grid } }],
    ['count of unknown keys', { count: 'actors', by: UNKNOWN, bounds: { groupsPerActor: 3 } }],
    ['variance of unknown keys', { variance: 'a', by: UNKNOWN, bounds: { ...one, ...grid } }],
    ['mean of many unknown keys', { mean: 'a', by: UNKNOWN, bounds: { ...many, ...grid } }],
  ])('%s', (name, json) => {
    const query = parseQuery(json);
    const unknown = name.includes('unknown');
    if (!unknown) {
      expect(odometer(planRelease(query, pure('0.7')).events).epsilon).toEqual(parseRational('0.7'));
      const rho = odometer(planRelease(query, { kind: 'zcdp', rho: parseRational('0.1') }).events).rho;
      expect(rho).toEqual(parseRational('0.1'));
    }
    const delta = parseRational('1e-6');
    const { epsilon, delta: spent } = odometer(planRelease(query, approximate('0.7', '1e-6')).events);
    expect(compareRational(spent, delta)).toBeLessThanOrEqual(0);
    if (epsilon !== undefined) expect(epsilon).toEqual(parseRational('0.7'));
    else expect(name).toContain('many'); // Gaussian noise, by public bounds: many groups per actor
  });
});

test('sensitivity counts no more groups than there are', () => {
  const query = parseQuery({ count: 'events', by: KNOWN, bounds: { groupsPerActor: 50, rowsPerGroup: 2 } });
  expect(planRelease(query, pure('1')).statistics[0]?.reach).toEqual({ coordinates: 3, sensitivity: rational(2) });
});

test('unknown keys need a delta', () => {
  const query = parseQuery({ count: 'actors', by: UNKNOWN, bounds: { groupsPerActor: 1 } });
  for (const cost of [pure('1'), approximate('1', '0'), { kind: 'zcdp', rho: rational(1) } as const]) {
    expect(() => planRelease(query, cost)).toThrow('Unknown keys need');
  }
});

describe('unknown keys', () => {
  const sizes = { zulu: 3000, alpha: 2000, lone: 1, 'ana@example.org': 1, mike: 2500 };

  test('common keys are shown in their own order, and nothing of the others is left anywhere', async () => {
    for (const json of [
      { count: 'actors', by: UNKNOWN, bounds: { groupsPerActor: 1 } },
      { count: 'events', by: UNKNOWN, bounds: { groupsPerActor: 1, rowsPerGroup: 3 } },
      { mean: 'a', by: UNKNOWN, bounds: { ...one, value: [0, 10], step: 1 } },
    ]) {
      const query = parseQuery(json);
      const rows = rowsOf(sizes, query.bounds.grid === undefined ? undefined : 4);
      const release = await runRelease(planRelease(query, approximate('1', '1e-9')), rows, fresh(), paid);
      expect(namesOf(release)).toEqual(['alpha', 'mike', 'zulu']);
      expect(JSON.stringify(release, (_, x: unknown) => (typeof x === 'bigint' ? String(x) : x))).not.toMatch(
        /lone|ana@/,
      );
      expect(release.columns[0]?.value).toHaveLength(3);
      const [alpha, mike, zulu] = release.noised.at(-1) ?? [];
      expect(Math.abs((alpha ?? 0) - 2000)).toBeLessThan(300);
      expect(Math.abs((mike ?? 0) - 2500)).toBeLessThan(300);
      expect(Math.abs((zulu ?? 0) - 3000)).toBeLessThan(300);
    }
  });

  test('mixed with declared keys', async () => {
    const by = [...UNKNOWN, { column: 'amount', bins: [0, 5, 10] }];
    const query = parseQuery({ count: 'actors', by, bounds: { groupsPerActor: 1 } });
    const base = rowsOf(sizes);
    const rows = { ...base, keys: [...base.keys, Float64Array.from(base.actor, (a) => (a % 2 === 0 ? 7 : 1))] };
    const release = await runRelease(planRelease(query, approximate('1', '1e-9')), rows, fresh(), paid);
    expect(namesOf(release)).toEqual(['alpha', 'alpha', 'mike', 'mike', 'zulu', 'zulu']);
    expect(namesOf(release, 1)).toEqual(['[0, 5)', '[5, 10)', '[0, 5)', '[5, 10)', '[0, 5)', '[5, 10)']);
  });
});

test('mean and variance come out near the truth, inside their bounds, with the truth in the interval', async () => {
  const by = [{ column: 'country', keys: ['A', 'B', 'none'] }];
  const bounds = { ...one, value: [0, 20], step: 0.5 };
  const rows = rowsOf({ A: 4000, B: 4000 });
  const value = Float64Array.from(rows.actor, (a) => (a < 4000 ? 7.5 : a % 2 === 0 ? 4 : 16));
  const released = async (json: unknown): Promise<Release['columns'][number]> => {
    const plan = planRelease(parseQuery(json), pure('4'));
    const { columns } = await runRelease(plan, { ...rows, value }, fresh(), paid);
    return columns[0] ?? { name: '', value: new Float64Array(), low: new Float64Array(), high: new Float64Array() };
  };
  const mean = await released({ mean: 'amount', by, bounds, level: 0.999999 });
  const variance = await released({ variance: 'amount', by, bounds, level: 0.999999 });
  // Each interval fails with probability 1e-6.
  for (const [column, truth] of [
    [mean, [7.5, 10]],
    [variance, [0, 36]],
  ] as const) {
    truth.forEach((each, g) => {
      expect(column.low[g]).toBeLessThanOrEqual(each);
      expect(column.high[g]).toBeGreaterThanOrEqual(each);
      expect(column.high[g]! - column.low[g]!).toBeLessThan(3);
    });
    for (const end of [column.low, column.value, column.high]) {
      for (const x of end) expect(Number.isNaN(x) || (x >= 0 && x <= 100)).toBe(true);
    }
  }
});

test('intervals of counts hold the truth at their level', async () => {
  // 20,000 groups at 0.9: the share held is below 0.9 by 6 standard deviations with probability 1e-9.
  const keys = Array.from({ length: 20_000 }, (_, i) => `k${i}`);
  for (const cost of [pure('0.3'), { kind: 'zcdp', rho: rational(1, 50) } as const]) {
    const query = parseQuery({ count: 'events', by: [{ column: 'c', keys }], bounds: one, level: 0.9 });
    const { columns } = await runRelease(planRelease(query, cost), rowsOf({ k1: 50 }), fresh(), paid);
    const held = keys.filter(
      (_, g) => (columns[0]?.low[g] ?? 1) <= (g === 1 ? 50 : 0) && (columns[0]?.high[g] ?? -1) >= (g === 1 ? 50 : 0),
    );
    expect(held.length / keys.length).toBeGreaterThan(0.9 - 6 * Math.sqrt(0.09 / keys.length));
    expect(held.length / keys.length).toBeLessThan(0.95); // and not by being far too wide
  }
});

test('rows that do not fit cost nothing and tell nothing', async () => {
  const plan = planRelease(parseQuery({ count: 'events', by: KNOWN, bounds: one }), pure('1'));
  let debits = 0;
  const debit = async (): Promise<void> => void debits++;
  const rows = rowsOf({ secretive: 7 });
  for (const wrong of [
    { ...rows, keys: [] },
    { ...rows, keys: [Float64Array.of(1, 2, 3, 4, 5, 6, 7)] },
    { ...rows, value: new Float64Array(7) },
  ]) {
    const error = await runRelease(plan, wrong, fresh(), debit).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(NightjarError);
    expect(String(error)).not.toMatch(/secretive|7/);
  }
  expect(debits).toBe(0);
});

test('the shares of a split add up', () => {
  const query = parseQuery({ sum: 'a', by: UNKNOWN, bounds: { ...one, value: [0, 9], step: 1 } });
  const { events } = planRelease(query, approximate('1', '1e-6'));
  expect(events.map(({ kind }) => kind)).toEqual(['selection', 'discrete-laplace']);
  const [selection] = events;
  if (selection?.kind !== 'selection') throw new Error('The first event chooses keys.');
  expect(addRational(selection.epsilon, selection.epsilon)).toEqual(rational(1));
  expect(selection.delta).toEqual(parseRational('1e-6'));
});

test('columns follow from the noised integers, for whoever checks without the data', async () => {
  const grid = { value: [0, 10], step: 0.5 };
  for (const json of [
    { count: 'events', by: KNOWN, bounds: one },
    { count: 'actors', by: UNKNOWN, bounds: { groupsPerActor: 1 } },
    { sum: 'a', by: UNKNOWN, bounds: { ...one, ...grid } },
    { mean: 'a', by: UNKNOWN, bounds: { ...one, ...grid } },
    { variance: 'a', by: KNOWN, bounds: { ...one, ...grid } },
    { quantiles: 'a', probabilities: [0.1, 0.5], by: KNOWN, bounds: { ...one, ...grid } },
    { quantiles: 'a', probabilities: [0.1, 0.5], intervals: true, by: UNKNOWN, bounds: { ...one, ...grid } },
    { top: 1, of: 'events', by: KNOWN, bounds: one },
    { top: 1, of: 'events', by: KNOWN, bounds: { groupsPerActor: 3, rowsPerGroup: 1 } },
    { top: 2, of: 'actors', by: UNKNOWN, bounds: { groupsPerActor: 4 } },
  ]) {
    const query = parseQuery(json);
    const rows = rowsOf({ DE: 800, FR: 900 }, query.bounds.grid === undefined ? undefined : 3);
    const release = await runRelease(planRelease(query, approximate('1', '1e-6')), rows, fresh(), paid);
    expect(finishRelease(release.plan, release.noised)).toEqual({ columns: release.columns, faults: [] });
  }
});

describe('noise that cannot be drawn', () => {
  const wide = {
    sum: 'amount',
    bounds: { groupsPerActor: 1, rowsPerGroup: 1_000_000, value: ['0', '1000000000'], step: '1' },
  };
  const rows = { actor: Uint32Array.of(0), actors: 1, keys: [], value: Float64Array.of(1) };

  test.each([
    ['Laplace', wide, pure('0.5')],
    ['Gaussian', wide, { kind: 'zcdp', rho: parseRational('1e-9') } as const],
    ['a tiny epsilon', { count: 'events', bounds: one }, pure('1e-300')],
  ])('%s: refused before anything is paid', async (_, json, cost) => {
    const query = parseQuery(json);
    expect(() => planRelease(query, cost)).toThrow(NightjarError);
    let debits = 0;
    const run = runRelease(
      { query, cost },
      { ...rows, value: 'sum' in json ? rows.value : undefined },
      fresh(),
      async () => {
        debits++;
      },
    );
    await expect(run).rejects.toMatchObject({ code: 'usage' });
    expect(debits).toBe(0);
  });
});
