import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRational, rational } from '../../../core/math/rational.ts';
import { systemRandom } from '../../../core/random/index.ts';
import { createNoiseSource, type NoiseSource } from '../../../core/random/noise-source.ts';
import { bernoulliExpBig, bernoulliExpSmall } from '../../../core/release/samplers/bernoulli-exp.ts';
import { EXACT_ROOT, keepBig, keepWith, reducedExponent } from '../../../core/release/samplers/discrete-gaussian.ts';
import { geometricBig, geometricSmall } from '../../../core/release/samplers/geometric.ts';
import {
  discreteGaussianSampler,
  discreteLaplaceSampler,
  geometricSampler,
  MAX_NOISE,
  truncatedDiscreteLaplaceSampler,
} from '../../../core/release/samplers/index.ts';
import { saturated } from '../../../core/release/samplers/sampler.ts';
import { floatingLaplace } from '../support/faulty-noise.ts';
import { scriptedSecureRandom } from '../support/scripted-secure-random.ts';
import { seededSecureRandom } from '../support/seeded-secure-random.ts';

/** Of any size up to 2^53 − 1, and often close to its ends. */
const whole = fc.oneof(
  fc.integer({ min: 1, max: 100 }),
  fc.integer({ min: 1, max: 2 ** 30 }),
  fc.maxSafeNat().map((n) => Math.max(n, 1)),
  fc.nat(1000).map((n) => Number.MAX_SAFE_INTEGER - n),
);

/** Both answer the same, and have then taken the same bits. */
const sameBits = <T>(
  seed: number,
  small: (source: NoiseSource) => T,
  big: (source: NoiseSource) => T,
  times: number,
): boolean => {
  const [one, other] = [createNoiseSource(seededSecureRandom(seed)), createNoiseSource(seededSecureRandom(seed))];
  for (let time = 0; time < times; time++) if (small(one) !== big(other)) return false;
  return one.below(2 ** 53) === other.below(2 ** 53);
};

describe('doubles and big integers give the same from the same bits', () => {
  const seed = fc.nat(2 ** 30);

  it('bernoulliExp', () => {
    fc.assert(
      fc.property(whole, whole, seed, (n, d, from) =>
        sameBits(
          from,
          (source) => bernoulliExpSmall(n, d, source),
          (source) => bernoulliExpBig(BigInt(n), BigInt(d), source),
          20,
        ),
      ),
      { numRuns: 1000 },
    );
  });

  it('geometric, and so discrete Laplace', () => {
    fc.assert(
      fc.property(whole, whole, seed, (t, s, from) =>
        sameBits(
          from,
          (source) => geometricSmall(t, s, source),
          (source) => saturated(geometricBig(BigInt(t), BigInt(s), source)),
          20,
        ),
      ),
      { numRuns: 1000 },
    );
  });

  it('the last step of the discrete Gaussian', () => {
    const variance = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 2 ** 40 }), whole);
    fc.assert(
      fc.property(variance, fc.integer({ min: 1, max: 1000 }), fc.nat(12), seed, (a, b, part, from) => {
        const sigmaSquared = rational(a, b);
        const t = Math.floor(Math.sqrt(a / b)) + 1;
        const y = Math.min(MAX_NOISE, Math.floor((t * part) / 4));
        const exponent = reducedExponent(sigmaSquared, BigInt(t));
        return sameBits(
          from,
          (source) => keepWith(exponent, source)(y),
          (source) => keepBig(exponent, y, source),
          20,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('the largest square', () => {
    expect(BigInt(EXACT_ROOT) ** 2n <= 2n ** 53n && (BigInt(EXACT_ROOT) + 1n) ** 2n > 2n ** 53n).toBe(true);
  });

  it('the quotient of doubles that are whole, at the worst places', () => {
    fc.assert(
      fc.property(whole, whole, fc.integer({ min: -2, max: 2 }), (x, s, off) => {
        const near = Math.min(MAX_NOISE, Math.max(0, Math.floor(x / s) * s + off));
        return BigInt(Math.floor(near / s)) === BigInt(near) / BigInt(s);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('the exponent of the discrete Gaussian', () => {
  it('is (y − σ² / t)² / 2σ², reduced', () => {
    fc.assert(
      fc.property(
        whole,
        whole,
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        (a, b, t, y) => {
          const { numerator, denominator } = rational(a, b);
          const { m, n, d } = reducedExponent({ numerator, denominator }, t);
          const plain = (y * denominator * t - numerator) ** 2n;
          expect((m * y - n) ** 2n * (2n * numerator * denominator * t * t)).toBe(plain * d);
        },
      ),
    );
    expect(reducedExponent(rational(100), 11n)).toEqual({ m: 11n, n: 100n, d: 2n * 100n * 11n * 11n });
  });
});

describe('the tail', () => {
  /** Units that make V exactly `v`: Bernoulli(exp(−1)) holds v times, by 12 and by 23 of 24 in turn, then fails by 0. */
  const unitsFor = (v: number): number[] => [
    ...Array.from({ length: v }, (_, i) => (i % 2 === 0 ? [0x8001] : [0xffff, 0xffff])).flat(),
    0x0001,
  ];

  it('has no end: a draw is as long as its bits say', () => {
    for (const v of [0, 1, 40, 1023, 1024, 5000]) {
      const source = createNoiseSource(scriptedSecureRandom(unitsFor(v)));
      expect(geometricSampler(rational(1), source)()).toBe(v);
    }
  });

  it('is saturated at 2^53 − 1, where 2^43 times 1,024 lies', () => {
    // U of scale 2^43 takes 64 bits and Bernoulli(exp(−U / t)) none for U = 0.
    const at = (v: number): number =>
      geometricSampler(rational(2n ** 43n), createNoiseSource(scriptedSecureRandom([0, 0, 0, 0, ...unitsFor(v)])))();
    expect(at(1023)).toBe(1023 * 2 ** 43);
    expect(at(1024)).toBe(MAX_NOISE);
    expect(saturated(2n ** 53n - 1n)).toBe(MAX_NOISE);
    expect(saturated(2n ** 53n - 2n)).toBe(MAX_NOISE - 1);
  });

  it('holds what its distribution says far out', () => {
    // |x| > 110 at scale 10 has probability 2 e^−11.1 / (1 + e^−0.1) = 1.587e-5: of 4e6 draws 63.5, by Poisson from 20 to 120
    // but for a chance of 1e-9.
    const draw = discreteLaplaceSampler(rational(10), createNoiseSource(systemRandom));
    let far = 0;
    for (let i = 0; i < 4_000_000; i++) if (Math.abs(draw()) > 110) far++;
    expect(far).toBeGreaterThan(20);
    expect(far).toBeLessThan(120);
  });
});

describe('what an output tells (Mironov 2012)', () => {
  it('nothing by its last bits: neighbouring values reach the same outputs', () => {
    const draw = discreteLaplaceSampler(parseRational('2'), createNoiseSource(seededSecureRandom(5)));
    const outputsOf = (value: number): Set<number> => {
      const outputs = new Set<number>();
      for (let i = 0; i < 200_000; i++) outputs.add(value + draw());
      return outputs;
    };
    const [here, there] = [outputsOf(1000), outputsOf(1001)];
    // All integers within 12 of either, the rarest drawn 120 times on average.
    for (let output = 989; output <= 1012; output++) expect(here.has(output) && there.has(output)).toBe(true);
  });

  it('while noise in doubles gives most outputs to one value only', () => {
    // All outputs that one uniform draw of 12 bits can lead to, for two true values.
    const outputsOf = (value: number): Set<number> => {
      const every = Uint32Array.from({ length: 16_384 }, (_, i) => i * 2 ** 18 + 1);
      const bytes = new Uint8Array(every.buffer);
      const draw = floatingLaplace(2, { kind: 'secure', bytes: () => bytes });
      return new Set(Array.from({ length: every.length }, () => value + draw()));
    };
    const there = outputsOf(1);
    const shared = [...outputsOf(0)].filter((output) => there.has(output));
    expect(shared.length).toBeLessThan(0.05 * there.size);
  });
});

describe('samplers refuse', () => {
  const source = createNoiseSource(systemRandom);
  const usage = expect.objectContaining({ code: 'usage' });

  it.each(['0', '-1', '8796093022209', '1e30'])('a scale of %s', (text) => {
    const scale = parseRational(text);
    expect(() => discreteLaplaceSampler(scale, source)).toThrow(usage);
    expect(() => geometricSampler(scale, source)).toThrow(usage);
    expect(() => truncatedDiscreteLaplaceSampler(scale, 5, source)).toThrow(usage);
  });

  it('a variance that is not above 0 or too large, and take the largest', () => {
    for (const text of ['0', '-1', '1e26'])
      expect(() => discreteGaussianSampler(parseRational(text), source)).toThrow(usage);
    const largest = discreteGaussianSampler(rational(2n ** 86n - 1n), source);
    const scale = discreteLaplaceSampler(rational(2n ** 43n), source);
    for (let i = 0; i < 100; i++) expect([largest(), scale()].every(Number.isSafeInteger)).toBe(true);
  });

  it.each([0, -1, 1.5, 2 ** 53])('a bound of %d', (bound) => {
    expect(() => truncatedDiscreteLaplaceSampler(rational(2), bound, source)).toThrow(usage);
  });
});
