/**
 * Fewest actors that can pass together by conformal p-values: the smallest is 1 / (references + 1), and as many
 * must share it that benign · p / count ≤ target.
 */
export const shortestCut = (benign: number, references: number, target: number): number =>
  Math.max(1, Math.ceil(benign / (target * (references + 1))));
