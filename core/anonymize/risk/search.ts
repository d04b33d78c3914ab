import { makePace, type Watch } from '../../api/progress.ts';
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
const MOST_WORK = 1e8;

/**
 * The generalisations with the least granularity loss that leave a k-anonymous table once at most the given shares of
 * actors are suppressed. The whole lattice of full-domain generalisations is searched depth first, column by column, as
 * long as that takes no more than `mostWork`. Two cuts are exact: more columns only split classes further, so that a
 * prefix that leaves too many actors below k is given up; and loss only grows with each column. Beyond that, it climbs
 * from the table as it is, each step raising the column that saves most actors per loss. Throws `cancelled`.
 */
export const searchGeneralisations = async (
  profiles: Profiles,
  options: SearchOptions,
  watch: Watch = {},
): Promise<SearchResult> => {
  const lattice = profiles.columns.reduce((nodes, { maps }) => nodes * maps.length, 1);
  const bests = createBests(profiles, options.suppression);
  const exhaustive = await searchAll(profiles, options, bests, watch);
  if (exhaustive !== null) return { method: 'exhaustive', lattice, judged: exhaustive, best: bests.all() };
  const judged = await climb(profiles, options.k, bests, watch);
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

/** Steps of the search between two looks at the clock. */
const STEPS = 256;

/** How many were judged, or null when it would take too long. */
const searchAll = async (
  profiles: Profiles,
  options: SearchOptions,
  bests: Bests,
  watch: Watch,
): Promise<number | null> => {
  const { columns, actors, weights } = profiles;
  if (actors === 0) return 0;
  const pace = makePace(watch);
  const mostWork = options.mostWork ?? MOST_WORK;
  // Columns that single out most come first: what fails, fails early.
  const order = columns
    .map((_, c) => c)
    .toSorted((a, b) => (columns[b]?.widths[0] ?? 0) - (columns[a]?.widths[0] ?? 0));
  const levels = columns.map(() => 0);
  /** Of the way down to the present depth: the level to try next, and the classes and the loss up to there. */
  const way: { next: number; readonly split: Split; readonly loss: number }[] = [
    { next: 0, split: unsplit(profiles), loss: 0 },
  ];
  let [work, judged, steps] = [0, 0, 0];
  for (let here = way.at(-1); here !== undefined; here = way.at(-1)) {
    if (steps++ % STEPS === 0) await pace();
    const c = order[way.length - 1];
    const column = c === undefined ? undefined : columns[c];
    if (c === undefined || column === undefined) {
      judged++;
      bests.offer(judge(profiles, [...levels], here.split, options.k));
      way.pop();
      continue;
    }
    const level = here.next++;
    const loss = here.loss + (column.meanLoss[level] ?? 0) / columns.length;
    // The loss ascends with the level.
    if (level >= column.maps.length || loss > bests.worst() + ROUNDING) {
      levels[c] = 0;
      way.pop();
      continue;
    }
    work += here.split.rest.rows.length + 1;
    if (work > mostWork) return null;
    const split = splitAt(here.split, column, level);
    if (actorsBelow(split, weights, options.k) > bests.mostSuppressed) continue;
    levels[c] = level;
    way.push({ next: 0, split, loss });
  }
  return judged;
};
const ROUNDING = 1e-12;

const climb = async (table: Profiles, k: number, bests: Bests, watch: Watch): Promise<number> => {
  const pace = makePace(watch);
  // The table is coarsened with each step: `base` are the levels its level 0 stands for.
  let profiles = table;
  let base: readonly number[] = table.columns.map(() => 0);
  let judged = 0;
  const at = async (steps: readonly number[]): Promise<Generalisation> => {
    await pace();
    judged++;
    const found = judgeLevels(profiles, steps, k);
    return { ...found, levels: base.map((level, c) => level + (steps[c] ?? 0)) };
  };
  const unchanged = base.map(() => 0);
  for (let present = await at(unchanged); ;) {
    bests.offer(present);
    if (present.suppressed === 0) return judged;
    const from = present;
    const raised: Generalisation[] = [];
    for (const [c, { maps }] of profiles.columns.entries()) {
      if (maps.length > 1) raised.push(await at(unchanged.with(c, 1)));
    }
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
