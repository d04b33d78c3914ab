import { classesOf, sumOverClasses, type SizeTable } from './class-sizes.ts';

/**
 * Estimated number of uniques in the population of which `fraction` was drawn, under the slide negative binomial model (Chen
 * & Keller-McNulty 1998): class sizes of the population are F = 1 + X, X negative binomial with P(X = 0) = β^α, and each
 * member is drawn with probability π. With D = 1 − (1 − π)(1 − β) a class shows
 * one member with probability p₁ = π (β / D)^α (1 + α (1 − π)(1 − β) / D) and two with
 * p₂ = π² α (1 − β) β^α (2 − (1 − α)(1 − π)(1 − β)) / (2 D^(α + 2)), both from the generating function w (β / (1 − (1 − β) w))^α
 * at w = 1 − π + π z. α and β solve K p₁ = s₁ and K p₂ = s₂ for the classes of one and two in the sample and K of
 * `populationClasses`; the answer is K β^α. Null where there are no classes of one or of two, or no such α and β.
 *
 * ARX's ModelSNB multiplies by D^(α + 2) in p₂, where the formula divides: its numbers differ.
 */
export const slideNegativeBinomialUniques = (table: SizeTable, fraction: number): number | null => {
  const [ones, twos] = [classesOf(table, 1), classesOf(table, 2)];
  if (ones === 0 || twos === 0) return null;
  const classes = populationClasses(table, fraction);
  const excess = (beta: number): number =>
    classes * oneShown(alphaFor(beta, twos / ones, fraction), beta, fraction) - ones;
  // For β near 0 no class has one member, so that the excess is negative; a root is where it first is not.
  let [low, high] = [EDGE, 1 - EDGE];
  if (!(excess(low) < 0) || !(excess(high) > 0)) return null;
  while (high - low > TOLERANCE * high) {
    const middle = (low + high) / 2;
    if (excess(middle) < 0) low = middle;
    else high = middle;
  }
  const beta = (low + high) / 2;
  return classes * beta ** alphaFor(beta, twos / ones, fraction);
};

const EDGE = 1e-9;
const TOLERANCE = 1e-12;

/** p₁, as above. */
const oneShown = (alpha: number, beta: number, fraction: number): number => {
  const hidden = (1 - fraction) * (1 - beta);
  const shown = 1 - hidden;
  return fraction * (beta / shown) ** alpha * (1 + (alpha * hidden) / shown);
};

/**
 * The α at which p₂ / p₁ is this ratio: the positive root of a quadratic, as
 * p₂ / p₁ = π (1 − β) α (2 D + (α + 1) d) / (2 D (D + α d)), d = 1 − D, which rises with α.
 */
const alphaFor = (beta: number, ratio: number, fraction: number): number => {
  const hidden = (1 - fraction) * (1 - beta);
  const shown = 1 - hidden;
  const first = fraction * (1 - beta);
  const a = first * hidden;
  const b = first * (2 * shown + hidden) - 2 * shown * ratio * hidden;
  const c = 2 * shown * shown * ratio;
  const root = Math.sqrt(b * b + 4 * a * c);
  return b > 0 ? (2 * c) / (b + root) : (root - b) / (2 * a); // the one of two equal forms that loses no digits
};

/**
 * Estimated number of classes in the population: the modified Shlosser estimator (Haas & Stokes 1998), u + s₁ · Σ i π² (1 − π²)^(i−1) sᵢ / Σ (1 − π)^i ((1 + π)^i − 1) sᵢ · (Σ (1 − π)^i sᵢ / Σ i π (1 − π)^(i−1) sᵢ)².
 */
const populationClasses = (table: SizeTable, p: number): number => {
  const q = 1 - p;
  const paired = sumOverClasses(table, (i) => i * p * p * (1 - p * p) ** (i - 1));
  const grown = sumOverClasses(table, (i) => (1 - p * p) ** i - q ** i); // (1 − π)^i (1 + π)^i = (1 − π²)^i
  const missed = sumOverClasses(table, (i) => q ** i);
  const single = sumOverClasses(table, (i) => i * p * q ** (i - 1));
  return table.classCount + classesOf(table, 1) * (paired / grown) * (missed / single) ** 2;
};
