import type { Rule } from '../schema.ts';
import type { ActorSet, LeakEvidence, Sides } from './evidence.ts';
import { probesOf, type Part } from './probes.ts';

/** What can be asked of a case. */
export type EvidenceSource = Pick<LeakEvidence, 'k' | 'isPseudonym'> & {
  /**
   * Whom each rule hits, by its id, over all events and actors of the case: for a rule over events, the actors with an
   * event (that the rule sees) in a window and group that is hit.
   */
  readonly hitActors: (rules: readonly Rule[]) => Promise<ReadonlyMap<string, ActorSet>>;
};

/** Asks a case what `checkLeaks` must know of a rule. `others` are the hits of the other rules of the same export. */
export const gatherEvidence = async (
  rule: Rule,
  others: LeakEvidence['others'],
  { k, isPseudonym, hitActors }: EvidenceSource,
): Promise<LeakEvidence> => {
  const probes = probesOf(rule);
  const hit = await hitActors(probes.rules);
  const actors = (id: string): ActorSet => hit.get(id) ?? [];
  const hits = actors(probes.whole);
  const sides = new Map<string, Sides>(probes.parts.map((part) => [part.path, sidesOf(part, actors)]));
  sides.set('', { firing: hits.length, other: countOnlyIn(actors(probes.seen), hits) });
  return {
    k,
    isPseudonym,
    actorsByLiteral: new Map(probes.literals.map(({ path, firing }) => [path, actors(firing).length])),
    sides,
    hits,
    withoutExclusion: probes.withoutExclusion.map(actors),
    others,
  };
};

/** Actors of the first set who are not in the second; both ascend. */
export const countOnlyIn = (a: ActorSet, b: ActorSet): number => {
  let only = 0;
  let j = 0;
  for (let i = 0; i < a.length; i++) {
    const actor = a[i] ?? 0;
    while (j < b.length && (b[j] ?? 0) < actor) j += 1;
    if (j >= b.length || b[j] !== actor) only += 1;
  }
  return only;
};

const sidesOf = (part: Part, actors: (id: string) => ActorSet): Sides => {
  const firing = actors(part.firing);
  const other = 'other' in part ? actors(part.other).length : countOnlyIn(actors(part.seen), firing);
  return { firing: firing.length, other };
};
