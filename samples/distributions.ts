import type { Random } from '../core/random/index.ts';

/**
 * Distributions as quantile tables, built with + − × ÷ and √ only: IEEE 754 fixes these to the last bit,
 * while `Math.exp` and `Math.log` may differ between engines, and a log must be the same everywhere.
 */
export type Quantiles = Float64Array;

const TABLE_BITS = 12;
const CELLS = 1 << TABLE_BITS;
const LOW_BITS = 32 - TABLE_BITS;

/** A draw from a quantile table: linear between its nodes. */
export const draw = (quantiles: Quantiles, random: Random): number => {
  const bits = random.uint32();
  const cell = bits >>> LOW_BITS;
  const fraction = (bits & ((1 << LOW_BITS) - 1)) / (1 << LOW_BITS);
  const low = quantiles[cell] ?? 0;
  return low + ((quantiles[cell + 1] ?? low) - low) * fraction;
};

/** Log-normal with this median and log-scale `sigma`, cut off outside its central 99.98 %. */
export const logNormal = (median: number, sigma: number): Quantiles =>
  Float64Array.from({ length: CELLS + 1 }, (_, i) => median * exp(sigma * normalQuantile((i + 0.5) / (CELLS + 1))));

/** Normal, cut off as above. */
export const normal = (mean: number, deviation: number): Quantiles =>
  Float64Array.from({ length: CELLS + 1 }, (_, i) => mean + deviation * normalQuantile((i + 0.5) / (CELLS + 1)));

/** Zipf-like with exponent 1 over [1, n]: the log of the rank is uniform. */
export const logUniform = (n: number): Quantiles => {
  const top = ln(n);
  return Float64Array.from({ length: CELLS + 1 }, (_, i) => exp((top * i) / CELLS));
};

/** Piecewise uniform: `weights[i]` is the mass of [i, i + 1) × `width`. */
export const histogram = (weights: readonly number[], width: number): Quantiles => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let bin = 0;
  let below = 0;
  return Float64Array.from({ length: CELLS + 1 }, (_, i) => {
    const wanted = (i / CELLS) * total;
    while (bin < weights.length - 1 && below + (weights[bin] ?? 0) < wanted) {
      below += weights[bin] ?? 0;
      bin++;
    }
    const mass = weights[bin] ?? 0;
    return (bin + (mass > 0 ? Math.min(1, (wanted - below) / mass) : 0)) * width;
  });
};

const LN2 = 0.6931471805599453;

/** e^x by Taylor series on the remainder of x / ln 2; good to 1e-15, for |x| < 700. */
export const exp = (x: number): number => {
  const power = Math.round(x / LN2);
  const rest = x - power * LN2;
  let term = 1;
  let sum = 1;
  for (let n = 1; n < 20; n++) {
    term = (term * rest) / n;
    sum += term;
  }
  for (let n = 0; n < Math.abs(power); n++) sum = power > 0 ? sum * 2 : sum / 2;
  return sum;
};

/** Natural logarithm by the series of 2 artanh((x − 1)/(x + 1)) on [1, 2); good to 1e-15, for x > 0. */
export const ln = (x: number): number => {
  let mantissa = x;
  let power = 0;
  for (; mantissa >= 2; power++) mantissa /= 2;
  for (; mantissa < 1; power--) mantissa *= 2;
  const ratio = (mantissa - 1) / (mantissa + 1);
  let term = ratio;
  let sum = 0;
  for (let n = 1; n < 40; n += 2) {
    sum += term / n;
    term *= ratio * ratio;
  }
  return 2 * sum + power * LN2;
};

/** Standard normal quantile: Wichura (1988), algorithm AS 241, PPND7, about 7 decimal digits. */
export const normalQuantile = (p: number): number => {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (
      (q * (((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)) /
      (((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1)
    );
  }
  const tail = Math.sqrt(-ln(q < 0 ? p : 1 - p));
  const r = tail - (tail <= 5 ? 1.6 : 5);
  const size =
    tail <= 5
      ? (((0.17023821103 * r + 1.3067284816) * r + 2.75681539) * r + 1.4234372777) /
        ((0.12021132975 * r + 0.7370016425) * r + 1)
      : (((0.017337203997 * r + 0.42868294337) * r + 3.081226386) * r + 6.657905115) /
        ((0.012258202635 * r + 0.24197894225) * r + 1);
  return q < 0 ? -size : size;
};
