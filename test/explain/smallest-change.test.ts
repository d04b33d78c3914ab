import { describe, expect, it } from 'vitest';
import { deletions, smallestChanges, type Change, type RescoreRows } from '../../core/explain/index.ts';
import { middleValue, peerColumn, type PeerColumn } from '../../core/explain/peers.ts';

/** Peers 0, 1, …, 100: ordinary from 5 to 95, middle half from 25 to 75. */
const peers = Array.from({ length: 101 }, (_, i) => i);
const hundred = peerColumn(Float64Array.from(peers), peers);
const columns = [hundred, hundred, hundred];
const shares = Float64Array.of(0.5, 0.3, 0.2);

const scoredBy =
  (score: (row: Float64Array) => number): RescoreRows =>
  async (rows) =>
    Float64Array.from(rows, score);
/** How far the values lie outside 0…100 in all. */
const outside = scoredBy((row) => row.reduce((sum, value) => sum + Math.max(0, value - 100, -value), 0));

const changeIn = async (
  own: readonly PeerColumn[],
  nominated: Float64Array,
  row: readonly number[],
  rescore: RescoreRows,
): Promise<Change | null | undefined> => {
  const rows = [Float64Array.from(row)];
  const found = await deletions({ rows, typical: Float64Array.from(own, middleValue), nominated, rescore });
  return (await smallestChanges({ rows, deletions: found, columns: own, target: 1, rescore }))[0];
};
const changeOf = (row: readonly number[], rescore = outside) => changeIn(columns, shares, row, rescore);

describe('smallestChanges', () => {
  it('moves only what is needed, to the nearest edge of the ordinary range', async () => {
    expect(await changeOf([300, 50, 50])).toEqual({ moves: [{ column: 0, to: 95 }], score: 0 });
    expect(await changeOf([300, 50, -20])).toEqual({
      moves: [
        { column: 0, to: 95 },
        { column: 2, to: 5 },
      ],
      score: 0,
    });
  });

  it('leaves out a feature that comes first but is not needed', async () => {
    expect(await changeOf([100.5, 50, 300])).toEqual({ moves: [{ column: 2, to: 95 }], score: 0.5 });
  });

  it('leaves out again what came first by itself but is not needed with the others', async () => {
    const both = ['', 'a', 'b', 'c', 'ab', 'ac', 'bc', 'abc'];
    const scores = [0, 0, 4, 4, 6, 6, 5, 10]; // of what is still odd
    const rescore = scoredBy((row) => {
      const odd = ['a', 'b', 'c'].filter((_, j) => (row[j] ?? 0) > 100).join('');
      return scores[both.indexOf(odd)] ?? Number.NaN;
    });
    const change = await changeOf([300, 300, 300], rescore);
    expect(change?.moves.map(({ column }) => column).toSorted()).toEqual([1, 2]);
  });

  it('moves a value inside the range to a quartile, or to the middle, and a missing one to the middle', async () => {
    const away = scoredBy((row) => (Math.abs((row[0] ?? 0) - 50) > 30 ? 5 : 0));
    expect(await changeOf([90, 50, 50], away)).toEqual({ moves: [{ column: 0, to: 75 }], score: 0 });
    const close = scoredBy((row) => (Math.abs((row[0] ?? 0) - 50) > 10 ? 5 : 0));
    expect(await changeOf([70, 50, 50], close)).toEqual({ moves: [{ column: 0, to: 50 }], score: 0 });
    const missing = scoredBy((row) => (Number.isNaN(row[0]) ? 5 : 0));
    expect(await changeOf([Number.NaN, 50, 50], missing)).toEqual({ moves: [{ column: 0, to: 50 }], score: 0 });
  });

  it('goes on to the middle values where the edges do not suffice', async () => {
    const close = scoredBy((row) => (Math.abs((row[0] ?? 0) - 50) > 10 ? 5 : 0));
    expect(await changeOf([300, 50, 50], close)).toEqual({ moves: [{ column: 0, to: 50 }], score: 0 });
  });

  it('leaves at the edge what need not go on to the middle', async () => {
    const close = scoredBy((row) => (Math.abs((row[0] ?? 0) - 50) > 10 ? 500 : 0) + Math.max(0, (row[2] ?? 0) - 100));
    expect((await changeOf([300, 50, 300], close))?.moves).toEqual([
      { column: 0, to: 50 },
      { column: 2, to: 95 },
    ]);
  });

  it('moves to values that peers have', async () => {
    const counts = [0, 0, 1, 1, 1, 2, 2, 3, 9, 40];
    const column = peerColumn(Float64Array.from(counts), [...counts.keys()]);
    const change = await changeIn(
      [column],
      Float64Array.of(1),
      [812],
      scoredBy((row) => (row[0] ?? 0) / 10),
    );
    expect(counts).toContain(change?.moves[0]?.to);
  });

  it('takes a category to its most common level', async () => {
    const levels = [0, 3, 3, 3, 1, 2];
    const column = peerColumn(Float64Array.from(levels), [...levels.keys()], 5);
    const rescore = scoredBy((row) => (row[0] === 3 ? 0 : 2));
    expect((await changeIn([column], Float64Array.of(1), [4], rescore))?.moves).toEqual([{ column: 0, to: 3 }]);
  });

  it('goes beyond the three features that were deleted, up to eight', async () => {
    const many = Array.from({ length: 10 }, () => hundred);
    const even = new Float64Array(10).fill(0.1);
    const odd = (count: number): number[] => many.map((_, j) => (j < count ? 200 : 50));
    for (const count of [4, 6, 8]) {
      const change = await changeIn(many, even, odd(count), outside);
      expect(change?.moves.map(({ column }) => column).toSorted()).toEqual(Array.from({ length: count }, (_, j) => j));
      expect(change?.moves.every(({ to }) => to === 95)).toBe(true);
    }
    expect(await changeIn(many, even, odd(9), outside)).toBe(null);
  });

  it('leaves out at once all of the weakest that are not needed', async () => {
    const many = Array.from({ length: 10 }, () => hundred);
    const falling = Float64Array.from(many, (_, j) => (20 - j) / 155);
    const firstAndEighth = scoredBy((row) => [0, 7].reduce((sum, j) => sum + Math.max(0, (row[j] ?? 0) - 100), 0));
    const row = many.map(() => 200);
    const change = await changeIn(many, falling, row, firstAndEighth);
    expect(change?.moves.map(({ column }) => column).toSorted()).toEqual([0, 1, 2, 3, 7]);
  });

  it('asks for at most 29 scores in 7 calls', async () => {
    const many = Array.from({ length: 10 }, () => hundred);
    const asked: number[] = [];
    const counted: RescoreRows = (rows) => {
      asked.push(rows.length);
      return outside(rows);
    };
    await changeIn(many, new Float64Array(10).fill(0.1), [...Array(8).fill(200), 50, 50], counted);
    expect(asked.length).toBeLessThanOrEqual(7);
    expect(asked.reduce((sum, rows) => sum + rows, 0)).toBeLessThanOrEqual(29);
  });

  it('is null for an ordinary row and where nothing helps', async () => {
    expect(await changeOf([50, 50, 50])).toBe(null);
    expect(
      await changeOf(
        [300, 50, 50],
        scoredBy(() => 7),
      ),
    ).toBe(null);
  });
});
