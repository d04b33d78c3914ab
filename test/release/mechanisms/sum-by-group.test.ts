import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { BoundedRows } from '../../../core/release/bounding/index.ts';
import { actorsByGroup, sumByGroup } from '../../../core/release/mechanisms/sum-by-group.ts';

const rowsOf = (actor: readonly number[], group: readonly number[], groups: number): BoundedRows => ({
  actor: Uint32Array.from(actor),
  group: Uint32Array.from(group),
  groups,
  cells: undefined,
  groupsPerActor: 9,
  rowsPerGroup: 9,
});

test('sums of large terms are exact, in any order', () => {
  const most = 2 ** 42;
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: -most, max: most }), fc.constantFrom(most, -most, 1, -1)), {
        maxLength: 300,
      }),
      (terms) => {
        const rows = rowsOf(
          terms.map(() => 0),
          terms.map(() => 0),
          1,
        );
        const exact = terms.reduce((sum, term) => sum + BigInt(term), 0n);
        expect(sumByGroup(rows, (i) => terms[i] ?? 0, most)[0]).toBe(Number(exact));
      },
    ),
  );
});

test('a sum that passes 2^53 on its way loses nothing', () => {
  const large = Array.from({ length: 5000 }, () => 2 ** 42);
  const terms = [...large, 1, ...large.map((term) => -term)];
  const zeros = terms.map(() => 0);
  expect(sumByGroup(rowsOf(zeros, zeros, 1), (i) => terms[i] ?? 0, 2 ** 42)[0]).toBe(1);
});

test('sums saturate at ±2^51 instead of being rounded', () => {
  const terms = [...Array.from({ length: 600 }, () => 2 ** 42), 1];
  const rows = rowsOf(
    terms.map(() => 0),
    terms.map(() => 0),
    2,
  );
  expect(Array.from(sumByGroup(rows, (i) => terms[i] ?? 0, 2 ** 42))).toEqual([2 ** 51, 0]);
  expect(sumByGroup(rows, (i) => -(terms[i] ?? 0), 2 ** 42)[0]).toBe(-(2 ** 51));
});

test('an actor counts once in a group', () => {
  const rows = rowsOf([0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 2, 2], 4);
  expect(Array.from(actorsByGroup(rows))).toEqual([1, 2, 2, 0]);
});
