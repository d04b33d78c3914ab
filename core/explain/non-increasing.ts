/** The nearest numbers in least squares that never increase: neighbours that do are replaced by their mean (Ayer et al. 1955). */
export const nonIncreasing = (values: readonly number[]): number[] => {
  const blocks: { sum: number; count: number }[] = [];
  for (const value of values) {
    let block = { sum: value, count: 1 };
    for (let last = blocks.at(-1); last !== undefined && last.sum / last.count < block.sum / block.count;) {
      block = { sum: last.sum + block.sum, count: last.count + block.count };
      blocks.pop();
      last = blocks.at(-1);
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count));
};
