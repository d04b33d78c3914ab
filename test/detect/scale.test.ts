import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyScaler, fitScaler } from '../../core/detect/index.ts';
import { makeRowScaler } from '../../core/detect/scale.ts';
import { loadScaler, saveScaler } from '../../core/detect/scale-file.ts';
import { readModel } from '../../core/detect/model-file.ts';
import { seededRandom } from '../../core/random/index.ts';
import { tableOf } from './tables.ts';

const nan = Number.NaN;
const infinity = Number.POSITIVE_INFINITY;

describe('fitScaler, linear', () => {
  it('centres at the median and scales by the interquartile range over 1.349', () => {
    const [column] = fitScaler(tableOf({ x: [1, 2, 3, 4, 100] }), 'linear').columns;
    // quartiles 2 and 4
    expect(column).toMatchObject({ shape: 'linear', center: 3, scale: 2 / 1.349 });
  });

  it('takes the standard deviation where the quartiles coincide', () => {
    const [column] = fitScaler(tableOf({ x: [0, 0, 0, 0, 5] }), 'linear').columns;
    expect(column).toMatchObject({ center: 0, scale: 2 });
  });

  it('drops columns with fewer than two different finite values', () => {
    const table = tableOf({
      constant: [3, 3, 3],
      missing: [nan, nan, nan],
      single: [nan, 1, nan],
      endless: [infinity, 7, 7],
      kept: [1, 2, nan],
    });
    const scaler = fitScaler(table, 'linear');
    expect(scaler.dropped).toEqual(['constant', 'missing', 'single', 'endless']);
    expect(scaler.columns.map((column) => column.name)).toEqual(['kept']);
  });

  it('learns from the rows it is given only', () => {
    const [column] = fitScaler(tableOf({ x: [1, 2, 3, 1e9] }), 'linear', [0, 1, 2]).columns;
    expect(column?.center).toBe(2);
  });
});

describe('fitScaler, shaped', () => {
  const random = seededRandom(1);
  const draw = (f: () => number): number[] => Array.from({ length: 5000 }, f);
  const laplace = (): number => Math.log(random.float() + 1e-12) * (random.int(2) * 2 - 1);

  // The rule is a ratio of quantiles: 6, above the 5.6 of a Laplace distribution.
  it.each([
    ['normal', draw(() => random.normal()), 'linear'],
    ['uniform', draw(() => random.float()), 'linear'],
    ['exponential', draw(() => -Math.log(1 - random.float())), 'linear'],
    ['normal far from zero', draw(() => 1e9 + random.normal()), 'linear'],
    ['lognormal', draw(() => Math.exp(2 * random.normal())), 'log'],
    ['counts with a heavy tail', draw(() => Math.floor(random.float() ** -1.5)), 'log'],
    ['mostly zero', draw(() => (random.int(10) === 0 ? random.int(50) : 0)), 'log'],
    ['cubed Laplace, both signs', draw(() => laplace() ** 3), 'log'],
  ])('%s is %s', (_, values, shape) => {
    expect(fitScaler(tableOf({ x: values }), 'shaped').columns[0]?.shape).toBe(shape);
  });

  it('uses ln(1 + x) for counts whose lower quartile is 1', () => {
    const table = tableOf({ x: [0, 1, 1, 1, 1, 2, 2, 3, 5, 4000] });
    const scaler = fitScaler(table, 'shaped');
    const [column] = scaler.columns;
    expect(column).toMatchObject({ shape: 'log', unit: 1 });
    const { matrix } = applyScaler(scaler, table);
    const z = (Math.log(4001) - (column?.center ?? 0)) / (column?.scale ?? 1);
    expect(matrix.values[9]).toBeCloseTo(z, 4);
  });

  it('keeps the order of values', () => {
    const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 2 });
    fc.assert(
      fc.property(values, fc.constantFrom('linear' as const, 'shaped' as const), (xs, mode) => {
        const table = tableOf({ x: xs });
        const scaler = fitScaler(table, mode);
        if (scaler.columns.length === 0) return;
        const z = applyScaler(scaler, table).matrix.values;
        xs.forEach((x, i) =>
          xs.forEach((y, j) => {
            if (x < y) expect(z[i]).toBeLessThanOrEqual(z[j] ?? 0);
          }),
        );
        expect(z.every((value) => Number.isFinite(value))).toBe(true);
      }),
    );
  });
});

describe('applyScaler', () => {
  it('puts infinities beyond the finite extremes and counts them; missing stays NaN', () => {
    const table = tableOf({ x: [1, 2, 3, infinity, -infinity, nan] });
    const { matrix, clamped } = applyScaler(fitScaler(table, 'linear'), table);
    expect(clamped).toBe(2);
    const [one = 0, , three = 0, high = 0, low = 0, missing] = matrix.values;
    expect(high).toBeCloseTo(three + 1, 5);
    expect(low).toBeCloseTo(one - 1, 5);
    expect(missing).toBeNaN();
  });

  it('finds columns by name and refuses a table that lacks one', () => {
    const scaler = fitScaler(tableOf({ a: [1, 2], b: [3, 5] }), 'linear');
    const { matrix } = applyScaler(scaler, tableOf({ b: [3], a: [1.5] }));
    expect(matrix.names).toEqual(['a', 'b']);
    expect(matrix.values[0]).toBe(0);
    expect(() => applyScaler(scaler, tableOf({ a: [1] }))).toThrow(
      expect.objectContaining({ code: 'input', where: 'b' }),
    );
  });

  it('lies on shared memory, and a saved scaler does the same', () => {
    const table = tableOf({ a: [1, 2, 90], b: [3, 5, nan] });
    const scaler = fitScaler(table, 'shaped');
    const { matrix } = applyScaler(scaler, table);
    expect(matrix.values.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(loadScaler(saveScaler(scaler))).toEqual(scaler);
  });
});

describe('categories', () => {
  // Level 0 four times, 1 twice, 2 once, 3 never; one row missing.
  const table = { ...tableOf({ kind: [0, 0, 1, 0, 2, 1, 0, nan] }), levels: [4] };
  const rarity = [4.5, 2.5, 1.5, 0.5, 0.5].map((count) => -Math.log(count / 9.5));

  it('become how rare their level is, scaled like a number', () => {
    const scaler = fitScaler(table, 'linear');
    scaler.columns[0]?.rarity?.forEach((value, level) => expect(value).toBeCloseTo(rarity[level] ?? nan, 12));
    const { matrix } = applyScaler(scaler, table);
    expect(matrix.levels).toBeUndefined();
    const [common = nan, , rare = nan] = rarity;
    const { center = nan, scale = nan } = scaler.columns[0] ?? {};
    expect(center).toBeCloseTo(common, 12);
    expect(matrix.values[4]).toBeCloseTo((rare - center) / scale, 5);
    expect(matrix.values[7]).toBeNaN();
  });

  it('stay level numbers for a detector that knows them', () => {
    const { matrix } = applyScaler(fitScaler(table, 'shaped'), table, [4, 7, 0], true);
    expect(matrix.levels).toEqual([4]);
    expect([...matrix.values]).toEqual([2, nan, 0]);
  });

  it('have a finite rarity for a level never met', () => {
    const scaler = fitScaler(table, 'linear');
    const { matrix } = applyScaler(scaler, { ...tableOf({ kind: [3, 17] }), levels: [18] });
    const { center = nan, scale = nan } = scaler.columns[0] ?? {};
    for (const value of matrix.values) expect(value).toBeCloseTo(((rarity[3] ?? nan) - center) / scale, 5);
  });

  it('are kept with equal levels, which are no rarer than each other, and dropped with one', () => {
    const even = { ...tableOf({ a: [0, 1, 0, 1], b: [0, 0, nan, 0] }), levels: [2, 2] };
    const scaler = fitScaler(even, 'linear');
    expect(scaler.dropped).toEqual(['b']);
    expect([...applyScaler(scaler, even).matrix.values]).toEqual([0, 0, 0, 0]);
    expect([...applyScaler(scaler, even, [0, 1], true).matrix.values]).toEqual([0, 1]);
  });

  it('come back from a file, which an older reader refuses', () => {
    const scaler = fitScaler(table, 'linear');
    const bytes = saveScaler(scaler);
    expect(loadScaler(bytes)).toEqual(scaler);
    expect(() => readModel(bytes, 'scaler', 1)).toThrow(expect.objectContaining({ code: 'case-newer' }));
    expect(readModel(saveScaler(fitScaler(tableOf({ x: [1, 2, 4] }), 'linear')), 'scaler', 1).version).toBe(1);
  });
});

describe('makeRowScaler', () => {
  const table = {
    ...tableOf({
      constant: [3, 3, 3, 3, 3, 3],
      x: [1, 2, 3, 4, 100, nan],
      heavy: [1, 2, 4, 8, 1e6, infinity],
      kind: [0, 1, 1, 1, 2, nan],
    }),
    levels: [0, 0, 0, 3],
  };
  const rows = table.actors.map((_, i) => Float64Array.from(table.columns, (column) => column[i] ?? nan));

  it.each([
    ['linear', false],
    ['shaped', false],
    ['linear', true],
  ] as const)('is applyScaler without a table (%s, categories %s)', (mode, categories) => {
    const scaler = fitScaler(table, mode);
    const { matrix } = applyScaler(scaler, table, undefined, categories);
    const scaled = makeRowScaler(scaler, table.names, categories)(rows);
    expect({ ...scaled, values: [...scaled.values] }).toEqual({ ...matrix, values: [...matrix.values] });
    const turned = makeRowScaler(scaler, table.names.toReversed(), categories)(rows.map((row) => row.toReversed()));
    expect([...turned.values]).toEqual([...matrix.values]);
  });

  it('refuses rows without a feature of the scaler', () => {
    expect(() => makeRowScaler(fitScaler(table, 'linear'), ['x'])).toThrow(/lacks a feature/u);
  });
});
