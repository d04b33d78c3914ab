import type { Watch } from '../../api/progress.ts';
import { judgeLevels, type Generalisation } from './judge.ts';
import { profilesOf } from './profiles.ts';
import type { QuasiColumn } from './schema.ts';
import { searchGeneralisations, type SearchResult } from './search.ts';

/** One way to change the table. */
export type Policy = Generalisation & {
  /** What is done, per column that changes. */
  readonly changes: readonly { readonly column: string; readonly level: number; readonly to: string }[];
  /** Share of the actors whose quasi-identifiers are suppressed. */
  readonly suppressedShare: number;
  /** Mean prosecutor risk of the actors that keep their quasi-identifiers, and the highest; 0 when none does. */
  readonly averageRisk: number;
  /** Mean prosecutor risk of everybody if nobody were suppressed. */
  readonly averageRiskOfAll: number;
  readonly highestRisk: number;
};

export type Suggestions = Omit<SearchResult, 'best'> & {
  /** The table as it is, with only suppression. */
  readonly asItIs: Policy;
  /** Each column raised by one level, by itself: most actors saved first. */
  readonly oneStep: readonly Policy[];
  /** The least loss for each limit of suppression; equal ones once. */
  readonly best: readonly (Policy & { readonly suppressionLimit: number })[];
};

/** Shares of actors that may be suppressed. */
const SUPPRESSION_LIMITS = [0, 0.01, 0.05, 0.2];

/**
 * What to generalise, and whom to suppress, so that everybody left is one of at least k: single steps and the best
 * combinations (see search.ts). Throws `cancelled`.
 */
export const suggestPolicies = async (
  actors: number,
  columns: readonly QuasiColumn[],
  k: number,
  watch: Watch = {},
): Promise<Suggestions> => {
  const profiles = profilesOf(actors, columns);
  const at = (levels: readonly number[]): Policy => policyOf(judgeLevels(profiles, levels, k), columns, actors);
  const unchanged = columns.map(() => 0);
  const options = { k, suppression: SUPPRESSION_LIMITS };
  const { best, ...search } = await searchGeneralisations(profiles, options, watch);
  const known = new Set<string>();
  return {
    ...search,
    asItIs: at(unchanged),
    oneStep: columns
      .flatMap(({ hierarchy }, c) => (hierarchy.maps.length > 1 ? [at(unchanged.with(c, 1))] : []))
      .toSorted(
        (a, b) => a.suppressed - b.suppressed || a.allClasses - b.allClasses || a.loss.granularity - b.loss.granularity,
      ),
    best: best.flatMap((found, i) => {
      if (found === null || known.has(found.levels.join())) return [];
      known.add(found.levels.join());
      return [{ ...policyOf(found, columns, actors), suppressionLimit: SUPPRESSION_LIMITS[i] ?? 0 }];
    }),
  };
};

const policyOf = (found: Generalisation, columns: readonly QuasiColumn[], actors: number): Policy => {
  const kept = actors - found.suppressed;
  return {
    ...found,
    changes: columns.flatMap(({ name, hierarchy }, c) => {
      const level = found.levels[c] ?? 0;
      return level === 0 ? [] : [{ column: name, level, to: hierarchy.names[level] ?? '' }];
    }),
    suppressedShare: actors === 0 ? 0 : found.suppressed / actors,
    averageRisk: kept === 0 ? 0 : found.classes / kept,
    averageRiskOfAll: actors === 0 ? 0 : found.allClasses / actors,
    highestRisk: found.smallest === 0 ? 0 : 1 / found.smallest,
  };
};
