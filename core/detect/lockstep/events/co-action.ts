import type { Interactions } from '../../../table/interactions.ts';
import type { TwinGroup } from '../../schema.ts';
import { eventCloseness } from './closeness.ts';
import { repeatedPairs } from './pairs.ts';
import { weighPartners } from './partners.ts';
import { ringGroups } from './rings.ts';
import { touchesOf } from './touches.ts';

/** How much actors act together, beyond chance. */
export type CoAction = {
  /** Per actor −log10 of the chance that a log like this, without lockstep, holds any such actor; not below 0. */
  readonly decades: Float64Array;
  /** Per actor the share of actors whose touches fall less often into bursts, in [0, 1). */
  readonly closeness: Float64Array;
  readonly groups: readonly TwinGroup[];
};

/**
 * Who touched the same objects at the same times as the same others, beyond chance: pairs that meet within a window,
 * over distinct objects (SynchroTrap: Cao, Yang, Yu & Palow 2014; CopyCatch: Beutel et al. 2013; CooRnet: Giglietto et
 * al. 2020). Popular objects and busy hours explain meetings; an event in which a crowd meets once is no evidence.
 */
export const measureCoAction = async (
  interactions: Interactions,
  actorCount: number,
  pace: () => Promise<void>,
  decadesAtMost: number,
): Promise<CoAction> => {
  const touches = touchesOf(interactions, actorCount);
  await pace();
  const pairs = await repeatedPairs(touches, actorCount, pace);
  const counts = new Uint32Array(actorCount);
  for (const actor of touches.actors) counts[actor]!++; // hot: one step per event, actors are below actorCount
  const partners = weighPartners(pairs, counts, decadesAtMost);
  await pace();
  return {
    decades: partners.decades,
    closeness: await eventCloseness(touches, counts, pace),
    groups: ringGroups(pairs, partners),
  };
};
