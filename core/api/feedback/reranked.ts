import { rankWithLabels, type Feedback, type Label } from '../../feedback/index.ts';
import { seededRandom } from '../../random/index.ts';
import type { Decision } from '../../store/index.ts';
import type { Ground } from './ground.ts';

/** The queue after labels: entry i of each column is about the actor of rank i + 1. */
export type Reranked = {
  readonly feedback: Feedback;
  readonly rows: Uint32Array;
  /** As the queue's own: 2 is the place of one in a hundred. */
  readonly score: Float64Array;
  readonly percentile: Float64Array;
};

/**
 * Ranks the actors anew by the verdicts on them; those who are unsure, or not of this ranking, count for nothing. Actors
 * without enough evidence stay behind all others. The same verdicts give the same queue, in whatever order they were made.
 */
export const rerank = (ground: Ground, decisions: ReadonlyMap<string, Decision>): Reranked => {
  const feedback = rankWithLabels(
    ground.prior,
    ground.leaves,
    labelsOf(ground, decisions),
    seededRandom(ground.seed).fork('labels'),
  );
  const order = feedback.used.length === 0 ? asBefore(ground) : feedback.order();
  const ranked = order.filter((row) => ground.hasEvidence(row));
  const rows = new Uint32Array(order.length);
  rows.set(ranked);
  rows.set(
    order.filter((row) => !ground.hasEvidence(row)),
    ranked.length,
  );
  const { queue } = ground.run;
  const above = (place: number): number => (place + 0.5) / ranked.length;
  return {
    feedback,
    rows,
    score: Float64Array.from(rows, (row, place) =>
      place < ranked.length ? -Math.log10(above(place)) : (queue.scores[ground.placeOf[row] ?? 0] ?? 0),
    ),
    percentile: Float64Array.from(rows, (row, place) =>
      place < ranked.length ? 100 * (1 - above(place)) : (queue.percentiles[ground.placeOf[row] ?? 0] ?? 0),
    ),
  };
};

/** Labels in the order of rows, so that nothing depends on when they were made. */
export const labelsOf = ({ rowOf }: Ground, decisions: ReadonlyMap<string, Decision>): readonly Label[] =>
  [...decisions]
    .flatMap(([actor, { verdict }]): Label[] => {
      const row = rowOf.get(actor);
      return row === undefined || verdict === 'unsure' ? [] : [{ row, isAbuse: verdict === 'abuse' }];
    })
    .sort((a, b) => a.row - b.row);

const asBefore = ({ placeOf }: Ground): Uint32Array => {
  const order = new Uint32Array(placeOf.length);
  placeOf.forEach((place, row) => {
    order[place] = row;
  });
  return order;
};
