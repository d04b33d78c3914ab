/** Rows per cell, by the cell's hash: open addressing, at most half full. */
export type CellCounts = {
  readonly add: (cell: number) => void;
  /** Slot of a cell that was added, or −1. */
  readonly slotOf: (cell: number) => number;
  readonly counts: Uint32Array;
};

/** An empty table for up to `cells` different cells. */
export const cellCounts = (cells: number): CellCounts => {
  let size = 16;
  while (size < 2 * cells) size *= 2;
  const keys = new Uint32Array(size);
  const counts = new Uint32Array(size);
  const find = (cell: number): number => {
    let slot = (Math.imul(cell, 0x85ebca6b) >>> 0) & (size - 1);
    // Hot loop: a slot lies inside the arrays by the mask.
    while (counts[slot]! > 0 && keys[slot] !== cell) slot = (slot + 1) & (size - 1);
    return slot;
  };
  return {
    add: (cell) => {
      const slot = find(cell);
      keys[slot] = cell;
      counts[slot]!++;
    },
    slotOf: (cell) => {
      const slot = find(cell);
      return counts[slot]! > 0 ? slot : -1;
    },
    counts,
  };
};
