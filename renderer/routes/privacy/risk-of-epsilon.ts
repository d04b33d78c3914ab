/**
 * The most of those who are in the data that any test of the answer finds, where it is wrong about a share `wrong` of those
 * who are not: (ε, δ)-differential privacy bounds both errors, wrong + e^ε missed ≥ 1 − δ and e^ε wrong + missed ≥ 1 − δ
 * (Kairouz, Oh & Viswanath 2017, eq. 2 and its mirror image). Shares, 0–1.
 */
export const mostFound = (epsilon: number, delta: number, wrong: number): number =>
  Math.min(1, Math.exp(epsilon) * wrong + delta, 1 - Math.exp(-epsilon) * (1 - delta - wrong));

const WRONG = 0.05;

/** What a cost means for one actor, as a sentence. */
export const riskWords = (epsilon: number, delta: number): string =>
  `Whoever guesses from the answer whether a given actor is in the data, and is wrong about ${percent(WRONG)} of those ` +
  `who are not, finds at most ${percent(mostFound(epsilon, delta, WRONG))} of those who are. ` +
  `Without the answer it would be ${percent(WRONG)}.`;

/** Rounded up: what is said to be the most is never less than it is. */
const percent = (share: number): string => `${Math.ceil(1000 * share - 1e-9) / 10} %`;
