import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawInOrder, drawRows, makeRowSampler, seededRandom, shuffled } from '../../core/random/index.ts';

describe('makeRowSampler', () => {
  it('draws different rows, of any number', () => {
    const sizes = fc
      .integer({ min: 1, max: 3000 })
      .chain((rows) => fc.tuple(fc.constant(rows), fc.integer({ min: 1, max: rows })));
    fc.assert(
      fc.property(sizes, fc.integer(), ([rows, size], seed) => {
        const draw = makeRowSampler(rows, size);
        const random = seededRandom(seed);
        for (let time = 0; time < 3; time++) {
          const picked = draw(random);
          expect(new Set(picked).size).toBe(size);
          expect(picked.every((row) => row < rows)).toBe(true);
        }
      }),
    );
  });

  it('draws every subset equally often', () => {
    // 20 subsets of 3 of 6 rows, 40,000 draws: chi-square with 19 degrees of freedom, 59 is exceeded once in 180,000.
    const draw = makeRowSampler(6, 3);
    const random = seededRandom(31);
    const counts = new Map<string, number>();
    for (let time = 0; time < 40_000; time++) {
      const key = [...draw(random)].sort().join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(20);
    expect([...counts.values()].reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)).toBeLessThan(59);
  });
});

describe('drawRows, shuffled and drawInOrder', () => {
  it('draw different rows, each equally likely', () => {
    // 2,000 draws of 10 of 40: each row 500 times on average, standard deviation 19.4; six of them are passed once in 10^8.
    const counts = new Float64Array(40);
    const random = seededRandom(3);
    for (let draw = 0; draw < 2000; draw++) {
      const rows = drawRows(40, 10, random);
      expect(new Set(rows).size).toBe(10);
      for (const row of rows) counts[row] = (counts[row] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(117);
    expect([...drawRows(3, 10, random)]).toEqual([0, 1, 2]);
  });

  it('put every number at every place equally often', () => {
    // 4,000 shuffles of 4: number 0 at each place 1,000 times, standard deviation 27; six of them.
    const places = new Float64Array(4);
    const random = seededRandom(4);
    for (let draw = 0; draw < 4000; draw++) {
      const order = draw % 2 === 0 ? shuffled(Uint32Array.of(0, 1, 2, 3), random) : drawInOrder(4, random);
      expect([...order].sort()).toEqual([0, 1, 2, 3]);
      const at = order.indexOf(0);
      places[at] = (places[at] ?? 0) + 1;
    }
    for (const count of places) expect(Math.abs(count - 1000)).toBeLessThan(165);
  });

  it('stop early with the first of the same order', () => {
    const whole = drawInOrder(50, seededRandom(5));
    expect([...drawInOrder(50, seededRandom(5), 7)]).toEqual([...whole.subarray(0, 7)]);
    expect(drawInOrder(3, seededRandom(5), 9)).toHaveLength(3);
  });
});
