import { expect, test } from 'vitest';

import { codeGroups } from '../../../core/release/bounding/index.ts';
import type { Dimension, KeyColumn } from '../../../core/release/schema.ts';

const texts = (...values: (string | null)[]): KeyColumn => {
  const levels = [...new Set(values.flatMap((value) => value ?? []))].sort();
  return { codes: Int32Array.from(values, (value) => (value === null ? -1 : levels.indexOf(value))), levels };
};
const named = (by: readonly Dimension[], keys: readonly KeyColumn[], rows: number): (string | null)[] => {
  const coded = codeGroups(by, keys, rows);
  return Array.from(coded.group, (group) =>
    group < 0
      ? null
      : coded
          .keysOf(group)
          .map((place, d) => coded.labels[d]?.[place])
          .join(' '),
  );
};

const COUNTRY: Dimension = { kind: 'keys', column: 'country', keys: ['FR', 'DE', 'XX'] };
const ACTION: Dimension = { kind: 'unknown', column: 'action' };
const DAY_US = 86_400e6;
const DAYS: Dimension = { kind: 'time', column: 'ts', every: 'day', fromUs: DAY_US, toUs: 3 * DAY_US };
const BINS: Dimension = { kind: 'bins', column: 'amount', edges: [-1, 0, 2.5] };

test('declared keys: all of them are groups, other values none', () => {
  const column = texts('DE', 'FR', 'IT', null, 'DE');
  expect(named([COUNTRY], [column], 5)).toEqual(['DE', 'FR', null, null, 'DE']);
  expect(codeGroups([COUNTRY], [column], 5).groups).toBe(3);
});

test('bins and times are half open', () => {
  const amounts = Float64Array.of(-1, -0.001, 0, 2.4, 2.5, Number.NaN, -2);
  expect(named([BINS], [amounts], 7)).toEqual(['[-1, 0)', '[-1, 0)', '[0, 2.5)', '[0, 2.5)', null, null, null]);
  const times = Float64Array.of(DAY_US - 1, DAY_US, 2 * DAY_US - 1, 2 * DAY_US, 3 * DAY_US, Number.NaN);
  const [first, second] = ['1970-01-02T00:00:00Z', '1970-01-03T00:00:00Z'];
  expect(named([DAYS], [times], 6)).toEqual([null, first, first, second, null, null]);
});

test('several dimensions', () => {
  const by = [COUNTRY, BINS];
  const keys = [texts('DE', 'XX', 'DE', 'ES'), Float64Array.of(0, -1, 9, 0)];
  expect(named(by, keys, 4)).toEqual(['DE [0, 2.5)', 'XX [-1, 0)', null, null]);
  expect(codeGroups(by, keys, 4).groups).toBe(6);
  const mixed = [ACTION, COUNTRY, BINS];
  const columns = [texts('pay', 'pay', null, 'pay'), texts('DE', 'DE', 'DE', 'FR'), Float64Array.of(0, 1, 0, 0)];
  expect(named(mixed, columns, 4)).toEqual(['pay DE [0, 2.5)', 'pay DE [0, 2.5)', null, 'pay FR [0, 2.5)']);
  expect(codeGroups(mixed, columns, 4).groups).toBe(2);
  expect(codeGroups([], [], 3)).toMatchObject({ groups: 1, group: Int32Array.of(0, 0, 0) });
});

test('looks up whichever list is shorter, with the same result', () => {
  const many = Array.from({ length: 50 }, (_, i) => `k${i}`);
  const few = ['k7', 'other', 'k3'];
  const dimension = (keys: readonly string[]): Dimension => ({ kind: 'keys', column: 'c', keys });
  expect(named([dimension(many)], [texts(...few)], 3)).toEqual(['k7', null, 'k3']);
  expect(named([dimension(few)], [texts(...many)], 50).filter((name) => name !== null)).toEqual(['k3', 'k7']);
});

test('refuses columns that do not fit', () => {
  expect(() => codeGroups([COUNTRY], [], 1)).toThrow('columns of the query');
  expect(() => codeGroups([COUNTRY], [Float64Array.of(1)], 1)).toThrow('columns of the query');
  expect(() => codeGroups([BINS], [texts('a')], 1)).toThrow('columns of the query');
  expect(() => codeGroups([ACTION], [{ codes: Int32Array.of(1), levels: ['a'] }], 1)).toThrow('columns of the query');
});
