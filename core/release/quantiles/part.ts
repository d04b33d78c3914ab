/**
 * Rows of a group as counts on a line of cells, each cell cut into `SUBCELLS` positions. A segment is a cell, or what is left
 * of one after a cut: `width` positions from `start` on, over which its `count` rows are spread evenly.
 */
export type Part = {
  /** First and last position. */
  readonly from: number;
  readonly to: number;
  readonly start: Float64Array;
  readonly width: Float64Array;
  readonly count: Float64Array;
  readonly rows: number;
};

/**
 * Positions per cell. Rows of equal value would make ranks jump; spread over positions, a cut can go through them, and parts
 * keep their sizes. With at most 2^43 + 1 cells positions stay below 2^53.
 */
export const SUBCELLS = 512;

/** The part that holds all rows of one group. `cells` ascending, each within low…high. */
export const wholePart = (cells: Float64Array, lowCells: number, highCells: number): Part => {
  const start: number[] = [];
  const count: number[] = [];
  for (let i = 0; i < cells.length; i++) {
    const at = ((cells[i] ?? 0) - lowCells) * SUBCELLS;
    const last = start.length - 1;
    if (start[last] === at) count[last] = (count[last] ?? 0) + 1;
    else {
      start.push(at);
      count.push(1);
    }
  }
  return {
    from: 0,
    to: (highCells - lowCells + 1) * SUBCELLS - 1,
    start: Float64Array.from(start),
    width: new Float64Array(start.length).fill(SUBCELLS),
    count: Float64Array.from(count),
    rows: cells.length,
  };
};

/** Rows of a segment that lie below the middle of its j-th position: ⌊count (2 j + 1) / (2 width)⌋. */
const rowsBelow = (count: number, width: number, j: number): number => Math.floor((count * (2 * j + 1)) / (2 * width));

/**
 * What lies on the two sides of a cut through the middle of position `at`; `at` itself belongs to both sides, so that two
 * quantiles may be equal. A row added to a part adds one row to exactly one side: the sides of a segment get
 * `rowsBelow` = ⌊c t⌋ and c − ⌊c t⌋ rows for a t that no row changes, and ⌊(c + 1) t⌋ − ⌊c t⌋ is 0 or 1.
 */
export const cutPart = (part: Part, at: number): readonly [Part, Part] => {
  const left: Segments = { start: [], width: [], count: [] };
  const right: Segments = { start: [], width: [], count: [] };
  for (let i = 0; i < part.start.length; i++) {
    const start = part.start[i]!; // hot: i is below the length
    const width = part.width[i]!;
    const count = part.count[i]!;
    if (start + width <= at) push(left, start, width, count);
    else if (start > at) push(right, start, width, count);
    else {
      const below = rowsBelow(count, width, at - start);
      push(left, start, at - start + 1, below);
      push(right, at, start + width - at, count - below);
    }
  }
  return [partOf(part.from, at, left), partOf(at, part.to, right)];
};

type Segments = { readonly start: number[]; readonly width: number[]; readonly count: number[] };

const push = (segments: Segments, start: number, width: number, count: number): void => {
  if (count === 0) return;
  segments.start.push(start);
  segments.width.push(width);
  segments.count.push(count);
};

const partOf = (from: number, to: number, segments: Segments): Part => ({
  from,
  to,
  start: Float64Array.from(segments.start),
  width: Float64Array.from(segments.width),
  count: Float64Array.from(segments.count),
  rows: segments.count.reduce((sum, count) => sum + count, 0),
});
