import { NightjarError } from '../../api/errors.ts';
import { addRational, compareRational, rational, type Rational } from '../../math/rational.ts';
import { lossOf, type Odometer } from './odometer.ts';
import type { LossEvent } from './loss-event.ts';

/**
 * What one actor loses when a mechanism of its own runs on each group of rows (parallel composition; McSherry 2009), as
 * bounds on ε, ρ and δ separately.
 *
 * Groups by key are disjoint in rows, not in actors: an actor with rows in m groups is touched by m mechanisms. It is
 * the bounded number of groups per actor that counts, so that the loss is the sum of the `groupsPerActor` largest of
 * each kind. Allowed only where
 * - contribution bounding, actor by actor, was the last step before the mechanisms, over all the groups together; what
 *   it keeps of one actor does not depend on any other actor;
 * - the set of groups does not depend on the data: listed keys, declared bins, or keys from a selection paid for;
 * - each mechanism reads its own group only, and adding an actor can change nothing else.
 * Groups that are disjoint in actors (each actor in one group, by bounding or by a key that is the actor's own) are the
 * case groupsPerActor = 1. Nothing here assumes it.
 *
 * Noise events count the numbers one actor can change themselves (`coordinates`), so that a histogram is one event and
 * needs none of this. Throws `usage` where the bound is not whole and positive.
 */
export const parallelLoss = (perGroup: readonly LossEvent[], groupsPerActor: number): Odometer => {
  if (!Number.isSafeInteger(groupsPerActor) || groupsPerActor < 1) {
    throw new NightjarError('usage', 'A contribution bound is missing or out of range.', {
      where: 'groupsPerActor',
      next: 'Give a whole number from 1 up.',
    });
  }
  const losses = perGroup.map(lossOf);
  const epsilons = losses.flatMap(({ epsilon }) => (epsilon === undefined ? [] : [epsilon]));
  return {
    epsilon: epsilons.length < losses.length ? undefined : sumOfLargest(epsilons, groupsPerActor),
    rho: sumOfLargest(
      losses.map(({ rho }) => rho),
      groupsPerActor,
    ),
    delta: sumOfLargest(
      losses.map(({ delta }) => delta),
      groupsPerActor,
    ),
  };
};

const sumOfLargest = (values: readonly Rational[], count: number): Rational =>
  [...values]
    .sort((a, b) => compareRational(b, a))
    .slice(0, count)
    .reduce(addRational, rational(0));
