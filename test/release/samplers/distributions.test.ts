import { describe, expect, it } from 'vitest';
import { multiplyRational, parseRational, type Rational } from '../../../core/math/rational.ts';
import { type SecureRandom, systemRandom } from '../../../core/random/index.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import {
  bernoulli,
  bernoulliExp,
  discreteGaussianSampler,
  discreteLaplaceSampler,
  fillNoise,
  geometricSampler,
  type Sampler,
  truncatedDiscreteLaplaceSampler,
} from '../../../core/release/samplers/index.ts';
import { doubledZero, roundedLaplace, truncatedTail, wrongLogarithm } from '../support/faulty-noise.ts';
import { chiSquareChance, countBins, kolmogorovDistance, kolmogorovLimit, signedShares } from '../support/goodness.ts';
import { seededSecureRandom } from '../support/seeded-secure-random.ts';
import { golden, type GoldenCase } from './golden.ts';

// Draws of the operating system's generator: each test of a right sampler fails with probability 1e-8, all together with
// less than 1e-6. Draws that must be rejected are seeded; the power against them is in the golden file, above 0.9995.
const { falseAlarm, kolmogorovDraws, cases } = golden;

const samplerOf = (each: GoldenCase, random: SecureRandom, factor: Rational = parseRational('1')): Sampler => {
  const source = createNoiseSource(random);
  const parameter = parseRational(each.parameter);
  const scale = multiplyRational(parameter, factor);
  if (each.kind === 'laplace') return discreteLaplaceSampler(scale, source);
  if (each.kind === 'geometric') return geometricSampler(scale, source);
  if (each.kind === 'truncated') return truncatedDiscreteLaplaceSampler(scale, each.bound ?? 0, source);
  return discreteGaussianSampler(multiplyRational(scale, factor), source);
};

const chiSquareOf = (each: GoldenCase, draws: Float64Array): number => {
  const edges = each.edges.map(Number);
  const twoSided = each.kind !== 'geometric';
  return chiSquareChance(countBins(draws, edges, twoSided), signedShares(each.shares, edges, twoSided));
};

const isKolmogorovFar = (each: GoldenCase, draws: Float64Array): boolean =>
  kolmogorovDistance(draws, each.edges.map(Number), each.shares) > kolmogorovLimit(draws.length, falseAlarm);

/** Neighbouring bins of |x| joined until each holds a fifth of the draws, the last at least a twentieth. */
const widePartition = ({ edges, shares }: GoldenCase): { readonly cuts: number[]; readonly bins: number[] } => {
  const cuts: number[] = [];
  const bins: number[] = [];
  let [bin, left] = [0, 1];
  for (const [at, edge] of edges.entries()) {
    bin += shares[at] ?? 0;
    if (bin < 0.2 || left - bin < 0.05) continue;
    cuts.push(Number(edge));
    bins.push(bin);
    left -= bin;
    bin = 0;
  }
  return { cuts, bins: [...bins, left] };
};

const drawsOf = (sampler: Sampler, n: number): Float64Array => fillNoise(sampler, new Float64Array(n));

describe.each(cases)('$kind noise of $parameter', (each) => {
  const draws = drawsOf(samplerOf(each, systemRandom), kolmogorovDraws);

  it('has the exact distribution', () => {
    expect(draws.every((x) => Number.isSafeInteger(x) && !Object.is(x, -0))).toBe(true);
    expect(chiSquareOf(each, draws)).toBeGreaterThan(falseAlarm);
    expect(isKolmogorovFar(each, draws)).toBe(false);
  });

  it('is independent from draw to draw', () => {
    // Where one draw lies among the bins of |x|, and the next: the product of the shares.
    const { cuts, bins } = widePartition(each);
    const cellShares = bins.flatMap((a) => bins.map((b) => a * b));
    expect(Math.min(...cellShares) * (draws.length / 2)).toBeGreaterThan(400); // else the chance below is no chi-square's
    const binOf = (x: number): number => cuts.filter((cut) => Math.abs(x) > cut).length;
    const cells = new Float64Array(cellShares.length);
    for (let i = 0; i + 1 < draws.length; i += 2) {
      const cell = binOf(draws[i] ?? 0) * bins.length + binOf(draws[i + 1] ?? 0);
      cells[cell] = (cells[cell] ?? 0) + 1;
    }
    expect(chiSquareChance(cells, cellShares)).toBeGreaterThan(falseAlarm);
  });

  it.each(['0.97', '1.03'])('would be rejected with its scale × %s', (factor) => {
    expect(Math.min(each.power[factor] ?? 0, each.kolmogorovPower[factor] ?? 0)).toBeGreaterThan(0.9995);
    const wrong = samplerOf(each, seededSecureRandom(`${each.parameter} ${factor}`), parseRational(factor));
    const off = drawsOf(wrong, kolmogorovDraws);
    expect(chiSquareOf(each, off.subarray(0, each.n))).toBeLessThan(falseAlarm);
    expect(isKolmogorovFar(each, off)).toBe(true);
  });
});

describe('truncated noise', () => {
  it('reaches its bounds, and nothing beyond', () => {
    // Scale 5 within −1…1: P(0) = 1 / (1 + 2 e^−0.2).
    const draw = truncatedDiscreteLaplaceSampler(parseRational('5'), 1, createNoiseSource(systemRandom));
    const counts = [0, 0, 0];
    for (let i = 0; i < 200_000; i++) {
      const at = draw() + 1;
      counts[at] = (counts[at] ?? 0) + 1;
    }
    expect(counts).toHaveLength(3);
    const edge = Math.exp(-0.2) / (1 + 2 * Math.exp(-0.2));
    expect(chiSquareChance(counts, [edge, 1 - 2 * edge, edge])).toBeGreaterThan(falseAlarm);
  });
});

describe('known faults', () => {
  const ten = cases.find((each) => each.kind === 'laplace' && each.parameter === '10/1');
  const one = cases.find((each) => each.kind === 'laplace' && each.parameter === '1/1');
  const isRejected = (each: GoldenCase | undefined, sampler: Sampler): boolean =>
    each !== undefined && chiSquareOf(each, drawsOf(sampler, each.n)) < falseAlarm;
  const random = seededSecureRandom('faults');
  const source = createNoiseSource(random);

  it('are rejected: the wrong logarithm', () => {
    expect(isRejected(ten, wrongLogarithm(10, random))).toBe(true);
  });

  it('are rejected: continuous noise that is rounded', () => {
    expect(isRejected(one, roundedLaplace(1, random))).toBe(true);
  });

  it('are rejected: a tail cut at six scales', () => {
    expect(isRejected(ten, truncatedTail(discreteLaplaceSampler(parseRational('10'), source), 60))).toBe(true);
  });

  it('are rejected: zero with two signs', () => {
    const magnitude = geometricSampler(parseRational('10'), source);
    expect(
      isRejected(
        ten,
        doubledZero(magnitude, () => source.below(2)),
      ),
    ).toBe(true);
  });

  it('while the right sampler passes on the same bytes', () => {
    expect(isRejected(ten, discreteLaplaceSampler(parseRational('10'), source))).toBe(false);
    expect(isRejected(one, discreteLaplaceSampler(parseRational('1'), source))).toBe(false);
  });
});

describe('bernoulli and bernoulliExp', () => {
  /** Chi-square with one degree of freedom. */
  const chanceOf = (hits: number, n: number, p: number): number => chiSquareChance([hits, n - hits], [p, 1 - p]);
  const source = createNoiseSource(systemRandom);
  const n = 300_000;
  const hitsOf = (draw: () => boolean): number => {
    let hits = 0;
    for (let i = 0; i < n; i++) if (draw()) hits++;
    return hits;
  };

  it.each(golden.bernoulliExp)('hold with probability exp(−%s)', (gamma, probability) => {
    const exponent = parseRational(gamma);
    expect(
      chanceOf(
        hitsOf(() => bernoulliExp(exponent, source)),
        n,
        probability,
      ),
    ).toBeGreaterThan(falseAlarm);
  });

  it.each(['1/3', '12345/99999', '1/1000', '30000000000000000001/40000000000000000000'])(
    'hold with probability %s',
    (text) => {
      const p = parseRational(text);
      const expected = Number(p.numerator) / Number(p.denominator);
      expect(
        chanceOf(
          hitsOf(() => bernoulli(p, source)),
          n,
          expected,
        ),
      ).toBeGreaterThan(falseAlarm);
    },
  );

  it('hold always or never at the ends', () => {
    for (let i = 0; i < 1000; i++) {
      expect(bernoulli(parseRational('1'), source)).toBe(true);
      expect(bernoulli(parseRational('0'), source)).toBe(false);
      expect(bernoulliExp(parseRational('0'), source)).toBe(true);
    }
  });

  it('refuse what is no probability and no exponent', () => {
    for (const text of ['-1/2', '3/2']) {
      expect(() => bernoulli(parseRational(text), source)).toThrow(expect.objectContaining({ code: 'internal' }));
    }
    expect(() => bernoulliExp(parseRational('-1'), source)).toThrow(expect.objectContaining({ code: 'internal' }));
  });
});
