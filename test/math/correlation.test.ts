import { describe, expect, it } from 'vitest';
import { pearson, spearman } from '../../core/math/index.ts';

describe('correlation', () => {
  it('is 1 or −1 for a monotone relation of ranks', () => {
    expect(spearman([1, 2, 3, 4], [1, 10, 100, 1000])).toBeCloseTo(1, 12);
    expect(spearman([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
  });

  it('equals scipy.stats.spearmanr with ties', () => {
    expect(spearman([1, 2, 2, 4, 5], [2, 1, 3, 3, 5])).toBeCloseTo(0.7631578947368421, 12);
  });

  it('equals numpy.corrcoef', () => {
    expect(pearson([1, 2, 3, 5], [2, 3, 1, 9])).toBeCloseTo(0.8010361952965142, 12);
  });

  it('is NaN when one side does not vary', () => {
    expect(pearson([1, 1], [1, 2])).toBeNaN();
  });
});
