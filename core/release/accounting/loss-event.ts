import { NightjarError } from '../../api/errors.ts';
import { compareRational, multiplyRational, rational, type Rational } from '../../math/rational.ts';

/**
 * What one actor can change in a released vector of integers, by contribution bounding: at most `coordinates` of its
 * numbers (L0, the groups one actor may touch), each by at most `sensitivity` steps of the grid (L∞, a whole number).
 * Its L1 sensitivity is coordinates × sensitivity, its squared L2 sensitivity coordinates × sensitivity².
 */
export type Reach = { readonly coordinates: number; readonly sensitivity: Rational };

/** Independent discrete Laplace noise, P(x) ∝ exp(−|x| / scale), on each number of the vector. */
export type DiscreteLaplaceEvent = Reach & { readonly kind: 'discrete-laplace'; readonly scale: Rational };

/** Independent discrete Gaussian noise, P(x) ∝ exp(−x² / (2 σ²)), on each number of the vector. */
export type DiscreteGaussianEvent = Reach & { readonly kind: 'discrete-gaussian'; readonly sigmaSquared: Rational };

/** Choice of keys out of an unknown set, (ε, δ)-differentially private; ε is 0 for a threshold on noised counts. */
export type SelectionEvent = { readonly kind: 'selection'; readonly epsilon: Rational; readonly delta: Rational };

/** Any ε-differentially private mechanism. */
export type PureEvent = { readonly kind: 'pure'; readonly epsilon: Rational };

/** Any (ε, δ)-differentially private mechanism. */
export type ApproximateEvent = { readonly kind: 'approximate'; readonly epsilon: Rational; readonly delta: Rational };

/** Any ρ-zCDP mechanism (Bun & Steinke 2016). */
export type ConcentratedEvent = { readonly kind: 'zcdp'; readonly rho: Rational };

/**
 * `choices` runs, one after the other, of mechanisms that are each ε-bounded-range, as choices by the exponential mechanism
 * are: between neighbours x, x′ the privacy losses ln P(M(x) = y) / P(M(x′) = y) of any two outcomes y differ by at most ε
 * (Durfee & Rogers 2019). Each is ε-differentially private, and ε² / 8-zCDP (Cesar & Rogers 2021).
 */
export type BoundedRangeEvent = {
  readonly kind: 'bounded-range';
  /** Of one choice. */
  readonly epsilon: Rational;
  /** How many one actor can influence. */
  readonly choices: number;
};

/**
 * One run of a mechanism, as the ledger keeps it: enough to account for it by every rule. A release that runs several
 * mechanisms (two aggregates, or keys and their counts) is as many events.
 */
export type LossEvent =
  | DiscreteLaplaceEvent
  | DiscreteGaussianEvent
  | SelectionEvent
  | PureEvent
  | ApproximateEvent
  | ConcentratedEvent
  | BoundedRangeEvent;

/** Throws `usage` where an event is none: bounds that are not whole and positive, noise or losses out of range. */
export const requireLossEvent = (event: LossEvent): void => {
  switch (event.kind) {
    case 'discrete-laplace':
      requireReach(event);
      return requirePositive(event.scale, 'scale');
    case 'discrete-gaussian':
      requireReach(event);
      return requirePositive(event.sigmaSquared, 'sigmaSquared');
    case 'selection':
    case 'approximate':
      requireNotNegative(event.epsilon, 'epsilon');
      return requireDelta(event.delta);
    case 'pure':
      return requireNotNegative(event.epsilon, 'epsilon');
    case 'zcdp':
      return requireNotNegative(event.rho, 'rho');
    case 'bounded-range':
      if (!Number.isSafeInteger(event.choices) || event.choices < 1) throw wrong('choices', 'a whole number from 1 up');
      return requireNotNegative(event.epsilon, 'epsilon');
  }
};

/** Most that one actor changes the vector by in L1: coordinates × sensitivity. */
export const l1Sensitivity = (reach: Reach): Rational =>
  multiplyRational(rational(reach.coordinates), reach.sensitivity);

/** The square of the most that one actor changes the vector by in L2: coordinates × sensitivity². */
export const l2SensitivitySquared = (reach: Reach): Rational =>
  multiplyRational(l1Sensitivity(reach), reach.sensitivity);

const ZERO = rational(0);

/** Throws `usage` where a contribution bound is missing, not whole, or below 1. */
export const requireReach = (reach: Reach): void => {
  if (!Number.isSafeInteger(reach.coordinates) || reach.coordinates < 1) {
    throw wrong('coordinates', 'a whole number from 1 up');
  }
  const { numerator, denominator } = reach.sensitivity;
  if (denominator !== 1n || numerator < 1n) throw wrong('sensitivity', 'a whole number of grid steps from 1 up');
};

/** Throws `usage` where δ is not in [0, 1). */
export const requireDelta = (delta: Rational): void => {
  requireNotNegative(delta, 'delta');
  if (compareRational(delta, rational(1)) >= 0) throw wrong('delta', 'a number from 0 up and below 1');
};

/** Throws `usage` where a parameter is not above 0. */
export const requirePositive = (value: Rational, where: string): void => {
  if (compareRational(value, ZERO) <= 0) throw wrong(where, 'a number above 0');
};

const requireNotNegative = (value: Rational, where: string): void => {
  if (compareRational(value, ZERO) < 0) throw wrong(where, 'a number from 0 up');
};

const wrong = (where: string, next: string): NightjarError =>
  new NightjarError('usage', 'A privacy parameter is out of range.', { where, next: `Give ${next}.` });
