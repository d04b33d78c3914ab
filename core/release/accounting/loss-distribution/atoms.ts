import { toNumber } from '../../../math/rational.ts';
import type { LossEvent } from '../loss-event.ts';
import { gaussianMass, gaussianTotal, laplaceMass, MASS_ERROR } from '../noise.ts';
import { zcdpDelta } from '../concentrated.ts';
import { numberAbove } from '../odometer.ts';
import type { Atoms } from './loss-distribution.ts';

/** More losses than these are taken in blocks of neighbours, each at the greatest loss in it. */
const MOST_ATOMS = 2 ** 15;

/**
 * The losses of a pair that dominates one event; for noise on a vector, of one of its numbers: the whole is their
 * composition, `coordinates` times. Masses and losses are rounded up; at most `tail` of mass becomes infinite.
 *
 * That a number moved by its full sensitivity is the worst: both noises are log-concave, so that tests of the form
 * X ≥ t are the best for every shift and their power grows with it. Numbers that do not change cost nothing.
 */
export const atomsOf = (event: LossEvent, tail: number): Atoms => {
  switch (event.kind) {
    case 'discrete-laplace':
      return laplaceAtoms(event);
    case 'discrete-gaussian':
      return gaussianAtoms(event, tail);
    case 'pure':
      return randomisedResponse(numberAbove(event.epsilon), 0);
    case 'selection':
    case 'approximate':
      return randomisedResponse(numberAbove(event.epsilon), numberAbove(event.delta));
    case 'zcdp':
      return concentratedAtoms(numberAbove(event.rho), tail);
    case 'bounded-range':
      return boundedRangeAtoms(numberAbove(event.epsilon));
  }
};

/**
 * Any (ε, δ)-differentially private mechanism is dominated by randomised response that gives itself away with
 * probability δ (Kairouz, Oh & Viswanath 2017): losses ∞, ε, −ε with δ, (1 − δ) e^ε / (1 + e^ε), (1 − δ) / (1 + e^ε).
 */
const randomisedResponse = (epsilon: number, delta: number): Atoms =>
  atoms(
    [
      [epsilon, (1 - delta) / (1 + Math.exp(-epsilon))],
      [-epsilon, (1 - delta) / (1 + Math.exp(epsilon))],
    ],
    delta,
  );

/** P: X, Q: X + Δ. The loss at x is (|x − Δ| − |x|) / s: Δ / s up to 0, then (Δ − 2x) / s, and −Δ / s from Δ on. */
const laplaceAtoms = (event: Extract<LossEvent, { kind: 'discrete-laplace' }>): Atoms => {
  const s = toNumber(event.scale);
  const shift = toNumber(event.sensitivity);
  const found: Array<[number, number]> = [[shift / s, 1 / (1 + Math.exp(-1 / s))]];
  const size = Math.max(1, Math.ceil((shift - 1) / MOST_ATOMS));
  for (let x = 1; x < shift; x += size) {
    found.push([(shift - 2 * x) / s, laplaceMass(event.scale, x, Math.min(x + size, shift) - 1)]);
  }
  found.push([-shift / s, laplaceMass(event.scale, shift, Number.POSITIVE_INFINITY)]);
  return atoms(found, 0);
};

/** P: X, Q: X + Δ. The loss at x is ((x − Δ)² − x²) / (2 σ²) = Δ (Δ − 2x) / (2 σ²). */
const gaussianAtoms = (event: Extract<LossEvent, { kind: 'discrete-gaussian' }>, tail: number): Atoms => {
  const sigmaSquared = toNumber(event.sigmaSquared);
  const shift = toNumber(event.sensitivity);
  const total = gaussianTotal(sigmaSquared);
  // P(|X| > reach) ≤ 2 exp(−reach² / (2 σ²)) ≤ tail / 2: sub-Gaussian with σ² (Canonne, Kamath & Steinke 2020)
  const reach = Math.ceil(Math.sqrt(2 * sigmaSquared * Math.log(4 / tail))) + 1;
  const size = Math.max(1, Math.ceil((2 * reach + 1) / MOST_ATOMS));
  const found: Array<[number, number]> = [];
  for (let x = -reach; x <= reach; x += size) {
    const end = Math.min(x + size - 1, reach);
    found.push([(shift * (shift - 2 * x)) / (2 * sigmaSquared), gaussianMass(sigmaSquared, total, x, end)]);
  }
  found.push([(shift * (shift - 2 * reach)) / (2 * sigmaSquared), tail / 2]);
  return atoms(found, tail / 2);
};

/**
 * A ρ-zCDP mechanism has δ(ε) ≤ `zcdpDelta`(ρ, ε) both ways, at every ε. With α = e^ε, δ is convex in α, so the convex
 * hull of such bounds at some points is a bound as well, and the distribution whose δ is that hull has Q-mass where the
 * hull bends: the bend; P's is α times that (Doroshenko et al. 2022). For ε < 0, δ(ε) = 1 − e^ε (1 − δ(−ε)) by exchange
 * of P and Q. What rounding takes away at any of the points is measured afterwards and added to the infinite loss.
 */
const concentratedAtoms = (rho: number, tail: number): Atoms => {
  const POINTS = 512;
  // beyond: δ(ε) ≤ exp(−(ε − ρ)² / (4 ρ)) (Bun & Steinke 2016)
  const end = rho + 2 * Math.sqrt(rho * Math.log(1 / tail));
  const points = Array.from({ length: 2 * POINTS + 1 }, (_, i) => {
    const epsilon = (end * (i - POINTS)) / POINTS;
    const beyond = zcdpDelta(rho, Math.abs(epsilon));
    return { epsilon, alpha: Math.exp(epsilon), delta: epsilon >= 0 ? beyond : 1 - Math.exp(epsilon) * (1 - beyond) };
  });
  const hull: typeof points = [];
  for (const point of [{ epsilon: Number.NEGATIVE_INFINITY, alpha: 0, delta: 1 }, ...points]) {
    while (hull.length > 1 && slope(hull.at(-2), hull.at(-1)) >= slope(hull.at(-1), point)) hull.pop();
    hull.push(point);
  }
  const last = hull.at(-1)?.delta ?? 1;
  const found: Array<[number, number]> = [];
  for (let i = 1; i < hull.length; i++) {
    const after = i === hull.length - 1 ? 0 : slope(hull[i], hull[i + 1]);
    const bend = Math.max(0, after - slope(hull[i - 1], hull[i]));
    found.push([hull[i]?.epsilon ?? 0, bend * (hull[i]?.alpha ?? 0)]);
  }
  const reached = (epsilon: number): number =>
    found.reduce((sum, [loss, mass]) => (loss > epsilon ? sum - mass * Math.expm1(epsilon - loss) : sum), last);
  const lost = hull.slice(1).reduce((most, { epsilon, delta }) => Math.max(most, delta - reached(epsilon)), 0);
  const missing = 1 - last - found.reduce((sum, [, mass]) => sum + mass, 0);
  return atoms(found, Math.min(1, last + Math.max(lost, missing, 0) * (1 + MASS_ERROR) + MASS_ERROR * last));
};

/**
 * An ε-bounded-range choice has losses in t − ε…t for a t that the neighbours decide, hence δ(ε′) at most that of the
 * randomised response with losses t and t − ε (Dong, Durfee & Rogers 2020),
 *   (e^ε − e^t)(1 − e^(ε′ − t)) / (e^ε − 1), which is largest for t = (ε + ε′) / 2:
 *   δ(ε′) ≤ (e^(ε/2) − e^(ε′/2))² / (e^ε − 1) for −ε ≤ ε′ ≤ ε, whatever t is.
 * This is convex in α = e^ε′, 1 − α at the lower end and 0 at the upper, hence itself the δ of a pair, which dominates every
 * such choice and may be composed adaptively (Zhu, Dong & Wang 2022). Q's density is the second derivative by α, so that P has
 * e^(ε/2) e^(l/2) / (2 (e^ε − 1)) at loss l; it is the same with P and Q exchanged. Here in blocks of the loss, each at its
 * upper end.
 */
const boundedRangeAtoms = (epsilon: number): Atoms => {
  const BLOCKS = 2 ** 14;
  const width = (2 * epsilon) / BLOCKS;
  const unit = -Math.expm1(-width / 2) / -Math.expm1(-epsilon);
  return atoms(
    Array.from({ length: BLOCKS }, (_, i) => {
      const loss = epsilon - i * width; // upper end
      return [loss, unit * Math.exp((loss - epsilon) / 2)];
    }),
    0,
  );
};

type Point = { readonly alpha: number; readonly delta: number };
const slope = (a: Point | undefined, b: Point | undefined): number =>
  a === undefined || b === undefined ? 0 : (b.delta - a.delta) / (b.alpha - a.alpha);

/** Columns of pairs (loss, mass), losses raised above their rounding. */
const atoms = (pairs: ReadonlyArray<readonly [number, number]>, infinity: number): Atoms => ({
  loss: Float64Array.from(pairs, ([loss]) => loss + Math.abs(loss) * 2 ** -48),
  mass: Float64Array.from(pairs, ([, mass]) => mass),
  infinity,
});
