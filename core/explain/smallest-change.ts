import type { Run } from '../detect/schema.ts';
import type { Deletion } from './deletion.ts';
import { middleValue, valueAt, type PeerColumn } from './peers.ts';
import type { RescoreRows } from './schema.ts';

/** Numbers of features tried where fewer did not do; with more a change would not say anything to a person. */
const SIZES = [4, 5, 6, 8] as const;
/** The peers' ordinary range: between their 5th and 95th percentile. */
const ORDINARY_SHARE = 0.05;
/** How many features are tried to be left out, the weakest, and how many ways to go only to the edge: calls take time. */
const MOST_TRIED = 4;

/** Less odd than one in ten actors with evidence is ordinary. */
export const ORDINARY_BELOW = 0.9;

export type ChangeInput = {
  /** Rows in the feature table's units and the order of the detection's features. */
  readonly rows: readonly Float64Array[];
  /** What deleting the strongest features of each row did; its shares give the order in which features are tried. */
  readonly deletions: readonly Deletion[];
  readonly columns: readonly PeerColumn[];
  /** The score below which an actor is ordinary. */
  readonly target: number;
  readonly rescore: RescoreRows;
};

export type Change = {
  readonly moves: readonly { readonly column: number; readonly to: number }[];
  readonly score: number;
};

/**
 * Per row a sparse change that brings the score below `target` (a counterfactual as in Wachter, Mittelstadt & Russell 2018,
 * found greedily): as few features as possible, in the order of their shares, all moved to the peers' middle value; of the
 * weakest those left out that are not needed; then the weaker ones, or all, only to the nearest edge of the ordinary range
 * (the peers' 5th to 95th percentile; a value inside it to the nearer quartile). A feature always moves to a value that some
 * peer has, so that counts stay whole. Null for a row below the target, and where 8 do not suffice.
 */
export const smallestChanges = async (input: ChangeInput, run: Run = {}): Promise<readonly (Change | null)[]> => {
  const { rows, columns, deletions, target } = input;
  const orders = deletions.map(({ shares }) => orderOf(shares));
  const movesOf = (k: number, place: Placing): Moves => movesTo(rows[k] ?? EMPTY, orders[k] ?? [], columns, place);
  const odd = [...rows.keys()].filter((k) => !((deletions[k]?.score ?? 0) < target));

  const found = rows.map((): Change | null => null);
  /** Takes the changes that are chosen; returns them, with all that would have done. */
  const keep = async (tried: readonly Tried[], choose: Choosing): Promise<readonly Chosen[]> => {
    const better = await chosen(tried, choose, input, run);
    for (const { k, change } of better) found[k] = change;
    return better;
  };
  for (const k of odd) found[k] = knownChange(deletions[k], movesOf(k, middleValue), target);
  const open = odd.filter((k) => found[k] === null);
  await keep(
    open.map((k) => ({ k, each: SIZES.map((size) => movesOf(k, middleValue).slice(0, size)) })),
    first,
  );
  const spared = await keep(
    odd.map((k) => ({ k, each: withoutOne(found[k]?.moves ?? []) })),
    lowest,
  );
  await keep(
    spared.map(({ k, below }) => ({ k, each: withoutMore(found[k]?.moves ?? [], below) })),
    first,
  );
  await keep(
    odd.map((k) => ({ k, each: relaxed(found[k]?.moves ?? [], movesOf(k, edgeValue)) })),
    first,
  );
  return found;
};

type Moves = Change['moves'];
/** Changes of row k that are to be scored. */
type Tried = { readonly k: number; readonly each: readonly Moves[] };
type Placing = (column: PeerColumn, value: number) => number;
/** The change taken for row k, and all that were below the target. */
type Chosen = { readonly k: number; readonly change: Change; readonly below: readonly Change[] };
/** Which of the changes below the target to take. */
type Choosing = (below: readonly Change[]) => Change | undefined;

const EMPTY = new Float64Array(0);

const first: Choosing = (below) => below[0];
const lowest: Choosing = (below) => below.toSorted((a, b) => a.score - b.score)[0];

const orderOf = (shares: Float64Array): number[] =>
  [...shares.keys()]
    .filter((j) => (shares[j] ?? 0) > 0)
    .sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0) || a - b)
    .slice(0, SIZES.at(-1));

const movesTo = (row: Float64Array, order: readonly number[], columns: readonly PeerColumn[], place: Placing): Moves =>
  order.flatMap((j) => {
    const column = columns[j];
    const value = row[j] ?? Number.NaN;
    if (column === undefined || column.sorted.length === 0) return [];
    const to = place(column, value);
    return to === value ? [] : [{ column: j, to }];
  });

/** The change that deleting features has shown to do already. */
const knownChange = (deletion: Deletion | undefined, moves: Moves, target: number): Change | null => {
  const steps = deletion?.steps ?? [];
  const enough = steps.findIndex(({ score }) => score < target);
  const done = steps.slice(0, enough + 1).flatMap(({ column }) => moves.filter((move) => move.column === column));
  return enough < 0 || done.length <= enough ? null : { moves: done, score: steps[enough]?.score ?? Number.NaN };
};

/** The moves without one of the weakest. */
const withoutOne = (moves: Moves): Moves[] =>
  moves.length < 2 ? [] : moves.slice(-MOST_TRIED).map((weak) => moves.filter((move) => move !== weak));

/** The moves without as many more as could be spared one by one, those spared most easily first; then without fewer. */
const withoutMore = (moves: Moves, below: readonly Change[]): Moves[] => {
  const spare = moves
    .flatMap((move) => {
      const without = below.find(({ moves: others }) => !others.includes(move));
      return without === undefined ? [] : [{ move, score: without.score }];
    })
    .sort((a, b) => a.score - b.score)
    .map(({ move }) => move);
  const most = Math.min(spare.length, moves.length - 1);
  return Array.from({ length: most }, (_, n) => moves.filter((move) => !spare.slice(0, most - n).includes(move)));
};

/** The moves with all, all but the first, all but the first two, … only to the edge, in a few steps; none twice. */
const relaxed = (moves: Moves, edges: Moves): Moves[] => {
  const near = moves.map((move) => edges.find(({ column }) => column === move.column) ?? move);
  const step = Math.ceil(moves.length / MOST_TRIED);
  const from = [...moves.keys()].filter((n) => n % step === 0);
  return from.flatMap((n, i) => {
    const isNew = near.slice(n, from[i + 1]).some((move, m) => move.to !== moves[n + m]?.to);
    return isNew ? [[...moves.slice(0, n), ...near.slice(n)]] : [];
  });
};

const edgeValue: Placing = (column, value) => {
  if (column.levels > 0 || Number.isNaN(value)) return middleValue(column);
  for (const edge of [ORDINARY_SHARE, 0.25]) {
    const low = valueAt(column, edge);
    const high = valueAt(column, 1 - edge);
    if (value < low) return low;
    if (value > high) return high;
  }
  return middleValue(column);
};

const applied = (row: Float64Array, moves: Moves): Float64Array => {
  const copy = row.slice();
  for (const { column, to } of moves) copy[column] = to;
  return copy;
};

/** Scores all changes in one call and says for which rows one was chosen. */
const chosen = async (
  tried: readonly Tried[],
  choose: Choosing,
  { rows, target, rescore }: ChangeInput,
  run: Run,
): Promise<readonly Chosen[]> => {
  const made = tried.flatMap(({ k, each }) => each.map((moves) => applied(rows[k] ?? EMPTY, moves)));
  if (made.length === 0) return [];
  const scores = await rescore(made, run);
  let at = 0;
  return tried.flatMap(({ k, each }) => {
    const scored = each.map((moves): Change => ({ moves, score: scores[at++] ?? Number.NaN }));
    const below = scored.filter(({ score }) => score < target);
    const change = choose(below);
    return change === undefined ? [] : [{ k, change, below }];
  });
};
