import type { Hit, Rule } from '../schema.ts';
import { dayOf } from './days.ts';

/** Whom a rule hits, and when. */
export type RuleHits = {
  /** Pairs of a group and a moment. */
  readonly hits: number;
  /** How many hits an actor has part in, and the moment of the first (µs since 1970; null for a rule over actors). */
  readonly byActor: ReadonlyMap<string, { readonly hits: number; readonly first: number | null }>;
  /** By UTC day, in days since 1970; empty for a rule over actors. */
  readonly days: ReadonlyMap<number, { readonly hits: number; readonly actors: ReadonlySet<string> }>;
};

/** The column that says who did it. */
export const ACTOR = 'actor_id';

/** Place of the actor in a rule's groups; undefined where it does not group by actor. */
export const actorPlace = (rule: Rule): number | undefined => {
  const place = rule.over === 'actors' ? 0 : rule.groupBy.indexOf(ACTOR);
  return place < 0 ? undefined : place;
};

/** Whether the hits of a rule do not say whom they are about: that has to be found out from the events. */
export const isOfOthers = (rule: Rule): boolean => actorPlace(rule) === undefined;

/** Sums up the hits of a rule that is about actors, one after the other. Errors: TypeError for any other rule. */
export const tallyOf = (rule: Rule): { readonly add: (hit: Hit) => void; readonly done: () => RuleHits } => {
  const place = actorPlace(rule);
  if (place === undefined) throw new TypeError('The rule does not group by actor.');
  const tally = createTally();
  return {
    add: ({ group, at }) => {
      tally.hit(at);
      const actor = group[place];
      if (actor !== undefined) tally.actor(actor, 1, at, at === null ? [] : [dayOf(at)]);
    },
    done: tally.done,
  };
};

/** The same of all hits at once. */
export const ruleHitsOf = (rule: Rule, hits: readonly Hit[]): RuleHits => {
  const tally = tallyOf(rule);
  for (const hit of hits) tally.add(hit);
  return tally.done();
};

/** Counts hits, and whoever has part in them. */
export const createTally = () => {
  let hits = 0;
  const byActor = new Map<string, { hits: number; first: number | null }>();
  const days = new Map<number, { hits: number; readonly actors: Set<string> }>();
  const dayAt = (day: number) => {
    const found = days.get(day) ?? { hits: 0, actors: new Set<string>() };
    days.set(day, found);
    return found;
  };
  return {
    hit: (at: number | null): void => {
      hits++;
      if (at !== null) dayAt(dayOf(at)).hits++;
    },
    /** An actor has part in `count` more hits, the first of them at `first`, on these days. */
    actor: (actor: string, count: number, first: number | null, on: Iterable<number>): void => {
      const found = byActor.get(actor);
      if (found === undefined) byActor.set(actor, { hits: count, first });
      else {
        found.hits += count;
        if (first !== null && (found.first === null || first < found.first)) found.first = first;
      }
      for (const day of on) dayAt(day).actors.add(actor);
    },
    done: (): RuleHits => ({ hits, byActor, days }),
  };
};
