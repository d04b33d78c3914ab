import type { Part } from './part.ts';

/** Runs of positions with equally many rows below: every position of the part is in exactly one. */
export type RankOptions = {
  readonly first: Float64Array;
  readonly size: Float64Array;
  /** |b · below − a · rows| for the a/b-quantile. */
  readonly distance: Float64Array;
};

/**
 * How far each position of a part is from being its a/b-quantile, by rank (Smith 2011). One row added or removed changes
 * `below` by 0 or 1 and `rows` by 1, hence a distance by at most max(a, b − a).
 */
export const rankOptions = (part: Part, a: number, b: number): RankOptions => {
  const first: number[] = [];
  const size: number[] = [];
  const distance: number[] = [];
  const push = (from: number, length: number, below: number): void => {
    if (length <= 0) return;
    first.push(from);
    size.push(length);
    distance.push(Math.abs(b * below - a * part.rows));
  };
  let below = 0;
  let at = part.from;
  for (let i = 0; i < part.start.length; i++) {
    const start = part.start[i]!; // hot: i is below the length
    const width = part.width[i]!;
    const count = part.count[i]!;
    push(at, start - at, below);
    for (let rank = 0; rank <= count;) {
      const from = firstWith(rank, count, width);
      // Where a segment has more rows than positions, ranks between two positions are skipped.
      const here = Math.floor((count * (2 * from + 1)) / (2 * width));
      const until = here < count ? Math.min(width, firstWith(here + 1, count, width)) : width;
      push(start + from, until - from, below + here);
      if (until >= width) break;
      rank = here + 1;
    }
    below += count;
    at = start + width;
  }
  push(at, part.to + 1 - at, below);
  return { first: Float64Array.from(first), size: Float64Array.from(size), distance: Float64Array.from(distance) };
};

/** The first position j of a segment with ⌊count (2 j + 1) / (2 width)⌋ ≥ rank. */
const firstWith = (rank: number, count: number, width: number): number =>
  Math.max(0, Math.ceil((2 * width * rank - count) / (2 * count)));
