import type { Rational } from '../../math/rational.ts';

/** low ≤ x · 2^bits ≤ high. */
export type FixedBounds = { readonly low: bigint; readonly high: bigint };

/**
 * Integer bounds of exp(−x) · 2^bits for a rational x ≥ 0. They hold for every x and close in on the value as `bits` grows.
 *
 * x is halved until it is at most 1/2, its exponential summed as a power series in integers, and the bounds squared back,
 * the lower one rounded down, the upper one up. In units of 2^−work a term is rounded down by e with
 * e ≤ e′ / 2 + 2, e′ that of the term before (e′ x / k, the rounding of x, the rounding of the term), hence e ≤ 4; the series
 * alternates, so what follows the last term is at most that term's bound, 4. `slack` is the sum of all these.
 */
export const expBounds = (x: Rational, bits: number): FixedBounds => {
  let halvings = 0n;
  while (2n * x.numerator > x.denominator << halvings) halvings++;
  const guard = 16n + halvings + BigInt(Math.ceil(Math.log2(bits + 2)));
  const work = BigInt(bits) + guard;
  const one = 1n << work;
  const small = (x.numerator << work) / (x.denominator << halvings);
  let sum = one;
  let slack = 4n;
  let k = 1n;
  for (let term = (one * small) >> work; ; term = (term * small) / (k << work)) {
    slack += 4n;
    if (term === 0n) break;
    sum += k % 2n === 1n ? -term : term;
    k++;
  }
  let low = sum > slack ? sum - slack : 0n;
  let high = sum + slack < one ? sum + slack : one;
  for (let i = 0n; i < halvings; i++) {
    low = (low * low) >> work;
    high = ceilShift(high * high, work);
  }
  return { low: low >> guard, high: ceilShift(high, guard) };
};

const ceilShift = (x: bigint, shift: bigint): bigint => -(-x >> shift);
