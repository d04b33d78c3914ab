import { placeAmong } from '../../math/ranks.ts';

/** Where each value stands among the reference values. */
export type Standing = {
  /** 0–100: share of the reference below, ties counted half. */
  readonly percentile: Float64Array;
  /** −log10(1 − rank): 2 means as extreme as 1 in 100. Never below 0, finite. */
  readonly tailRank: Float64Array;
  /** (1 + reference values at or above) / (references + 1), itself not its own reference. */
  readonly pValue: Float64Array;
};

/**
 * Ranks `values` among those at the first `peers` rows, with mid-ranks for ties. A peer is compared
 * with the other peers, any other row with all of them. Under the hypothesis that an actor is
 * exchangeable with its peers the p-value is valid (conformal: Vovk, Gammerman & Shafer 2005,
 * eq. 2.20); it is transductive, as each actor took part in fitting the detectors.
 */
export const standing = (values: Float64Array, peers: number): Standing => {
  const sorted = values.slice(0, peers).sort();
  const percentile = new Float64Array(values.length);
  const tailRank = new Float64Array(values.length);
  const pValue = new Float64Array(values.length);
  values.forEach((value, row) => {
    const { below, equal } = placeAmong(sorted, value);
    const isPeer = row < peers;
    const total = isPeer ? peers : peers + 1;
    const rank = (below + (isPeer ? equal : equal + 1) / 2) / total;
    percentile[row] = 100 * rank;
    tailRank[row] = -Math.log10(1 - rank);
    pValue[row] = (peers - below + (isPeer ? 0 : 1)) / total;
  });
  return { percentile, tailRank, pValue };
};
