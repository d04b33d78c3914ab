import type { Random } from '../../random/index.ts';
import { hitsPerDay, hitsPerWeek, type DayHits, type WeekHits } from './calendar.ts';
import { changeOf, type Change } from './change.ts';
import { overlapOf } from './overlap.ts';
import { qualityOf, type ActorLabels, type Quality } from './quality.ts';
import type { RuleHits } from './rule-hits.ts';
import { sampleUnlabelled } from './sample-unlabelled.ts';
import { subgroupsOf, type Subgroups } from './subgroups.ts';

/** What is known where a rule is backtested. */
export type Ground = {
  /** Everybody. */
  readonly actors: readonly string[];
  readonly labels: ActorLabels;
  /** First and last event, µs since 1970; null without times. */
  readonly span: { readonly from: number; readonly to: number } | null;
  /** Columns by whose values subgroups are made, and each actor's value. */
  readonly attributes: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Fewest actors of a subgroup. */
  readonly k: number;
  /** Other rules whose hits are known. */
  readonly others: readonly { readonly rule: string; readonly hits: RuleHits }[];
  /** Most actors drawn for review. */
  readonly mostToReview: number;
};

/** What a rule would have done. */
export type Backtested = {
  readonly hits: number;
  readonly actors: number;
  readonly quality: Quality;
  readonly perDay: readonly DayHits[];
  readonly perWeek: readonly WeekHits[];
  readonly subgroups: readonly Subgroups[];
  /** Those that share actors, the most alike first. */
  readonly overlap: readonly {
    readonly rule: string;
    readonly actors: number;
    readonly shared: number;
    readonly jaccard: number;
    readonly adds: number;
  }[];
  /** Null where there is nothing to compare with. */
  readonly change: Change | null;
  readonly toReview: readonly string[];
};

/** Sums up what a rule's hits are worth. `before`: the hits of the rule it is compared with. */
export const backtest = (hits: RuleHits, before: RuleHits | null, ground: Ground, random: Random): Backtested => {
  const { actors, labels, attributes, k, others } = ground;
  const hit = new Set(hits.byActor.keys());
  return {
    hits: hits.hits,
    actors: hit.size,
    quality: qualityOf(hit, labels),
    perDay: hitsPerDay(hits, ground.span),
    perWeek: hitsPerWeek(hits, labels),
    subgroups: [...attributes].map(([column, values]) =>
      subgroupsOf(column, actors, hit, labels, (actor) => values.get(actor), k),
    ),
    overlap: others
      .flatMap(({ rule, hits: { byActor } }) => {
        const { shared, jaccard, adds } = overlapOf(hit, new Set(byActor.keys()));
        return shared === 0 || jaccard === null ? [] : [{ rule, actors: byActor.size, shared, jaccard, adds }];
      })
      .toSorted((a, b) => b.jaccard - a.jaccard || (a.rule < b.rule ? -1 : 1)),
    change: before === null ? null : changeOf(new Set(before.byActor.keys()), hit, labels),
    toReview: sampleUnlabelled(hit, labels, ground.mostToReview, random),
  };
};
