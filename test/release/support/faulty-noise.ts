import type { SecureRandom } from '../../../core/random/index.ts';

/** Faults that were shipped elsewhere, built on purpose: our tests of noise must reject each. Never import from core. */

const uniformOf = (random: SecureRandom): (() => number) => {
  let pool: Uint32Array = new Uint32Array(0);
  let next = 0;
  return () => {
    if (next === pool.length) {
      const bytes = random.bytes(65_536);
      pool = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
      next = 0;
    }
    return ((pool[next++] ?? 0) + 0.5) / 2 ** 32;
  };
};

/** Laplace noise in doubles by inversion: the textbook formula that Mironov 2012 attacks. */
export const floatingLaplace = (scale: number, random: SecureRandom): (() => number) => {
  const uniform = uniformOf(random);
  return () => {
    const u = uniform() - 0.5;
    return -scale * Math.sign(u) * Math.log(1 - 2 * Math.abs(u));
  };
};

/** The same rounded, with the logarithm to base 10: ε is ln 10 times what is claimed (npm differential-privacy 1.1.2). */
export const wrongLogarithm = (scale: number, random: SecureRandom): (() => number) => {
  const draw = floatingLaplace(scale / Math.LN10, random);
  return () => Math.round(draw());
};

/** Continuous noise rounded to integers: P(0) is not that of the discrete distribution. */
export const roundedLaplace = (scale: number, random: SecureRandom): (() => number) => {
  const draw = floatingLaplace(scale, random);
  return () => Math.round(draw());
};

/** Draws beyond `most` are cut down to it. */
export const truncatedTail =
  (draw: () => number, most: number): (() => number) =>
  () =>
    Math.max(-most, Math.min(most, draw()));

/** A sign without the second look at zero: 0 is twice as likely as it should be. */
export const doubledZero =
  (magnitude: () => number, sign: () => number): (() => number) =>
  () => {
    const y = magnitude();
    return sign() === 0 || y === 0 ? y : -y;
  };

/** A generator that hands out each block a second time, as a pool does that is filled once for two. */
export const repeatingRandom = (random: SecureRandom): SecureRandom => {
  let kept: Uint8Array | undefined;
  return {
    kind: 'secure',
    bytes: (length) => {
      const again = kept;
      if (again === undefined) kept = random.bytes(length).slice();
      else kept = undefined;
      return (again ?? kept ?? new Uint8Array(length)).slice();
    },
  };
};
