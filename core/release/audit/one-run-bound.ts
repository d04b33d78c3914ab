import { binomialMass, binomialTail } from './binomial.ts';

/** What an auditor guessed of canaries that were each included with probability 1/2, independently. */
export type Guesses = {
  /** Canaries there were. */
  readonly canaries: number;
  /** Guesses made, fixed beforehand; of the rest nothing was said. */
  readonly made: number;
  readonly right: number;
};

/**
 * The probability, at most, with which an (ε, δ)-differentially private algorithm lets anybody guess as many canaries right
 * or more, all of them in one run: P(B ≥ v) + 2 m δ max over i of P(v − i ≤ B < v) / i with B ~ Binomial(r, e^ε / (1 + e^ε))
 * (Steinke, Nasr & Jagielski 2023: the p-value their paper gives for m canaries, r guesses and v right ones).
 */
export const guessesChance = ({ canaries, made, right }: Guesses, epsilon: number, delta: number): number => {
  const q = 1 / (1 + Math.exp(-epsilon));
  const chance = binomialTail(made, right, q);
  if (delta === 0) return chance;
  let [sum, most] = [0, 0];
  for (let i = 1; i <= right; i++) {
    sum += binomialMass(made, right - i, q);
    most = Math.max(most, sum / i);
  }
  return Math.min(1, chance + 2 * canaries * delta * most);
};

/** The largest ε, rounded down, that the guesses refute at level `alpha`: a lower bound of the true one. 0 where none is. */
export const oneRunEpsilon = (guesses: Guesses, delta: number, alpha: number): number => {
  const isRefuted = (epsilon: number): boolean => guessesChance(guesses, epsilon, delta) <= alpha;
  if (guesses.made === 0 || !isRefuted(0)) return 0;
  let [low, high] = [0, 1];
  for (; high < 64 && isRefuted(high); high *= 2) low = high;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (isRefuted(middle)) low = middle;
    else high = middle;
  }
  return low * (1 - 1e-9);
};
