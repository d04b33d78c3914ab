import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedRows, unscaled } from '../../core/detect/expected-rows.ts';
import { applyScaler, fitScaler } from '../../core/detect/index.ts';
import { seededRandom } from '../../core/random/index.ts';
import { tableOf } from './tables.ts';

const random = seededRandom(8);
const plain = Array.from({ length: 300 }, () => random.normal());
const table = tableOf({ plain, same: plain.map(() => 4), heavy: plain.map((x) => Math.round(Math.exp(3 * x))) });

describe('unscaled', () => {
  it('takes every value back to its own unit, whatever the shape', () => {
    const scaler = fitScaler(table, 'shaped');
    expect(scaler.columns.map(({ shape }) => shape)).toEqual(['linear', 'log']);
    fc.assert(
      fc.property(fc.nat(1), fc.double({ min: -1e4, max: 1e4, noNaN: true }), (j, value) => {
        const column = scaler.columns[j];
        if (column === undefined) throw new Error('no such column');
        const one = tableOf({ plain: [value], heavy: [value] });
        const z = applyScaler(scaler, one).matrix.values[j] ?? Number.NaN;
        expect(Math.abs(unscaled(column, z) - value)).toBeLessThan(1e-4 * Math.max(1, Math.abs(value)));
      }),
    );
  });
});

describe('expectedRows', () => {
  it('answers in the order of the features, in their units, NaN for one that was left out', async () => {
    const scaler = fitScaler(table, 'shaped');
    const itself = { expected: async ({ values }: { values: Float32Array }) => Float64Array.from(values) };
    const expected = await expectedRows(itself, scaler, table, [5, 2], ['heavy', 'same', 'plain']);
    const own = (row: number): number[] => [table.columns[2]?.[row] ?? 0, Number.NaN, table.columns[0]?.[row] ?? 0];
    [...own(5), ...own(2)].forEach((value, at) => {
      if (Number.isNaN(value)) expect(expected[at]).toBe(Number.NaN);
      else expect(expected[at]).toBeCloseTo(value, 3);
    });
  });
});
