import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quasiColumn, type Hierarchy, type NumberUnit } from '../../../core/anonymize/risk/index.ts';
import { words } from './tables.ts';

const isCoarser = ({ maps }: Hierarchy, level: number): boolean => {
  const to = new Map<number, number>();
  return Array.from(maps[level] ?? []).every((fine, code) => {
    const coarse = maps[level + 1]?.[code] ?? -1;
    const known = to.get(fine);
    to.set(fine, coarse);
    return known === undefined || known === coarse;
  });
};

const numbers = fc.array(fc.oneof(fc.integer({ min: 0, max: 30_000 }), fc.constant(Number.NaN)), {
  minLength: 1,
  maxLength: 200,
});
const units = fc.constantFrom<NumberUnit>('hour', 'day', 'count', 'number');

test('each level merges codes of the one before, up to a single one', () => {
  fc.assert(
    fc.property(numbers, units, (values, unit) => {
      const { hierarchy } = quasiColumn('x', { kind: 'number', unit, values: Float64Array.from(values) });
      expect(hierarchy.widths.at(-1)).toBe(1);
      for (let level = 0; level + 1 < hierarchy.maps.length; level++) {
        expect(hierarchy.widths[level + 1]).toBeLessThan(hierarchy.widths[level] ?? 0);
        expect(isCoarser(hierarchy, level)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('addresses lose a byte at a time', () => {
  const { hierarchy } = words('ip', ['192.0.2.1', '192.0.2.9', '192.0.77.1', '192.9.0.1', '10.0.0.1', '2001:db8::1']);
  expect(hierarchy.names).toEqual(['as it is', '/24 (IPv6: /48)', '/16 (IPv6: /32)', '/8 (IPv6: /16)', 'left out']);
  expect(hierarchy.widths).toEqual([6, 5, 4, 3, 1]);
});

test('hours become bands of 3, 6 and 12, days weeks from Monday', () => {
  const hours = Float64Array.from({ length: 24 }, (_, hour) => hour);
  const { hierarchy } = quasiColumn('hour', { kind: 'number', unit: 'hour', values: hours });
  expect(hierarchy.widths).toEqual([24, 8, 4, 2, 1]);
  // 1970-01-04 was a Sunday.
  const days = quasiColumn('day', { kind: 'number', unit: 'day', values: Float64Array.of(3, 4, 10, 11) });
  expect(Array.from(days.hierarchy.maps[1] ?? [])).toEqual([0, 1, 1, 2]);
});

test('rare texts become one; nothing stays apart from something until all are one', () => {
  const values = [
    ...Array.from({ length: 20 }, (_, i) => `v${i % 5}`),
    ...Array.from({ length: 16 }, (_, i) => `w${i}`),
    null,
  ];
  const { hierarchy, codes } = words('country', values);
  expect(hierarchy.names).toEqual([
    'as it is',
    'the 16 commonest, others together',
    'the 4 commonest, others together',
    'left out',
  ]);
  expect(hierarchy.widths).toEqual([22, 18, 6, 1]);
  const of = (level: number, row: number) => hierarchy.maps[level]?.[codes[row] ?? 0];
  expect(of(2, 4)).toBe(of(2, 20));
  expect(of(2, 36)).not.toBe(of(2, 20));
  expect(of(3, 36)).toBe(of(3, 20));
});

test('sets become sets of what their elements become', () => {
  const common = Array.from({ length: 40 }, (_, i) => i % 4);
  const { hierarchy } = quasiColumn('country:set', {
    kind: 'set',
    elements: ['a', 'b', 'c', 'd', 'rare', 'rarer'],
    values: [[0], [1], [2], [3], [0, 4], [0, 5], [0, 4, 5]],
    codes: Float64Array.from([...common, 4, 5, 6]),
  });
  // Once four stay, {a, rare}, {a, rarer} and {a, rare, rarer} are all {a, other}.
  expect(hierarchy.widths).toEqual([7, 5, 1]);
});
