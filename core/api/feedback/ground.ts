import { z } from 'zod';
import { standing } from '../../detect/index.ts';
import { priorOf, type Leaves, type Prior } from '../../feedback/index.ts';
import { loadLatestRun, readRunFeatures, type Case, type StoredRun } from '../../store/index.ts';
import { NightjarError } from '../errors.ts';
import type { Watch } from '../progress.ts';
import { likenessLeaves } from './likeness-leaves.ts';
import { notRanked } from './not-ranked.ts';

/** What labels are put to work on: the ranking without them, row by row as its scores are stored, and who is alike. */
export type Ground = {
  readonly run: StoredRun;
  readonly seed: number;
  readonly rowOf: ReadonlyMap<string, number>;
  /** Place in the stored queue, by row. */
  readonly placeOf: Uint32Array;
  readonly hasEvidence: (row: number) => boolean;
  readonly prior: Prior;
  readonly leaves: Leaves;
};

const manifestShape = z.object({ seed: z.number().catch(1), features: z.array(z.string()) });

/**
 * Prepares the latest ranking of a case for labels. Errors: `input` where there is none, or where the case keeps no features
 * of it; `cancelled`.
 */
export const prepareGround = async (from: Case, watch: Watch = {}): Promise<Ground> => {
  const run = await loadLatestRun(from.connection, 'detect');
  if (run === undefined) throw notRanked(from.directory);
  const manifest = manifestShape.safeParse(run.manifest);
  const table = manifest.success ? await readRunFeatures(from.connection, manifest.data.features) : undefined;
  if (!manifest.success || table === undefined || table.actors.some((actor, row) => actor !== run.actors[row])) {
    throw new NightjarError('input', 'The case keeps no features of its ranking.', {
      where: from.directory,
      next: 'Rank everybody again with `nightjar detect --case DIR`: that keeps them.',
    });
  }
  const rowOf = new Map(run.actors.map((actor, row) => [actor, row]));
  const placeOf = new Uint32Array(run.actors.length);
  run.queue.actors.forEach((actor, place) => {
    placeOf[rowOf.get(actor) ?? 0] = place;
  });
  const hasEvidence = (row: number): boolean => run.queue.evidence[placeOf[row] ?? 0] === 'ok';
  const anyEvidence = run.queue.evidence.includes('ok');
  const isPeer = anyEvidence ? hasEvidence : () => true;
  const score = placeOf.length === 0 ? new Float64Array(0) : inRows(run.queue.scores, placeOf);
  const parts = run.detectors.filter(({ name }) => name !== 'ensemble');
  const { seed } = manifest.data;
  return {
    run,
    seed,
    rowOf,
    placeOf,
    hasEvidence,
    prior: priorOf(
      score,
      parts.map(({ name, scores }) => ({ name, tailRank: tailRanks(scores, isPeer) })),
    ),
    leaves: await likenessLeaves(table, isPeer, seed, watch),
  };
};

const inRows = (values: Float64Array, placeOf: Uint32Array): Float64Array =>
  Float64Array.from(placeOf, (place) => known(values[place]));

/** Tail ranks among the peers, as the run had them; a missing score is the least of all. */
const tailRanks = (scores: Float64Array, isPeer: (row: number) => boolean): Float64Array => {
  const rows = [...scores.keys()];
  const sorted = [...rows.filter(isPeer), ...rows.filter((row) => !isPeer(row))];
  const values = Float64Array.from(sorted, (row) => known(scores[row], Number.NEGATIVE_INFINITY));
  const { tailRank } = standing(values, rows.filter(isPeer).length);
  const inOrder = new Float64Array(scores.length);
  sorted.forEach((row, k) => {
    inOrder[row] = tailRank[k] ?? 0;
  });
  return inOrder;
};

const known = (value: number | undefined, otherwise = 0): number =>
  value === undefined || Number.isNaN(value) ? otherwise : value;
