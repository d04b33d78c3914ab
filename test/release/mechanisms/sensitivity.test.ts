import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { rational, toNumber } from '../../../core/math/rational.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { boundContributions } from '../../../core/release/bounding/index.ts';
import { mechanismFor } from '../../../core/release/mechanisms/index.ts';
import { parseQuery } from '../../../core/release/index.ts';
import { seededSecureRandom } from '../support/seeded-secure-random.ts';
import { ACTORS, arbitraryRows, GROUPS, rowsOf, steadySource, type Row } from '../bounding/data.ts';

const by = [{ column: 'country', keys: ['a', 'b', 'c', 'd'] }];
const loss = { kind: 'pure', epsilon: rational(1) } as const;
const contribution = fc.record({
  groupsPerActor: fc.integer({ min: 1, max: 6 }),
  rowsPerGroup: fc.integer({ min: 1, max: 4 }),
});
const value = fc.constantFrom([0, 10], [-3, 10], [-10, -3], [5, 6]);

type Given = {
  readonly bounds: { readonly groupsPerActor: number; readonly rowsPerGroup: number };
  readonly value: readonly number[];
};
const QUERIES: Readonly<Record<string, (given: Given) => unknown>> = {
  events: ({ bounds }) => ({ count: 'events', by, bounds }),
  actors: ({ bounds }) => ({ count: 'actors', by, bounds: { groupsPerActor: bounds.groupsPerActor } }),
  sum: ({ bounds, value: range }) => ({ sum: 'amount', by, bounds: { ...bounds, value: range, step: 0.5 } }),
  mean: ({ bounds, value: range }) => ({ mean: 'amount', by, bounds: { ...bounds, value: range, step: 0.5 } }),
  variance: ({ bounds, value: range }) => ({ variance: 'amount', by, bounds: { ...bounds, value: range, step: 0.5 } }),
};

/**
 * The noise does not depend on the data, so that two runs over equal bits differ by what the actor changed: the whole path of
 * bounding, rounding, clamping and aggregation is under test, and the claim is the one that noise and cost are made from.
 */
describe.each(Object.entries(QUERIES))('%s: one actor less moves no statistic by more than is claimed', (_, make) => {
  test('for every log, every bound and every actor', () => {
    let largest = 0;
    fc.assert(
      fc.property(arbitraryRows, contribution, value, fc.nat(1000), (rows, bounds, range, seed) => {
        const query = parseQuery(make({ bounds, value: range }));
        const task = { query, groups: GROUPS, loss };
        const mechanism = mechanismFor(query.measure.kind, 'known');
        const noisedOf = (of: readonly Row[]): readonly Float64Array[] => {
          const bounded = boundContributions(rowsOf(of), query.bounds, steadySource(seed));
          return mechanism.run(task, bounded, createNoiseSource(seededSecureRandom(seed))).noised;
        };
        const whole = noisedOf(rows);
        const { statistics } = mechanism.plan(task);
        expect(statistics).toHaveLength(whole.length);
        for (let gone = 0; gone < ACTORS; gone++) {
          const without = noisedOf(rows.filter(([actor]) => actor !== gone));
          statistics.forEach(({ reach }, j) => {
            const moved = Array.from(whole[j] ?? [], (x, g) => Math.abs(x - (without[j]?.[g] ?? Number.NaN)));
            const most = toNumber(reach.sensitivity);
            expect(moved.filter((each) => each > 0).length).toBeLessThanOrEqual(reach.coordinates);
            expect(Math.max(...moved)).toBeLessThanOrEqual(most);
            largest = Math.max(largest, Math.max(...moved) / most);
          });
        }
      }),
      { numRuns: 150 },
    );
    expect(largest).toBe(1); // the claim is reached: it is not merely large
  });
});

/** The bound is enforced on what is aggregated; a value rewritten afterwards would break it. */
test('the test above sees a bound that a rewritten column outlived', () => {
  const query = parseQuery({
    sum: 'amount',
    by,
    bounds: { groupsPerActor: 1, rowsPerGroup: 1, value: [0, 2], step: 1 },
  });
  const rows: readonly Row[] = [[0, 1, 2]];
  const bounded = boundContributions(rowsOf(rows), query.bounds, steadySource(1));
  const rewritten = { ...bounded, cells: bounded.cells?.map((cells) => cells * 100) };
  const task = { query, groups: GROUPS, loss };
  const { plan, run } = mechanismFor('sum', 'known');
  const sumOf = (of: typeof bounded): number =>
    run(task, of, createNoiseSource(seededSecureRandom(5))).noised[0]?.[1] ?? Number.NaN;
  const none = boundContributions(rowsOf([]), query.bounds, steadySource(1));
  const claimed = toNumber(plan(task).statistics[0]?.reach.sensitivity ?? rational(0));
  expect(Math.abs(sumOf(bounded) - sumOf(none))).toBe(claimed);
  expect(Math.abs(sumOf(rewritten) - sumOf(none))).toBeGreaterThan(claimed);
});

test('how much is drawn does not depend on the data', () => {
  const query = parseQuery({
    mean: 'amount',
    by,
    bounds: { groupsPerActor: 1, rowsPerGroup: 9, value: [0, 9], step: 1 },
  });
  const drawsOf = (rows: readonly Row[]): readonly number[] => {
    const inner = createNoiseSource(seededSecureRandom(3));
    const asked: number[] = [];
    const source = {
      ...inner,
      kind: 'noise' as const,
      below: (n: number) => (asked.push(n), inner.below(n)),
      belowBig: (n: bigint) => inner.belowBig(n),
      close: () => inner.close(),
    };
    const bounded = boundContributions(rowsOf(rows), query.bounds, steadySource(0));
    mechanismFor('mean', 'known').run({ query, groups: GROUPS, loss }, bounded, source);
    return asked;
  };
  const empty = drawsOf([]);
  expect(empty.length).toBeGreaterThan(GROUPS);
  expect(
    drawsOf([
      [0, 0, 9],
      [0, 0, 3],
      [1, 3, 2],
    ]),
  ).toEqual(empty);
});
