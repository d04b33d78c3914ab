import { toNumber } from '../../math/rational.ts';
import type { PrivacyLoss } from '../accounting/index.ts';

/** How often an event is seen at least with the actor, and at most without (or the other way round). */
export type Rates = { readonly often: number; readonly rarely: number };

/** Beyond this no number of runs leads. */
const MOST = 1e3;

/**
 * The least loss, in the unit of `claimed` (ε at its δ, or ρ), that an algorithm has under which an event is at least so
 * frequent on one data set and at most so frequent on its neighbour; 0 where that tells nothing. The event and its
 * complement both count.
 */
export const lossLowerBound = (rates: Rates, claimed: PrivacyLoss): number => {
  switch (claimed.kind) {
    case 'pure':
      return epsilonLowerBound(rates, 0);
    case 'approximate':
      return epsilonLowerBound(rates, toNumber(claimed.delta));
    case 'zcdp':
      return rhoLowerBound(rates);
  }
};

/**
 * P(S) ≤ e^ε P′(S) + δ turned round: ε ≥ ln((P(S) − δ) / P′(S)), and the same for the complement of S (Jagielski, Ullman &
 * Oprea 2020; the region of Kairouz, Oh & Viswanath 2017).
 */
export const epsilonLowerBound = ({ often, rarely }: Rates, delta: number): number => {
  const ratio = (p: number, q: number): number => {
    if (p <= delta) return 0;
    return q <= 0 ? MOST : Math.min(MOST, Math.log((p - delta) / q));
  };
  return Math.max(0, ratio(often, rarely), ratio(1 - rarely, 1 - often));
};

/**
 * The least ρ of a zCDP algorithm: D_α ≤ ρ α for all α > 1 also holds of whether S happened, by post-processing (Bun &
 * Steinke 2016), so that ρ is at least the divergence of the two coins over α, whichever comes first; any α will do. What
 * a single event tells of Gaussian noise is less than all of it: about 2 / π of ρ for small ρ.
 */
export const rhoLowerBound = ({ often, rarely }: Rates): number => {
  if (often <= rarely) return 0;
  let best = 0;
  for (let power = -6; power <= 10; power += 0.25) {
    const order = 1 + 2 ** power;
    const most = Math.max(coins(often, rarely, order), coins(rarely, often, order));
    best = Math.max(best, most / order);
  }
  return Math.min(MOST, best);
};

/** Rényi's divergence of order α between Bernoulli(p) and Bernoulli(q). */
const coins = (p: number, q: number, order: number): number => {
  const term = (a: number, b: number): number =>
    a <= 0 ? Number.NEGATIVE_INFINITY : order * Math.log(a) + (1 - order) * Math.log(Math.max(b, 1e-300));
  const [yes, no] = [term(p, q), term(1 - p, 1 - q)];
  const most = Math.max(yes, no);
  return (most + Math.log(Math.exp(yes - most) + Math.exp(no - most))) / (order - 1);
};
