import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitClusteredCopula } from '../../../core/detect/lockstep/features/clustered-copula.ts';
import { clustersOf } from '../../../core/detect/lockstep/features/clusters.ts';
import { fitCopula } from '../../../core/detect/lockstep/features/copula.ts';
import { countTwins, excessOf, lowerMedian, misfitOf } from '../../../core/detect/lockstep/features/excess.ts';
import { normalProbability, normalScores } from '../../../core/detect/lockstep/features/normal.ts';
import { rankTable } from '../../../core/detect/lockstep/features/rank-table.ts';
import { fitTail, logChance } from '../../../core/detect/lockstep/features/tail.ts';
import { cellOf, drawViews } from '../../../core/detect/lockstep/features/views.ts';
import { logPoissonTail } from '../../../core/detect/lockstep/poisson.ts';
import { pearson } from '../../../core/math/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import golden from '../../golden/lockstep.json' with { type: 'json' };
import { matrixOf } from '../tables.ts';
import { noPace } from './tables.ts';

describe('rankTable', () => {
  it('counts the smaller values; missing ones are smallest, both zeros are one', async () => {
    const table = await rankTable(matrixOf(1, [3, -2, 0, NaN, -0, Infinity, NaN, -Infinity]), noPace);
    expect([...table.ranks]).toEqual([6, 3, 4, 0, 4, 7, 0, 2]);
    expect([...table.ascending]).toEqual([0, 0, 2, 3, 4, 4, 6, 7]);
  });

  it('ranks as counting does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.float({ noNaN: true }), { minLength: 1, maxLength: 50 }), async (values) => {
        const { ranks } = await rankTable(matrixOf(1, values), noPace);
        values.forEach((value, i) => expect(ranks[i]).toBe(values.filter((other) => other < value).length));
      }),
    );
  });
});

describe('probabilities', () => {
  it('agree with SciPy', () => {
    for (const [count = 0, mean = 0, tail = 0] of golden.poissonLog10Tail) {
      expect(logPoissonTail(count, mean) / tail).toBeCloseTo(1, 7);
    }
    for (const [z = 0, probability = 0] of golden.normalProbability) {
      expect(Math.abs(normalProbability(z) - probability)).toBeLessThan(3e-8);
    }
  });

  it('of a Poisson variable hold at the edges', () => {
    expect(logPoissonTail(0, 3)).toBe(0);
    expect(logPoissonTail(2, 0)).toBe(Number.NEGATIVE_INFINITY);
    expect(logPoissonTail(3, 1e5)).toBe(0);
  });

  it('have normal scores as their inverse', () => {
    const score = normalScores(1000);
    for (const place of [0.5, 100, 500, 975, 999.5]) {
      expect(normalProbability(score(place)) * 1000).toBeCloseTo(place, 6);
    }
  });
});

describe('fitCopula', () => {
  const random = seededRandom(5);
  const rows = 4000;
  const values = Array.from({ length: rows }, () => {
    const z = random.normal();
    return [z, 0.8 * z + 0.6 * random.normal(), Number(z + 0.5 * random.normal() > 1), 7];
  });

  it('makes rows with the columns of the table and its correlations, also of yes or no', async () => {
    const table = await rankTable(matrixOf(4, values.flat()), noPace);
    const copula = await fitCopula(table, seededRandom(1), noPace);
    const drawn = seededRandom(2);
    const made = Array.from({ length: rows }, () => {
      const row = new Uint32Array(4);
      copula.draw(drawn, row);
      return [...row];
    });
    const column = (from: readonly (readonly number[])[], j: number): number[] => from.map((row) => row[j] ?? 0);
    const real = Array.from({ length: rows }, (_, i) => [...table.ranks.subarray(i * 4, i * 4 + 4)]);
    expect(column(made, 3)).toEqual(column(real, 3));
    const positives = (from: typeof real): number => column(from, 2).filter((rank) => rank > 0).length;
    expect(Math.abs(positives(made) - positives(real))).toBeLessThan(4 * Math.sqrt(2 * positives(real)));
    for (const [i, j] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const wanted = pearson(column(real, i), column(real, j));
      expect(Math.abs(pearson(column(made, i), column(made, j)) - wanted)).toBeLessThan(0.05);
    }
  });
});

describe('clusters', () => {
  const random = seededRandom(1);
  const codes = Array.from({ length: 4 }, () => Array.from({ length: 12 }, () => random.int(2)));
  const classes = [500, 300, 150, 50].flatMap((size, c) => Array.from({ length: size }, () => c));
  const values = classes.map((c) => (codes[c] ?? []).map((bit) => Number(random.float() < 0.04) ^ bit));

  it('are those of a table, whatever the seed; one below a tenth of the rows is given up', async () => {
    const table = await rankTable(matrixOf(12, values.flat()), noPace);
    for (const seed of [1, 2, 3]) {
      const clusters = await clustersOf(table, seededRandom(seed), noPace);
      expect(clusters.flatMap((members) => [...members]).toSorted((a, b) => a - b)).toEqual([...values.keys()]);
      for (const members of clusters) {
        const kinds = [...members].map((row) => classes[row] ?? 0);
        expect(members.length).toBeGreaterThanOrEqual(100);
        expect(new Set(kinds.filter((kind) => kind < 3)).size).toBe(1);
      }
    }
  });

  it('are one where all rows are equal, or there is one row', async () => {
    for (const rows of [1, 40]) {
      const table = await rankTable(matrixOf(2, new Float32Array(rows * 2)), noPace);
      expect(await clustersOf(table, seededRandom(1), noPace)).toEqual([
        Uint32Array.from({ length: rows }, (_, i) => i),
      ]);
    }
  });

  it('keep what goes together within each: a copula of the whole table mixes them', async () => {
    const table = await rankTable(matrixOf(12, values.flat()), noPace);
    const mixedBy = async (fit: typeof fitClusteredCopula): Promise<number> => {
      const { draw } = await fit(table, seededRandom(1), noPace);
      const drawn = seededRandom(2);
      const row = new Uint32Array(12);
      let mixed = 0;
      for (let k = 0; k < 2000; k++) {
        draw(drawn, row);
        const flips = codes.map((code) => code.filter((bit, j) => bit !== Math.sign(row[j] ?? 0)).length);
        mixed += Number(Math.min(...flips) > 2);
      }
      return mixed / 2000;
    };
    const real = values.filter((row) => codes.every((code) => code.filter((bit, j) => bit !== row[j]).length > 2));
    expect(await mixedBy(fitCopula)).toBeGreaterThan(0.2);
    expect(Math.abs((await mixedBy(fitClusteredCopula)) - real.length / values.length)).toBeLessThan(0.03);
  });
});

describe('views', () => {
  it('first look at all columns, then at half of them or more', () => {
    const views = drawViews(9, seededRandom(1));
    expect(views).toHaveLength(32);
    expect(views[0]?.columns).toHaveLength(9);
    for (const { columns } of views) {
      expect(new Set(columns).size).toBe(columns.length);
      expect(columns.length).toBeGreaterThanOrEqual(5);
    }
  });

  it('put equal rows into one cell, and rows that differ where they look into two', () => {
    for (const view of drawViews(3, seededRandom(1))) {
      const cell = (...codes: number[]): number => cellOf(view, Uint32Array.from(codes), Uint16Array.from(codes));
      expect(cell(0, 20_000, 40_000)).toBe(cell(0, 20_000, 40_000));
      expect(cell(65_000, 50_000, 0)).not.toBe(cell(0, 20_000, 40_000));
    }
  });
});

describe('excess', () => {
  const cells = Uint32Array.from([
    ...Array.from({ length: 21 }, () => 1),
    ...Array.from({ length: 379 }, (_, i) => i + 9),
  ]);

  it('counts twins and what made-up rows lead to expect', () => {
    const { found, expected } = countTwins(cells, [Uint32Array.from([1, 1, 9, 500, 500, 500, 500, 500])]);
    expect([found[0], found[21], found[22]]).toEqual([20, 0, 0]);
    expect(expected[0]).toBeCloseTo((2 * 399) / 8);
    expect(expected[22]).toBe(0);
  });

  it('expects as many as the made-up table in which they are most', () => {
    const chances = [Uint32Array.from([1, 9, 500, 500]), Uint32Array.from([9, 9, 500, 500, 500, 500, 500, 500])];
    const { expected } = countTwins(cells, chances);
    expect([expected[0], expected[21], expected[22]]).toEqual([399 / 4, 399 / 4, 0]);
  });

  it('is ln(1 + unexplained / 8): twins less the expected ones and twice their standard deviation', () => {
    const found = new Float32Array(400);
    const expected = new Float32Array(400);
    found.set([20, 20, 3, 41]);
    expected.set([4, 20, 0, 0]);
    const excess = excessOf({ found, expected }, 1);
    expect(excess[0]).toBeCloseTo(Math.log1p((20 - 4 - 4) / 8));
    expect(excess[1]).toBe(0);
    expect(excess[2]).toBeCloseTo(Math.log1p(3 / 8));
    expect(excess[3]).toBe(0); // more than a tenth of the rows: a habit
    expect(excessOf({ found, expected }, 2)[0]).toBeCloseTo(Math.log1p((20 - 8 - 2 * Math.sqrt(8)) / 8));
  });

  it('takes what half of the views agree on', () => {
    const views = [
      [5, 0],
      [4, 9],
      [1, 0],
      [2, 0],
    ].map((values) => Float32Array.from(values));
    expect([...lowerMedian(views)]).toEqual([2, 0]);
    expect([...lowerMedian(views.slice(0, 1))]).toEqual([5, 0]);
  });

  it('measures the misfit over cells, not rows, and never below 1', () => {
    const other = Array.from({ length: 19 }, (_, k) => 10 + k);
    const expected = Float32Array.from([...Array.from({ length: 300 }, () => 100), ...other, 1]);
    const found = expected.map((value, i) => (i < 300 ? 9 : 1.5) * value);
    expect(misfitOf([{ found, expected }])).toBeCloseTo(1.5, 5);
    expect(misfitOf([{ found: expected.map((value) => value / 2), expected }])).toBe(1);
    expect(misfitOf([])).toBe(1);
  });
});

describe('fitTail', () => {
  it('is exponential above the upper hundredth and stretched where ordinary rows are closer', () => {
    const made = Float32Array.from({ length: 10_000 }, (_, i) => -0.2 * Math.log(1 - (i + 0.5) / 10_000));
    const tail = fitTail(made, made);
    expect(tail.slope).toBeCloseTo(0.2, 1);
    expect(logChance(tail, tail.from)).toBe(0);
    expect(logChance(tail, tail.from + tail.slope * Math.LN10)).toBeCloseTo(-3);
    const wider = fitTail(
      made.map((value) => 2 * value),
      made,
    );
    expect(wider.from).toBeGreaterThan(1.3 * tail.from);
  });

  it('is as wide as ordinary rows are close, also where chance yields no twins at all', () => {
    const none = new Float32Array(1000);
    expect(fitTail(none, none).slope).toBe(0.1);
    expect(
      fitTail(
        none.map(() => 0.5),
        none,
      ).slope,
    ).toBeCloseTo(0.6);
  });
});
