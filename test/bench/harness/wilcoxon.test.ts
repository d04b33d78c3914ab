import { describe, expect, it } from 'vitest';
import { wilcoxon } from './wilcoxon.ts';

describe('wilcoxon', () => {
  it('equals SciPy 1.17.1, exact', () => {
    // scipy.stats.wilcoxon(d, method='exact').pvalue
    expect(wilcoxon([1.5, -0.5, 2.1, 3.2, -1.1, 0.3, 2.2, 4.1])).toBeCloseTo(0.078125, 12);
    expect(wilcoxon([0.1, 0.2, 0.3, 0.4, 0.5, 0.6])).toBeCloseTo(2 / 64, 12);
  });

  it('counts ties by all signs, and leaves zeros out', () => {
    // |d| = 1, 1, 2: ranks 1.5, 1.5, 3. Sums as far out as 0: signs all minus or all plus, 2 of 8.
    expect(wilcoxon([1, 1, 2])).toBe(0.25);
    expect(wilcoxon([1, 0, 1, 2])).toBe(0.25);
    expect(wilcoxon([0, 0])).toBe(1);
    expect(wilcoxon([1, -1])).toBe(1);
  });
});
