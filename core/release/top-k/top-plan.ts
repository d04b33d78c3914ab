import { NightjarError } from '../../api/errors.ts';
import { divideRational, multiplyRational, rational, type Rational } from '../../math/rational.ts';
import { largestRho, type LossEvent, type Noise, type PrivacyLoss, type Reach } from '../accounting/index.ts';
import { ACTORS, EVENTS } from '../mechanisms/count.ts';
import type { MechanismTask, NoisedStatistic } from '../mechanisms/mechanism.ts';
import { chooseNoises } from '../mechanisms/noise.ts';
import { choiceBudget } from './choice-budget.ts';
import { rateOf } from './choose-keys.ts';
import { selectionThreshold } from './selection-threshold.ts';

/** How the top keys are found, before their counts are noised. */
export type TopChoice =
  /** All counts are noised; the top ones of those are shown. */
  | { readonly kind: 'one-shot' }
  | { readonly kind: 'known'; readonly rate: Rational; readonly method: 'exponential' | 'permute-and-flip' }
  | { readonly kind: 'unknown'; readonly rate: Rational; readonly threshold: number };

export type NoisedCount = NoisedStatistic & { readonly noise: Noise };

export type TopPlan = {
  readonly k: number;
  readonly of: 'events' | 'actors';
  readonly choice: TopChoice;
  readonly statistic: NoisedCount;
  readonly events: readonly LossEvent[];
};

/**
 * Plan of the `k` keys with most events or actors. Half of ε or ρ goes to choosing the keys, all of δ too, and half to the
 * noised counts of the chosen; both compose (basic composition; Bun & Steinke 2016). Where actors touch few keys of a
 * public list, noising every count with the whole loss is better than k choices and is done instead: with the noise of
 * one count against that of one choice, for up to 2 k keys per actor with discrete Laplace noise (scale g Δ / ε against
 * 2 k Δ / ε) and up to k with discrete Gaussian noise.
 * Throws `usage` where a bound is missing, unknown keys have no δ, or the loss is empty.
 */
export const planTop = ({ query, groups, loss }: MechanismTask): TopPlan => {
  const { measure, bounds } = query;
  if (measure.kind !== 'top') throw new NightjarError('internal', 'The query asks for no top keys.');
  const { k, of } = measure;
  const contribution = of === 'actors' ? 1 : bounds.rowsPerGroup;
  const keysPerActor = Math.min(bounds.groupsPerActor, groups ?? Number.POSITIVE_INFINITY);
  if (groups !== undefined && keysPerActor <= (loss.kind === 'zcdp' ? k : 2 * k)) {
    const { statistic, event } = counted(of, { coordinates: keysPerActor, sensitivity: rational(contribution) }, loss);
    return { k, of, choice: { kind: 'one-shot' }, statistic, events: [event] };
  }
  const reach = { coordinates: Math.min(keysPerActor, k), sensitivity: rational(contribution) };
  const half = groups === undefined ? halved(loss) : halved(settled(loss, 2 * k));
  const chosen = groups === undefined ? unknown(half, k, contribution, keysPerActor) : known(half, k, contribution);
  const { statistic, event } = counted(of, reach, groups === undefined ? withoutDelta(half) : half);
  return { k, of, choice: chosen.choice, statistic, events: [chosen.event, event] };
};

/** (ε, δ) as the kind of loss that `choices` choices make most of, so that choices and counts add up by one rule. */
const settled = (loss: PrivacyLoss, choices: number): PrivacyLoss => {
  if (loss.kind !== 'approximate') return loss;
  const isConcentrated = choiceBudget(loss, choices).rule === 'zcdp';
  return isConcentrated
    ? { kind: 'zcdp', rho: largestRho({ ...loss, conversionDelta: loss.delta }) }
    : { kind: 'pure', epsilon: loss.epsilon };
};

/** Selection has taken the δ. */
const withoutDelta = (loss: PrivacyLoss): PrivacyLoss =>
  loss.kind === 'approximate' ? { kind: 'pure', epsilon: loss.epsilon } : loss;

const halved = (loss: PrivacyLoss): PrivacyLoss => {
  const half = (x: Rational): Rational => divideRational(x, rational(2));
  return loss.kind === 'zcdp' ? { ...loss, rho: half(loss.rho) } : { ...loss, epsilon: half(loss.epsilon) };
};

const known = (loss: PrivacyLoss, k: number, contribution: number): { choice: TopChoice; event: LossEvent } => {
  const { epsilon, rule, event } = choiceBudget(loss, k);
  const rate = rateOf(epsilon, contribution);
  if (rule === 'zcdp') return { choice: { kind: 'known', rate, method: 'exponential' }, event };
  const spent = multiplyRational(epsilon, rational(k));
  return { choice: { kind: 'known', rate, method: 'permute-and-flip' }, event: { kind: 'pure', epsilon: spent } };
};

const unknown = (
  loss: PrivacyLoss,
  k: number,
  contribution: number,
  keysPerActor: number,
): { choice: TopChoice; event: LossEvent } => {
  if (loss.kind !== 'approximate') {
    throw new NightjarError('usage', 'Keys that are not known need a cost in epsilon and delta.', {
      where: 'delta',
      next: 'Give an epsilon and a delta, or list the keys.',
    });
  }
  const rate = rateOf(divideRational(loss.epsilon, rational(k)), contribution);
  const threshold = selectionThreshold({ rate, contribution, keysPerActor }, loss.delta);
  const event: LossEvent = { kind: 'selection', epsilon: loss.epsilon, delta: loss.delta };
  return { choice: { kind: 'unknown', rate, threshold }, event };
};

const counted = (
  of: 'events' | 'actors',
  reach: Reach,
  loss: PrivacyLoss,
): { readonly statistic: NoisedCount; readonly event: LossEvent } => {
  const [noise] = chooseNoises([reach], loss);
  if (noise === undefined) throw new NightjarError('internal', 'No noise was chosen for a count.');
  const { name, meaning } = of === 'actors' ? ACTORS : EVENTS;
  return { statistic: { name, meaning, reach, noise }, event: { ...reach, ...noise } };
};
