/** How many classes there are of each size: `classes[i]` of `sizes[i]` actors, sizes ascending. */
export type SizeTable = {
  readonly rows: number;
  readonly classCount: number;
  readonly sizes: Uint32Array;
  readonly classes: Uint32Array;
};

/** Counts classes by size. */
export const sizeTable = (classSizes: Uint32Array): SizeTable => {
  const byCount = new Map<number, number>();
  let rows = 0;
  for (const size of classSizes) {
    rows += size;
    byCount.set(size, (byCount.get(size) ?? 0) + 1);
  }
  const sorted = [...byCount].toSorted(([a], [b]) => a - b);
  return {
    rows,
    classCount: classSizes.length,
    sizes: Uint32Array.from(sorted, ([size]) => size),
    classes: Uint32Array.from(sorted, ([, classes]) => classes),
  };
};

/** How many classes have this size. */
export const classesOf = ({ sizes, classes }: SizeTable, size: number): number => classes[sizes.indexOf(size)] ?? 0;

/** Sum over the classes of `value(size)` times their number. */
export const sumOverClasses = ({ sizes, classes }: SizeTable, value: (size: number) => number): number => {
  let sum = 0;
  sizes.forEach((size, i) => {
    sum += (classes[i] ?? 0) * value(size);
  });
  return sum;
};
