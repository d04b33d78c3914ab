import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contributions, rankSubsets } from '../../../core/anonymize/risk/index.ts';
import { anyTable, classesByText, words } from './tables.ts';

test('separation and distinct ratio of a literal table', async () => {
  // Ten actors; a splits them 4 + 6, b 1 + 2 + 3 + 4; 45 pairs.
  const a = words('a', ['x', 'x', 'x', 'x', 'y', 'y', 'y', 'y', 'y', 'y']);
  const b = words('b', ['p', 'q', 'q', 'r', 'r', 'r', 's', 's', 's', 's']);
  const [both, second, first] = await rankSubsets(10, [a, b], 3);
  // Together: p | q q | r | r r | s s s s.
  expect(both).toEqual({ columns: [0, 1], distinctRatio: 0.5, separationRatio: 1 - 8 / 45, unique: 0.2, belowK: 0.6 });
  expect(second).toEqual({ columns: [1], distinctRatio: 0.4, separationRatio: 1 - 10 / 45, unique: 0.1, belowK: 0.3 });
  expect(first).toEqual({ columns: [0], distinctRatio: 0.2, separationRatio: 1 - 21 / 45, unique: 0, belowK: 0 });
  const found = contributions(
    [both, second, first].filter((each) => each !== undefined),
    2,
  );
  // Shapley by hand: a adds .6 − .3 second and 0 first; b adds .6 second and .3 first.
  expect(found.columns.map(({ shapley }) => Number(shapley?.toFixed(12)))).toEqual([0.15, 0.45]);
  expect(found.columns.map(({ leftOut }) => Number(leftOut?.toFixed(12)))).toEqual([0.3, 0.6]);
  expect(found.pairs[0]).toMatchObject({ columns: [0, 1], together: 0.6 });
  expect(found.pairs[0]?.beyondSingles).toBeCloseTo(0.3, 12);
});

test('every subset is what comparing rows gives', async () => {
  await fc.assert(
    fc.asyncProperty(anyTable(), fc.integer({ min: 2, max: 6 }), async (columns, k) => {
      const rows = columns[0]?.codes.length ?? 0;
      const subsets = await rankSubsets(rows, columns, k);
      expect(subsets).toHaveLength(2 ** columns.length - 1);
      for (const subset of subsets) {
        const chosen = subset.columns.flatMap((c) => columns[c] ?? []);
        const sizes = classesByText(chosen, []).map(({ length }) => length);
        const same = sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
        expect(subset.distinctRatio).toBeCloseTo(sizes.length / rows, 12);
        expect(subset.separationRatio).toBeCloseTo(rows < 2 ? 0 : 1 - same / ((rows * (rows - 1)) / 2), 12);
        expect(subset.unique).toBeCloseTo(sizes.filter((size) => size === 1).length / rows, 12);
        const below = sizes.reduce((sum, size) => sum + (size < k ? size : 0), 0);
        expect(subset.belowK).toBeCloseTo(below / rows, 12);
      }
    }),
    { numRuns: 200 },
  );
});

test('the parts of the columns add up to the whole', async () => {
  await fc.assert(
    fc.asyncProperty(anyTable(), async (columns) => {
      const rows = columns[0]?.codes.length ?? 0;
      const subsets = await rankSubsets(rows, columns, 3);
      const whole = subsets.find((subset) => subset.columns.length === columns.length)?.belowK ?? 0;
      const parts = contributions(subsets, columns.length).columns;
      expect(parts.reduce((sum, { shapley }) => sum + (shapley ?? Number.NaN), 0)).toBeCloseTo(whole, 10);
    }),
  );
});
