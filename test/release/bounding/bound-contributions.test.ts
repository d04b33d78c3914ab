import fc from 'fast-check';
import { expect, test } from 'vitest';

import { rational } from '../../../core/math/rational.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { systemRandom } from '../../../core/random/index.ts';
import { boundContributions, keepGroups } from '../../../core/release/bounding/index.ts';
import { arbitraryRows, rowsOf, steadySource, type Row } from './data.ts';

const grid = { step: rational(1, 2), lowCells: -4, highCells: 6 };

test('keeps what fits, in order of actor and group, and puts values on the grid', () => {
  const rows: readonly Row[] = [
    [2, 1, 0.6],
    [0, 3, -9],
    [0, -1, 1],
    [0, 0, 0.24],
    [2, 1, Infinity],
    [0, 3, 0.25],
    [1, 2, Number.NaN],
    [2, 0, -0.2],
  ];
  const kept = boundContributions(rowsOf(rows), { groupsPerActor: 2, rowsPerGroup: 2, grid }, steadySource(0));
  expect(Array.from(kept.actor)).toEqual([0, 0, 0, 2, 2, 2]);
  expect(Array.from(kept.group)).toEqual([0, 3, 3, 0, 1, 1]);
  // −9 → low bound −2; 0.25 → a tie, up; ∞ → high bound 3
  expect(Array.from(kept.cells ?? [])).toEqual([0, -4, 1, 0, 1, 6]);
});

test('no actor keeps more than the bounds allow, and none loses what they allow', () => {
  fc.assert(
    fc.property(arbitraryRows, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), (rows, groups, each) => {
      const source = createNoiseSource(systemRandom);
      const kept = boundContributions(rowsOf(rows), { groupsPerActor: groups, rowsPerGroup: each, grid }, source);
      const perActor = new Map<number, Map<number, number>>();
      for (const [actor, group, value] of rows) {
        if (group < 0 || Number.isNaN(value)) continue;
        const own = perActor.get(actor) ?? new Map<number, number>();
        perActor.set(actor, own.set(group, (own.get(group) ?? 0) + 1));
      }
      const keptOf = new Map<number, Map<number, number>>();
      kept.actor.forEach((actor, i) => {
        const own = keptOf.get(actor) ?? new Map<number, number>();
        const group = kept.group[i] ?? -1;
        keptOf.set(actor, own.set(group, (own.get(group) ?? 0) + 1));
      });
      for (const [actor, had] of perActor) {
        const has = keptOf.get(actor) ?? new Map<number, number>();
        expect(has.size).toBe(Math.min(groups, had.size));
        for (const [group, count] of has) expect(count).toBe(Math.min(each, had.get(group) ?? 0));
      }
      for (const cells of kept.cells ?? []) {
        expect(Number.isInteger(cells) && cells >= grid.lowCells && cells <= grid.highCells).toBe(true);
      }
    }),
  );
});

test('what is kept of an actor does not depend on others', () => {
  fc.assert(
    fc.property(arbitraryRows, fc.nat(1000), fc.nat(4), (rows, seed, gone) => {
      const bounds = { groupsPerActor: 2, rowsPerGroup: 2, grid };
      const pairs = (of: readonly Row[]): string[] => {
        const kept = boundContributions(rowsOf(of), bounds, steadySource(seed));
        return Array.from(kept.actor, (actor, i) => `${actor} ${kept.group[i]} ${kept.cells?.[i]}`);
      };
      const without = pairs(rows.filter(([actor]) => actor !== gone));
      expect(without).toEqual(pairs(rows).filter((pair) => !pair.startsWith(`${gone} `)));
    }),
  );
});

/** False alarms: each of 10 counts is beyond 6 standard deviations with probability 2e-9. */
test('every group and every row is as likely to be kept', () => {
  const runs = 4000;
  const rows: Row[] = [0, 1, 2, 3].flatMap((group) => [0, 1, 2].map((value): Row => [0, group, value]));
  const groups = new Float64Array(4);
  const values = new Float64Array(3);
  const source = createNoiseSource(systemRandom);
  const wide = { step: rational(1), lowCells: 0, highCells: 2 };
  for (let run = 0; run < runs; run++) {
    const kept = boundContributions(rowsOf(rows), { groupsPerActor: 1, rowsPerGroup: 1, grid: wide }, source);
    const [group = 0, value = 0] = [kept.group[0], kept.cells?.[0]];
    groups[group] = (groups[group] ?? 0) + 1;
    values[value] = (values[value] ?? 0) + 1;
  }
  for (const count of groups) expect(Math.abs(count - runs / 4)).toBeLessThan(6 * Math.sqrt((runs * 3) / 16));
  for (const count of values) expect(Math.abs(count - runs / 3)).toBeLessThan(6 * Math.sqrt((runs * 2) / 9));
});

test('leaving groups out keeps the rest as it was', () => {
  const rows: readonly Row[] = [
    [0, 0, 1],
    [0, 2, 2],
    [1, 2, 3],
    [1, 3, 1],
  ];
  const kept = boundContributions(rowsOf(rows), { groupsPerActor: 4, rowsPerGroup: 1, grid }, steadySource(0));
  const some = keepGroups(kept, Uint32Array.of(2, 3));
  expect([Array.from(some.actor), Array.from(some.group), Array.from(some.cells ?? [])]).toEqual([
    [0, 1, 1],
    [0, 0, 1],
    [4, 6, 2],
  ]);
  expect(some.groups).toBe(2);
});

test('refuses rows that do not fit together', () => {
  const bounds = { groupsPerActor: 1, rowsPerGroup: 1, grid: undefined };
  const rows = rowsOf([[0, 1, 5]]);
  expect(() => boundContributions({ ...rows, groups: 1 }, bounds, steadySource(0))).toThrow('fit together');
  expect(() => boundContributions({ ...rows, actors: 0 }, bounds, steadySource(0))).toThrow('fit together');
  expect(() => boundContributions({ ...rows, group: new Int32Array(2) }, bounds, steadySource(0))).toThrow('fit');
});
