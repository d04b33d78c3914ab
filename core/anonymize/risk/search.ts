import { throwIfCancelled } from '../../api/errors.ts';
import type { Watch } from '../../api/progress.ts';
import { actorsBelow, judge, judgeLevels, splitAt, unsplit, type Generalisation, type Split } from './judge.ts';
import { coarsen, type Profiles } from './profiles.ts';

export type SearchOptions = {
  readonly k: number;
  /** Largest shares of actors that may be suppressed, one best generalisation for each; ascending. */
  readonly suppression: readonly number[];
  /** Most work, in profiles split: above it the search is greedy. */
  readonly mostWork?: number;
};

export type SearchResult = {
  /** `exhaustive`: nothing in the lattice has less granularity loss. `greedy`: a good one, without that promise. */
  readonly method: 'exhaustive' | 'greedy';
  /** Generalisations in the lattice, and how many were judged. */
  readonly lattice: number;
  readonly judged: number;
  /** Per limit of suppression the best found; null where none keeps to it. */
  readonly best: readonly (Generalisation | null)[];
};

/** About five seconds. */
export const MOST_WORK = 1e8;

/**
 * The generalisations with the least granularity loss that leave a k-anonymous table once at most the given shares of
 * actors are suppressed. The whole lattice of full-domain generalisations is searched depth first, column by column, as
 * long as that takes no more than `mostWork`. Two cuts are exact: more columns only split classes further, so that a
 * prefix that leaves too many actors below k is given up; and loss only grows with each column. Beyond that, it climbs
 * from the table as it is, each step raising the column that saves most actors per loss. Throws `cancelled`.
 */
export const searchGeneralisations = (profiles: Profiles, options: SearchOptions, watch: Watch = {}): SearchResult => {
  const lattice = profiles.columns.reduce((nodes, { maps }) => nodes * maps.length, 1);
  const bests = createBests(profiles, options.suppression);
  const exhaustive = searchAll(profiles, options, bests, watch);
  if (exhaustive !== null) return { method: 'exhaustive', lattice, judged: exhaustive, best: bests.all() };
  const judged = climb(profiles, options.k, bests, watch);
  return { method: 'greedy', lattice, judged, best: bests.all() };
};

type Bests = {
  offer(found: Generalisation): void;
  /** No generalisation with a loss above this can be among the best. */
  worst(): number;
  readonly mostSuppressed: number;
  all(): readonly (Generalisation | null)[];
};

const createBests = ({ actors }: Profiles, suppression: readonly number[]): Bests => {
  const best: (Generalisation | null)[] = suppression.map(() => null);
  return {
    offer: (found) => {
      suppression.forEach((limit, i) => {
        const present = best[i] ?? null;
        if (found.suppressed > limit * actors) return;
        if (present === null || isBetter(found, present)) best[i] = found;
      });
    },
    worst: () => best.reduce((worst, each) => Math.max(worst, each?.loss.granularity ?? Infinity), 0),
    mostSuppressed: Math.max(0, ...suppression) * actors,
    all: () => best,
  };
};

const isBetter = (a: Generalisation, b: Generalisation): boolean =>
  a.loss.granularity < b.loss.granularity || (a.loss.granularity === b.loss.granularity && a.suppressed < b.suppressed);

/** How many were judged, or null when it would take too long. */
const searchAll = (profiles: Profiles, options: SearchOptions, bests: Bests, { signal }: Watch): number | null => {
  const { columns, actors, weights } = profiles;
  const mostWork = options.mostWork ?? MOST_WORK;
  // Columns that single out most come first: what fails, fails early.
  const order = columns
    .map((_, c) => c)
    .toSorted((a, b) => (columns[b]?.widths[0] ?? 0) - (columns[a]?.widths[0] ?? 0));
  const levels = columns.map(() => 0);
  let work = 0;
  let judged = 0;
  const visit = (depth: number, split: Split, loss: number): boolean => {
    throwIfCancelled(signal);
    const c = order[depth];
    const column = c === undefined ? undefined : columns[c];
    if (c === undefined || column === undefined) {
      judged++;
      bests.offer(judge(profiles, [...levels], split, options.k));
      return true;
    }
    for (let level = 0; level < column.maps.length; level++) {
      const own = loss + (column.meanLoss[level] ?? 0) / columns.length;
      if (own > bests.worst() + ROUNDING) break; // the loss ascends with the level
      work += split.rest.rows.length + 1;
      if (work > mostWork) return false;
      const next = splitAt(split, column, level);
      if (actorsBelow(next, weights, options.k) > bests.mostSuppressed) continue;
      levels[c] = level;
      if (!visit(depth + 1, next, own)) return false;
    }
    levels[c] = 0;
    return true;
  };
  return actors === 0 || visit(0, unsplit(profiles), 0) ? judged : null;
};
const ROUNDING = 1e-12;

const climb = (table: Profiles, k: number, bests: Bests, { signal }: Watch): number => {
  // The table is coarsened with each step: `base` are the levels its level 0 stands for.
  let profiles = table;
  let base: readonly number[] = table.columns.map(() => 0);
  let judged = 0;
  const at = (steps: readonly number[]): Generalisation => {
    throwIfCancelled(signal);
    judged++;
    const found = judgeLevels(profiles, steps, k);
    return { ...found, levels: base.map((level, c) => level + (steps[c] ?? 0)) };
  };
  const unchanged = base.map(() => 0);
  for (let present = at(unchanged); ;) {
    bests.offer(present);
    if (present.suppressed === 0) return judged;
    const from = present;
    const raised = profiles.columns.flatMap(({ maps }, c) => (maps.length > 1 ? [at(unchanged.with(c, 1))] : []));
    raised.forEach(bests.offer);
    const [next] = raised.toSorted((a, b) => gain(table, from, b) - gain(table, from, a));
    if (next === undefined) return judged;
    profiles = coarsen(
      profiles,
      next.levels.map((level, c) => level - (base[c] ?? 0)),
    );
    base = next.levels;
    present = next;
  }
};

/** Actors saved per generalisation given; suppression is what is saved, so it does not count as a loss here. */
const gain = ({ columns }: Profiles, from: Generalisation, to: Generalisation): number => {
  const given = ({ levels }: Generalisation): number =>
    columns.reduce((sum, { meanLoss }, c) => sum + (meanLoss[levels[c] ?? 0] ?? 0), 0);
  return (from.suppressed - to.suppressed + 1) / (given(to) - given(from) + ROUNDING);
};
