import { Z95 } from '../math/index.ts';
import type { Interval } from './schema.ts';
import type { TieGroups } from './tie-groups.ts';

/** Area under the ROC curve: the chance that a positive ranks above a negative, a tie counting half (Mann & Whitney 1947). */
export const rocAuc = (groups: TieGroups): number => {
  let wins = 0;
  let negativesBelow = groups.totalNegatives;
  groups.positives.forEach((positives, g) => {
    const negatives = groups.negatives[g] ?? 0;
    negativesBelow -= negatives;
    wins += positives * (negativesBelow + negatives / 2);
  });
  return wins / (groups.totalPositives * groups.totalNegatives);
};

/**
 * Interval of the area, normal with the variance of DeLong, DeLong & Clarke-Pearson (1988), eq. 5, cut to [0, 1].
 * One positive or one negative alone has no variance to estimate: then [0, 1]. It is too narrow, down to a point, where
 * the classes hardly overlap.
 */
export const delongInterval = (groups: TieGroups): Interval => {
  const { totalPositives, totalNegatives } = groups;
  if (totalPositives < 2 || totalNegatives < 2) return [0, 1];
  const area = rocAuc(groups);
  let ofPositives = 0;
  let ofNegatives = 0;
  let negativesBelow = totalNegatives;
  let positivesAbove = 0;
  groups.positives.forEach((positives, g) => {
    const negatives = groups.negatives[g] ?? 0;
    negativesBelow -= negatives;
    // The structural components: of a positive, the share of negatives it beats; of a negative, of positives that beat it.
    const v10 = (negativesBelow + negatives / 2) / totalNegatives;
    const v01 = (positivesAbove + positives / 2) / totalPositives;
    ofPositives += positives * (v10 - area) ** 2;
    ofNegatives += negatives * (v01 - area) ** 2;
    positivesAbove += positives;
  });
  const variance =
    ofPositives / (totalPositives - 1) / totalPositives + ofNegatives / (totalNegatives - 1) / totalNegatives;
  const reach = Z95 * Math.sqrt(variance);
  return [Math.max(0, area - reach), Math.min(1, area + reach)];
};
