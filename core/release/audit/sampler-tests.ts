import { chiSquareBelow } from '../../math/index.ts';
import { formatRational, rational, toNumber, type Rational } from '../../math/rational.ts';
import type { NoiseSource } from '../../random/noise-source.ts';
import { halfWidth, twoSidedTail, type Noise } from '../accounting/index.ts';
import type { NoisedStatistic } from '../mechanisms/index.ts';
import {
  discreteGaussianSampler,
  discreteLaplaceSampler,
  truncatedDiscreteLaplaceSampler,
  type Sampler,
} from '../samplers/index.ts';

/** Pearson's chi-square of draws against the exact probabilities. */
export type SamplerTest = {
  /** Distribution and parameters, in words. */
  readonly noise: string;
  readonly draws: number;
  readonly bins: number;
  /** Probability of a statistic as large or larger from an exact sampler. */
  readonly pValue: number;
};

type AnyNoise = NoisedStatistic['noise'];
/** Makes the sampler of a noise; tests hand in faulty ones. */
export type MakeSampler = (noise: AnyNoise, source: NoiseSource) => Sampler;

/** Draws of each kind: a scale 3 % off is found with a p-value below 1e-6 nearly always. */
const SAMPLER_DRAWS = 300_000;

/** The samplers that a release draws from, one test per distribution. */
export const testSamplers = (
  noises: readonly AnyNoise[],
  source: NoiseSource,
  make: MakeSampler = samplerOf,
): readonly SamplerTest[] => {
  const different = new Map([...noises, ...ALWAYS].map((noise) => [nameOf(noise), noise]));
  return [...different].map(([name, noise]) => testOne(name, noise, make(noise, source)));
};

/** Tested whatever a release needs. */
const ALWAYS: readonly AnyNoise[] = [
  { kind: 'discrete-laplace', scale: rational(1) },
  { kind: 'discrete-gaussian', sigmaSquared: rational(7, 2) },
];

const samplerOf: MakeSampler = (noise, source) => {
  switch (noise.kind) {
    case 'discrete-laplace':
      return discreteLaplaceSampler(noise.scale, source);
    case 'discrete-gaussian':
      return discreteGaussianSampler(noise.sigmaSquared, source);
    case 'truncated-laplace':
      return truncatedDiscreteLaplaceSampler(noise.scale, noise.bound, source);
  }
};

const testOne = (noise: string, of: AnyNoise, draw: Sampler): SamplerTest => {
  const { edges, shares } = binsOf(of);
  const counts = new Float64Array(shares.length);
  for (let i = 0; i < SAMPLER_DRAWS; i++) counts[binOf(edges, draw())]!++; // hot: there is a bin for every integer
  let statistic = 0;
  shares.forEach((share, bin) => {
    const expected = share * SAMPLER_DRAWS;
    statistic += ((counts[bin] ?? 0) - expected) ** 2 / expected;
  });
  return {
    noise,
    draws: SAMPLER_DRAWS,
    bins: shares.length,
    pValue: 1 - chiSquareBelow(shares.length - 1, statistic),
  };
};

/** Bin of x: 0 for |x| ≤ edges[0], then by size, negative and positive apart, and two for what lies beyond. */
const binOf = (edges: readonly number[], x: number): number => {
  const size = Math.abs(x);
  let bin = 0;
  while (bin < edges.length && size > edges[bin]!) bin++; // hot: bin is inside
  return bin === 0 ? 0 : 2 * bin - (x < 0 ? 1 : 0);
};

/** Levels whose quantiles of |x| are the edges: about equal shares, and two bins in the tail. */
const LEVELS = [0.92, 0.84, 0.76, 0.68, 0.6, 0.52, 0.44, 0.36, 0.28, 0.2, 0.12, 0.05, 0.01];

const binsOf = (of: AnyNoise): { readonly edges: readonly number[]; readonly shares: readonly number[] } => {
  const noise: Noise = of.kind === 'truncated-laplace' ? { kind: 'discrete-laplace', scale: of.scale } : of;
  const bound = of.kind === 'truncated-laplace' ? of.bound : Number.POSITIVE_INFINITY;
  const beyond = bound === Number.POSITIVE_INFINITY ? 0 : twoSidedTail(noise, bound + 1);
  const tail = (w: number): number => (w >= bound ? 0 : (twoSidedTail(noise, w + 1) - beyond) / (1 - beyond));
  const widths = LEVELS.map((alpha) => halfWidth(noise, alpha)).filter((w) => tail(w) * SAMPLER_DRAWS > 20);
  const edges = [...new Set(widths)];
  const tails = edges.map(tail);
  const shares = [1 - (tails[0] ?? 0)];
  tails.forEach((mass, i) => {
    const half = (mass - (tails[i + 1] ?? 0)) / 2;
    shares.push(half, half);
  });
  return { edges, shares };
};

const nameOf = (noise: AnyNoise): string => {
  switch (noise.kind) {
    case 'discrete-laplace':
      return `discrete Laplace, scale ${short(noise.scale)}`;
    case 'discrete-gaussian':
      return `discrete Gaussian, variance ${short(noise.sigmaSquared)}`;
    case 'truncated-laplace':
      return `discrete Laplace of scale ${short(noise.scale)} within ±${noise.bound}`;
  }
};

const short = (x: Rational): string => {
  const exact = formatRational(x);
  return exact.length <= 12 ? exact : String(Number(toNumber(x).toPrecision(6)));
};
