import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topRows } from '../../core/feedback/top-rows.ts';

test('the highest values, equal ones by row', () => {
  expect([...topRows(Float64Array.of(1, 5, 3, 5, 3, 0), 3)]).toEqual([1, 3, 2]);
  expect([...topRows(Float64Array.of(1, 2), 5)]).toEqual([1, 0]);
  expect([...topRows(new Float64Array(0), 5)]).toEqual([]);
});

test('they are the first of the sorted rows', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 60 }), fc.nat(70), (values, count) => {
      const rows = [...values.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
      expect([...topRows(Float64Array.from(values), count)]).toEqual(rows.slice(0, count));
    }),
  );
});
