import { NightjarError } from '../../api/errors.ts';

/**
 * The least ε for which ρ-zCDP gives (ε, δ)-differential privacy by Canonne, Kamath & Steinke 2020: for every α > 1
 *   δ = exp((α − 1)(α ρ − ε)) / (α − 1) · (1 − 1/α)^α,
 * solved for ε and minimised over α. Every α gives a valid ε, so that the search can only lose tightness; rounded up.
 * ρ ≥ 0; infinite where δ is 0 and ρ is not. Throws `usage` where ρ or δ is out of range.
 */
export const zcdpEpsilon = (rho: number, delta: number): number => {
  requireRange(rho, delta);
  if (rho === 0) return 0;
  if (delta === 0) return Number.POSITIVE_INFINITY;
  const epsilonAt = (logOrder: number): number => {
    const a = Math.exp(logOrder); // α − 1
    // ln(1 − 1/α) = −ln(1 + 1/(α − 1)), without loss for large α
    return sumAbove(rho * (a + 1), -Math.log(delta) / a, -logOrder / a, (-(a + 1) * Math.log1p(1 / a)) / a);
  };
  return Math.max(0, smallestOf(epsilonAt));
};

/** The least δ for which ρ-zCDP gives (ε, δ)-differential privacy, by the same formula; rounded up, at most 1. */
export const zcdpDelta = (rho: number, epsilon: number): number => {
  requireRange(rho, 0);
  if (rho === 0) return 0;
  const logDeltaAt = (logOrder: number): number => {
    const a = Math.exp(logOrder);
    return sumAbove(a * (a + 1) * rho, -a * epsilon, -logOrder, -(a + 1) * Math.log1p(1 / a));
  };
  return Math.min(1, Math.exp(smallestOf(logDeltaAt)) * (1 + 2 ** -46) + 1e-300);
};

/** The sum, raised by more than its rounding and that of its terms. */
const sumAbove = (a: number, b: number, c: number, d: number): number =>
  a + b + c + d + (Math.abs(a) + Math.abs(b) + Math.abs(c) + Math.abs(d)) * 2 ** -46;

/** The smallest value found of f over ln(α − 1): a grid, then golden sections around its best point. */
const smallestOf = (f: (logOrder: number) => number): number => {
  const [from, to, step] = [-30, 30, 0.5];
  let at = from;
  for (let x = from; x <= to; x += step) if (f(x) < f(at)) at = x;
  let [low, high] = [at - step, at + step];
  const ratio = (Math.sqrt(5) - 1) / 2;
  for (let i = 0; i < 45; i++) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (f(left) < f(right)) high = right;
    else low = left;
  }
  return Math.min(f(at), f((low + high) / 2));
};

const requireRange = (rho: number, delta: number): void => {
  if (rho >= 0 && Number.isFinite(rho) && delta >= 0 && delta < 1) return;
  throw new NightjarError('usage', 'A privacy parameter is out of range.', {
    next: 'Give a rho from 0 up and a delta from 0 up and below 1.',
  });
};
