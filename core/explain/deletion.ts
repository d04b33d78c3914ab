import type { Run } from '../detect/schema.ts';
import { nonIncreasing } from './non-increasing.ts';
import type { RescoreRows } from './schema.ts';

/** Features looked at per actor: those with the highest nominated share. */
const CANDIDATES = 6;
/** Features chosen one after the other by what deleting them does; the others share the rest. */
const CHOSEN = 3;
/** Candidates looked at again after each choice: a chosen feature seldom changes the order of the weak ones. */
const LOOKED_AT_AGAIN = 3;
/** Actors worked on together, so that a detector's cost per call counts little. */
const CHUNK = 64;
/** What is taken off equal credits, so that they keep the order in which the features were chosen or nominated. */
const ORDER_KEEPING = 1e-6;

export type DeletionInput = {
  /** Rows to explain, in the feature table's units and the order of the detection's features. */
  readonly rows: readonly Float64Array[];
  /** What is typical of the peers, per feature. */
  readonly typical: Float64Array;
  /** Shares that the detectors' own attributions give, row by row: they nominate, and divide what is left. */
  readonly nominated: Float64Array;
  readonly rescore: RescoreRows;
  readonly pace?: () => Promise<void>;
};

export type Deletion = {
  /** Per feature the share of the score it accounts for: 0 or more, adding to 1 (or to what was nominated). */
  readonly shares: Float64Array;
  /** The row's score as it is. */
  readonly score: number;
  /** The features made typical, one after the other, and the score after each. */
  readonly steps: readonly { readonly column: number; readonly score: number }[];
};

/**
 * Per row and feature the share of the queue's score that goes when the feature is made typical (deletion as in Samek et
 * al. 2017, with the peers' middle value as baseline). The nominated features are made typical greedily, three of them,
 * each time the one whose loss lowers the score most; a feature's credit is the fall it caused, and where a later fall is
 * larger, because features stand in for each other, they share. The others divide the remaining fall as nominated, none
 * above the last one chosen. A row that no deletion makes more ordinary keeps its nominated shares. About 14 scored rows
 * per actor in three calls; the answer does not depend on what else is explained with it.
 */
export const deletions = async (input: DeletionInput, run: Run = {}): Promise<readonly Deletion[]> => {
  const width = input.typical.length;
  const found: Deletion[] = [];
  for (let from = 0; from < input.rows.length; from += CHUNK) {
    const walks = input.rows.slice(from, from + CHUNK).map((row, k): Walk => {
      const at = (from + k) * width;
      return startWalk(row, input.typical, input.nominated.subarray(at, at + width));
    });
    const floor = await takeFirstStep(walks, input, run);
    for (let step = 1; step < CHOSEN; step++) await takeStep(walks, input, run);
    found.push(...walks.map((walk) => toldWalk(walk, floor)));
    await input.pace?.();
  }
  return found;
};

/** One row on its way to the typical one. */
type Walk = {
  readonly nominated: Float64Array;
  /** Candidates left, the one whose loss lowers the score most first, as far as is known. */
  pool: readonly number[];
  isOver: boolean;
  row: Float64Array;
  before: number;
  score: number;
  readonly steps: { readonly column: number; readonly score: number; readonly fall: number }[];
};

const startWalk = (row: Float64Array, typical: Float64Array, nominated: Float64Array): Walk => {
  const differs = (j: number): boolean => !Object.is(row[j], typical[j]) && (nominated[j] ?? 0) > 0;
  const pool = inOrder(nominated).filter(differs).slice(0, CANDIDATES);
  return { nominated, pool, isOver: false, row, before: 0, score: 0, steps: [] };
};

const inOrder = (shares: Float64Array): number[] =>
  [...shares.keys()].sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0) || a - b);

/** As `takeStep`, with the scores of the rows as they are; returns the score of a typical row. */
const takeFirstStep = async (walks: readonly Walk[], input: DeletionInput, run: Run): Promise<number> => {
  const { typical, rescore } = input;
  const known = floors.get(typical);
  const first = known?.rescore === rescore ? [] : [typical];
  const rows = [...first, ...walks.map(({ row }) => row)];
  const tried = walks.flatMap((walk) => walk.pool.map((j) => changed(walk.row, j, typical)));
  const scores = await rescore([...rows, ...tried], run);
  walks.forEach((walk, k) => {
    walk.before = scores[first.length + k] ?? 0;
    walk.score = walk.before;
  });
  choose(walks, (walk) => walk.pool, scores.subarray(rows.length), typical);
  const floor = first.length === 0 ? (known?.floor ?? 0) : (scores[0] ?? 0);
  floors.set(typical, { rescore, floor });
  return floor;
};

/** Scores of typical rows: the same for every actor of a detection. */
const floors = new WeakMap<Float64Array, { readonly rescore: RescoreRows; readonly floor: number }>();

/** Makes one more feature of each walk typical: the best of those tried. A walk without a fall is over. */
const takeStep = async (walks: readonly Walk[], { typical, rescore }: DeletionInput, run: Run): Promise<void> => {
  const lookedAt = ({ isOver, pool }: Walk): readonly number[] => (isOver ? [] : pool.slice(0, LOOKED_AT_AGAIN));
  const rows = walks.flatMap((walk) => lookedAt(walk).map((j) => changed(walk.row, j, typical)));
  if (rows.length > 0) choose(walks, lookedAt, await rescore(rows, run), typical);
};

const choose = (
  walks: readonly Walk[],
  lookedAt: (walk: Walk) => readonly number[],
  scores: Float64Array,
  typical: Float64Array,
): void => {
  let at = 0;
  for (const walk of walks) {
    const tried = lookedAt(walk).map((j) => ({ j, score: scores[at++] ?? 0 }));
    const [best, ...others] = tried.toSorted((a, b) => a.score - b.score);
    if (best === undefined || !(best.score < walk.score)) {
      walk.isOver = true;
      continue;
    }
    walk.steps.push({ column: best.j, score: best.score, fall: walk.score - best.score });
    walk.row = changed(walk.row, best.j, typical);
    walk.score = best.score;
    walk.pool = [...others.map(({ j }) => j), ...walk.pool.slice(tried.length)];
  }
};

const changed = (row: Float64Array, j: number, typical: Float64Array): Float64Array => {
  const copy = row.slice();
  copy[j] = typical[j] ?? Number.NaN;
  return copy;
};

const toldWalk = (walk: Walk, floor: number): Deletion => ({
  shares: creditOf(walk, floor),
  score: walk.before,
  steps: walk.steps.map(({ column, score }) => ({ column, score })),
});

const creditOf = ({ nominated, steps, score }: Walk, floor: number): Float64Array => {
  const credit = new Float64Array(nominated.length);
  if (steps.length === 0) return nominated.slice();
  let most = 0;
  nonIncreasing(steps.map(({ fall }) => fall)).forEach((fall, k) => {
    most = fall * (1 - k * ORDER_KEEPING);
    credit[steps[k]?.column ?? 0] = most;
  });
  const chosen = new Set(steps.map(({ column }) => column));
  const others = inOrder(nominated).filter((j) => !chosen.has(j));
  const weight = others.reduce((total, j) => total + (nominated[j] ?? 0), 0);
  const left = Math.max(0, score - floor);
  for (const j of others) {
    most *= 1 - ORDER_KEEPING;
    credit[j] = weight > 0 ? Math.min(most, (left * (nominated[j] ?? 0)) / weight) : 0;
  }
  const sum = credit.reduce((a, b) => a + b, 0);
  return credit.map((value) => value / sum);
};
