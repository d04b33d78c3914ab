import { ratioOf, shareOf, UNKNOWN, type Measured } from './measured.ts';
import type { ActorLabels } from './quality.ts';

/** How a rule treats the actors of each value of a column. */
export type Subgroups = {
  readonly column: string;
  readonly groups: readonly {
    readonly value: string;
    readonly actors: number;
    readonly hitRate: Measured;
    /** Of the benign in it. */
    readonly falsePositiveRate: Measured;
    /** Its hit rate over that of everybody else. */
    readonly ratio: Measured;
  }[];
  /** Null below two groups that can be compared. */
  readonly fairness: {
    readonly of: 'falsePositiveRate' | 'hitRate';
    readonly lowest: string;
    readonly highest: string;
    /** Lowest over highest. Its interval holds for all pairs of groups at once (Bonferroni), as the pair was chosen by its rates. */
    readonly ratio: Measured;
  } | null;
  /** Actors without a value, or in groups that are not shown. */
  readonly leftOut: number;
};

/** Groups that are shown of one column, the largest. */
const MOST_GROUPS = 50;

type Group = { readonly value: string; actors: number; hit: number; benign: number; benignHit: number };

/**
 * Splits the actors by their value of a column and holds each group of at least `k` actors against the rest: of all actors,
 * not of those with a value only. `valueOf` gives an actor's value, undefined: none.
 */
export const subgroupsOf = (
  column: string,
  actors: readonly string[],
  hit: ReadonlySet<string>,
  labels: ActorLabels,
  valueOf: (actor: string) => string | undefined,
  k: number,
): Subgroups => {
  const byValue = new Map<string, Group>();
  let hits = 0;
  for (const actor of actors) {
    const isHit = hit.has(actor) ? 1 : 0;
    hits += isHit;
    const value = valueOf(actor);
    if (value === undefined) continue;
    const group = byValue.get(value) ?? { value, actors: 0, hit: 0, benign: 0, benignHit: 0 };
    byValue.set(value, group);
    group.actors++;
    group.hit += isHit;
    if (labels.get(actor) !== 0) continue;
    group.benign++;
    group.benignHit += isHit;
  }
  const shown = [...byValue.values()]
    .filter((group) => group.actors >= k)
    .toSorted((a, b) => b.actors - a.actors || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_GROUPS);
  return {
    column,
    groups: shown.map((group) => ({
      value: group.value,
      actors: group.actors,
      hitRate: shareOf(group.hit, group.actors),
      falsePositiveRate: shareOf(group.benignHit, group.benign),
      ratio: ratioOf(group.hit, group.actors, hits - group.hit, actors.length - group.actors),
    })),
    fairness: fairnessOf(shown, k),
    leftOut: actors.length - shown.reduce((sum, group) => sum + group.actors, 0),
  };
};

/** By false-positive rates where two groups have k benign actors each, else by hit rates. */
const fairnessOf = (groups: readonly Group[], k: number): Subgroups['fairness'] => {
  const labelled = groups.filter(({ benign }) => benign >= k);
  const of = labelled.length >= 2 ? 'falsePositiveRate' : 'hitRate';
  const rates = (of === 'falsePositiveRate' ? labelled : groups).map((group) =>
    of === 'falsePositiveRate'
      ? { value: group.value, hits: group.benignHit, trials: group.benign }
      : { value: group.value, hits: group.hit, trials: group.actors },
  );
  // Of equal rates the one of more actors says more.
  const sorted = rates.toSorted((a, b) => a.hits * b.trials - b.hits * a.trials || b.trials - a.trials);
  const lowest = sorted[0];
  const highest = sorted.find(
    (rate) => rate.hits * (sorted.at(-1)?.trials ?? 0) === (sorted.at(-1)?.hits ?? 0) * rate.trials,
  );
  if (lowest === undefined || highest === undefined || sorted.length < 2) return null;
  const pairs = (sorted.length * (sorted.length - 1)) / 2;
  const ratio =
    highest.hits === 0 ? UNKNOWN : ratioOf(lowest.hits, lowest.trials, highest.hits, highest.trials, 0.05 / pairs);
  return { of, lowest: lowest.value, highest: highest.value, ratio };
};
