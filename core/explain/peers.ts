import { quantileOfSorted } from '../math/quantile.ts';
import { placeAmong } from '../math/ranks.ts';

/** One feature over the peers: what is typical, and where a value stands. */
export type PeerColumn = {
  /** Finite values ascending. */
  readonly sorted: Float64Array;
  readonly peers: number;
  readonly median: number;
  readonly range: readonly [number, number];
};

export const peerColumn = (values: Float64Array, peers: readonly number[]): PeerColumn => {
  const known = new Float64Array(peers.length);
  let count = 0;
  for (const row of peers) {
    const value = values[row] ?? Number.NaN;
    if (Number.isFinite(value)) known[count++] = value;
  }
  const sorted = known.subarray(0, count).sort();
  return {
    sorted,
    peers: peers.length,
    median: quantileOfSorted(sorted, 0.5),
    range: [quantileOfSorted(sorted, 0.25), quantileOfSorted(sorted, 0.75)],
  };
};

/** Shares of the other peers below and above a value, and its percentile with ties counted half. */
export type Place = {
  readonly below: number;
  readonly above: number;
  readonly percentile: number;
  /** Peers it is compared with: the known ones, without itself when it is one of them. */
  readonly others: number;
};

export const placeOf = (column: PeerColumn, value: number, isPeer: boolean): Place => {
  const { below, equal } = placeAmong(column.sorted, value);
  const known = column.sorted.length;
  const others = Math.max(1, isPeer && Number.isFinite(value) ? known - 1 : known);
  return {
    below: below / others,
    above: (known - below - equal) / others,
    percentile: known > 0 ? (100 * (below + equal / 2)) / known : 50,
    others,
  };
};
