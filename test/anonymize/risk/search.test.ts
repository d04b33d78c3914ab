import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  profilesOf,
  searchGeneralisations,
  suggestPolicies,
  suppressedRows,
  type QuasiColumn,
} from '../../../core/anonymize/risk/index.ts';
import { anyTable, classesByText, words } from './tables.ts';

/** Loss and suppression of one generalisation, by comparing rows and counting values. */
const byDefinition = (columns: readonly QuasiColumn[], levels: readonly number[], k: number) => {
  const rows = columns[0]?.codes.length ?? 0;
  const small = classesByText(columns, levels)
    .filter(({ length }) => length < k)
    .flat();
  const lost = Array.from({ length: rows }, (_, row) =>
    small.includes(row)
      ? columns.length
      : columns.reduce((sum, { codes, hierarchy: { maps } }, c) => {
          const map = maps[levels[c] ?? 0] ?? new Uint32Array(0);
          const own = map[codes[row] ?? 0];
          const merged = Array.from(map).filter((code) => code === own).length;
          return sum + (map.length < 2 ? 0 : (merged - 1) / (map.length - 1));
        }, 0),
  );
  const granularity = lost.reduce((sum, each) => sum + each, 0) / rows / columns.length;
  return { granularity, suppressed: small.length };
};

const lattice = (columns: readonly QuasiColumn[]): number[][] =>
  columns.reduce<number[][]>(
    (nodes, { hierarchy }) => nodes.flatMap((node) => hierarchy.maps.map((_, level) => [...node, level])),
    [[]],
  );

test('the exhaustive search finds the least loss of the whole lattice', async () => {
  await fc.assert(
    fc.asyncProperty(anyTable(25), fc.integer({ min: 2, max: 5 }), async (columns, k) => {
      const rows = columns[0]?.codes.length ?? 0;
      const suppression = [0, 0.2];
      const found = await searchGeneralisations(profilesOf(rows, columns), { k, suppression });
      const all = lattice(columns).map((levels) => byDefinition(columns, levels, k));
      expect(found).toMatchObject({ method: 'exhaustive', lattice: all.length });
      suppression.forEach((limit, i) => {
        const allowed = all.filter(({ suppressed }) => suppressed <= limit * rows);
        const least = Math.min(...allowed.map(({ granularity }) => granularity));
        const best = found.best[i];
        if (allowed.length === 0) expect(best).toBeNull();
        else {
          expect(best?.loss.granularity).toBeCloseTo(least, 10);
          expect(byDefinition(columns, best?.levels ?? [], k).suppressed).toBe(best?.suppressed);
        }
      });
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('the greedy search keeps its word, and is never better than the exhaustive', async () => {
  await fc.assert(
    fc.asyncProperty(anyTable(), fc.integer({ min: 2, max: 5 }), async (columns, k) => {
      const rows = columns[0]?.codes.length ?? 0;
      const profiles = profilesOf(rows, columns);
      const options = { k, suppression: [0, 0.1] };
      const greedy = await searchGeneralisations(profiles, { ...options, mostWork: 0 });
      const best = await searchGeneralisations(profiles, options);
      expect(greedy.method).toBe('greedy');
      greedy.best.forEach((found, i) => {
        expect(found === null).toBe(best.best[i] === null);
        if (found === null) return;
        const { granularity, suppressed } = byDefinition(columns, found.levels, k);
        expect(found.suppressed).toBe(suppressed);
        expect(found.loss.granularity).toBeCloseTo(granularity, 10);
        expect(suppressed).toBeLessThanOrEqual((options.suppression[i] ?? 0) * rows);
        expect(granularity).toBeGreaterThanOrEqual((best.best[i]?.loss.granularity ?? 0) - 1e-10);
      });
    }),
    { numRuns: 100 },
  );
});

test('suppressed rows are those of small classes', () => {
  fc.assert(
    fc.property(anyTable(), fc.integer({ min: 2, max: 5 }), (columns, k) => {
      const levels = columns.map(() => 0);
      const small = classesByText(columns, levels)
        .filter(({ length }) => length < k)
        .flat();
      expect(Array.from(suppressedRows(columns, levels, k))).toEqual(small.toSorted((a, b) => a - b));
    }),
  );
});

test('suggestions of a literal table', async () => {
  // Eight actors: everybody shares a with three others; b is a number of their own.
  const a = words('a', ['x', 'x', 'x', 'x', 'y', 'y', 'y', 'y']);
  const b = words('b', ['1', '2', '3', '4', '5', '6', '7', '8']);
  const { asItIs, best, oneStep } = await suggestPolicies(8, [a, b], 4);
  expect(asItIs).toMatchObject({ suppressed: 8, classes: 0, highestRisk: 0, averageRiskOfAll: 1 });
  expect(asItIs.loss).toEqual({ granularity: 1, discernibility: 1 });
  expect(best).toHaveLength(1);
  expect(best[0]).toMatchObject({
    suppressed: 0,
    classes: 2,
    averageRisk: 0.25,
    highestRisk: 0.25,
    changes: [{ column: 'b', to: 'left out' }],
    loss: { granularity: 0.5, discernibility: 0.5 },
  });
  expect(oneStep.map(({ changes }) => changes[0]?.column)).toEqual(['b', 'a']);
});
