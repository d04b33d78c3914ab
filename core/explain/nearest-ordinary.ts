import type { Detection } from '../detect/schema.ts';
import { median, quantileOfSorted } from '../math/quantile.ts';
import type { FeatureTable } from '../table/table.ts';
import { peersOf, type PeerColumn } from './peers.ts';

/** Largest difference in one feature that counts, in scales: what makes the actor odd must not choose its neighbour. */
const LARGEST = 3;

/**
 * The row of the most similar ordinary actor, to be looked at beside the one at `row`: among the peers who score no more than
 * the middle one, the nearest by the sum over features of differences in robust scales, each counted up to 3 (and as 3 where
 * only one of the two is known; a category as 0 or 3). Undefined where there is no other actor.
 */
export const nearestOrdinary = (
  detection: Pick<Detection, 'features' | 'evidence' | 'score'>,
  table: FeatureTable,
  row: number,
): number | undefined => {
  const peers = peersOf(table, detection.evidence);
  const ordinary = median(Float64Array.from(peers.rows, (peer) => detection.score[peer] ?? 0));
  const candidates = peers.rows.filter((peer) => peer !== row && (detection.score[peer] ?? 0) <= ordinary);
  const distance = new Float64Array(candidates.length);
  for (const feature of detection.features) {
    const values = table.columns[table.names.indexOf(feature)];
    if (values === undefined) continue;
    const column = peers.column(feature);
    const scale = scaleOf(column);
    const own = values[row] ?? Number.NaN;
    candidates.forEach((peer, k) => {
      distance[k] = (distance[k] ?? 0) + apart(own, values[peer] ?? Number.NaN, scale, column.levels > 0);
    });
  }
  let best: number | undefined;
  distance.forEach((value, k) => {
    if (best === undefined || value < (distance[best] ?? 0)) best = k;
  });
  return best === undefined ? undefined : candidates[best];
};

const apart = (a: number, b: number, scale: number, isCategory: boolean): number => {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  const difference = isCategory ? Number.NaN : Math.abs(a - b) / scale;
  return difference < LARGEST ? difference : LARGEST;
};

/** The middle half of the peers, or the middle 9 of 10, or all, whichever first has a width. */
const scaleOf = ({ sorted }: PeerColumn): number => {
  for (const edge of [0.25, 0.05, 0]) {
    const width = quantileOfSorted(sorted, 1 - edge) - quantileOfSorted(sorted, edge);
    if (width > 0) return width;
  }
  return 1;
};
