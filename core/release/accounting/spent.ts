import { compareRational, rationalOf, type Rational } from '../../math/rational.ts';
import { zcdpEpsilon } from './concentrated.ts';
import { epsilonOf, lossDistributionOf } from './loss-distribution/index.ts';
import { requireDelta, type LossEvent } from './loss-event.ts';
import { numberAbove, numberBelow, odometer, type Odometer } from './odometer.ts';

/**
 * The least ε proven by each rule at one δ; undefined where a rule has none (basic composition of Gaussian noise, or
 * events whose own δ add up to more).
 */
export type Spent = {
  readonly epsilon: Rational | undefined;
  readonly by: 'basic' | 'zcdp' | 'loss-distribution' | undefined;
  readonly basic: Rational | undefined;
  readonly zcdp: Rational | undefined;
  readonly lossDistribution: Rational | undefined;
};

/**
 * The ε that these events cost together at this δ: the least of three upper bounds, each valid by itself.
 * - basic: Σ ε, exact, where Σ δ ≤ delta (Dwork, Kenthapadi, McSherry, Mironov & Naor 2006);
 * - zcdp: `zcdpEpsilon`(Σ ρ, delta − Σ δ) (Bun & Steinke 2016; Canonne, Kamath & Steinke 2020);
 * - loss distribution: the composed privacy loss, see `loss-distribution/`.
 *
 * Mechanisms may be chosen after earlier answers; their parameters (kinds, noise, bounds, number) must have been fixed
 * before. So it is right for the events of one plan and for a schedule of releases. For parameters chosen from answers,
 * the sums of `odometer` under a fixed `limit.ts` are the guarantee, and this is a description. Throws `usage` where an
 * event or delta is none.
 */
export const spent = (events: Iterable<LossEvent>, delta: Rational): Spent => {
  requireDelta(delta);
  const list = [...events];
  const sums = odometer(list);
  const found = {
    basic: compareRational(sums.delta, delta) <= 0 ? sums.epsilon : undefined,
    zcdp: zcdpCost(sums, delta),
    lossDistribution: delta.numerator === 0n ? undefined : lossDistributionCost(list, delta),
  };
  let best: Pick<Spent, 'epsilon' | 'by'> = { epsilon: undefined, by: undefined };
  for (const [by, epsilon] of [
    ['basic', found.basic],
    ['zcdp', found.zcdp],
    ['loss-distribution', found.lossDistribution],
  ] as const) {
    const better = epsilon !== undefined && (best.epsilon === undefined || compareRational(epsilon, best.epsilon) < 0);
    if (better) best = { epsilon, by };
  }
  return { ...best, ...found };
};

const zcdpCost = (sums: Odometer, delta: Rational): Rational | undefined => {
  const own = numberAbove(sums.delta);
  const left = (numberBelow(delta) - own) * (1 - 2 ** -50);
  if (sums.rho.numerator === 0n && compareRational(sums.delta, delta) <= 0) return sums.rho;
  return left > 0 ? finite(zcdpEpsilon(numberAbove(sums.rho), left)) : undefined;
};

const lossDistributionCost = (events: readonly LossEvent[], delta: Rational): Rational | undefined => {
  const at = numberBelow(delta);
  const distribution = lossDistributionOf(events, at);
  return finite(distribution === undefined ? 0 : epsilonOf(distribution, at));
};

const finite = (epsilon: number): Rational | undefined => (Number.isFinite(epsilon) ? rationalOf(epsilon) : undefined);
