import { readFileSync } from 'node:fs';

/** One distribution: exact shares of |x| in bins, and draws that suffice to reject a scale that is 3 % off. */
export type GoldenCase = {
  readonly kind: 'laplace' | 'geometric' | 'truncated' | 'gaussian';
  /** Scale, or σ² of the Gaussian, as `n/d`. */
  readonly parameter: string;
  readonly bound?: number;
  readonly n: number;
  readonly edges: readonly string[];
  readonly shares: readonly number[];
  readonly power: Readonly<Record<string, number>>;
  readonly kolmogorovPower: Readonly<Record<string, number>>;
};

export type Golden = {
  readonly falseAlarm: number;
  readonly kolmogorovDraws: number;
  readonly cases: readonly GoldenCase[];
  readonly bernoulliExp: readonly (readonly [gamma: string, probability: number])[];
};

const file = new URL('../../golden/release-samplers.json', import.meta.url);
/** Made by test/golden/release-samplers.py with mpmath and SciPy. */
export const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden; // boundary: a file of our own
