import { NightjarError } from '../api/errors.ts';
import type { SecureRandom } from './secure-random.ts';

/** Exact uniform integers for privacy noise. Of every random bit at most one draw is made. */
export type NoiseSource = {
  readonly kind: 'noise';
  /** Uniform integer in 0…n − 1 for an integer n in 1…2^53. Draws nothing for n = 1. */
  below(n: number): number;
  /** Uniform integer in 0…n − 1 for n ≥ 1. For n ≤ 2^53 it takes the bits that `below` takes and answers the same. */
  belowBig(n: bigint): bigint;
  /** Zeroes what is left of the pool. Every later draw throws `internal`. */
  close(): void;
};

/** One refill: large enough that calls into the generator cost little, small enough to stay in the cache. */
const BLOCK_BYTES = 65_536;
/** Up to here x · n < 2^16 · 2^12 is a 32-bit integer for a 16-bit x. */
const SMALL = 4096;
/** Up to here x · n < 2^32 · 2^21 is exact in a double for a 32-bit x. */
const MIDDLE = 2 ** 21;

/**
 * A pool over a generator: refilled in blocks, each 16-bit unit of it zeroed as it is taken, so that neither a second draw
 * nor a memory dump finds it. Each thread makes its own; pools share nothing. How many bits a draw takes depends on n and on
 * the bits themselves, never on data: no data is passed in.
 *
 * Up to 2^21 the method is Lemire 2019 (algorithm 5), with 16 bits up to n = 2^12 and 32 bits beyond; above, as many bits as
 * n − 1 has, drawn again until they are below n. Both are exactly uniform for uniform bits.
 */
export const createNoiseSource = (random: SecureRandom): NoiseSource => new PooledSource(random);

class PooledSource implements NoiseSource {
  readonly kind = 'noise';
  readonly #random: SecureRandom;
  #pool: Uint16Array = new Uint16Array(0);
  #next = 0;
  #closed = false;

  constructor(random: SecureRandom) {
    this.#random = random;
  }

  /** Hot: kept small, so that V8 puts it into the loops of the samplers. */
  below(n: number): number {
    if (n > SMALL || n < 2 || (n | 0) !== n) return this.#belowOther(n);
    const product = Math.imul(this.#take(), n); // below 2^28
    return (product & 0xffff) >= n ? product >>> 16 : this.#belowAgain(product, n);
  }

  /** The lower half is below n, so it may be among the 2^16 mod n values that are left out. */
  #belowAgain(first: number, n: number): number {
    let product = first;
    while ((product & 0xffff) < 0x10000 % n) product = Math.imul(this.#take(), n);
    return product >>> 16;
  }

  #belowOther(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 2 ** 53) throw outOfRange();
    if (n === 1) return 0;
    return n <= MIDDLE ? this.#belowMiddle(n) : this.#belowLarge(n);
  }

  /** n in 2^12…2^21: x · n < 2^53, and dividing by a power of two is exact. */
  #belowMiddle(n: number): number {
    for (;;) {
      const product = (this.#take() * 0x10000 + this.#take()) * n;
      const high = Math.floor(product / 2 ** 32);
      const low = product - high * 2 ** 32;
      if (low >= n || low >= 2 ** 32 % n) return high;
    }
  }

  /** n in 2^21…2^53: bits of n − 1, the upper ones first. */
  #belowLarge(n: number): number {
    const last = n - 1; // up to 2^53 − 1, exact
    const upper = Math.floor(last / 2 ** 32);
    const lower = upper === 0 ? last >>> 0 : 0xffffffff;
    const upperMask = upper === 0 ? 0 : 0xffffffff >>> Math.clz32(upper);
    const lowerMask = 0xffffffff >>> Math.clz32(lower);
    for (;;) {
      const high = upperMask === 0 ? 0 : (this.#take32() & upperMask) >>> 0;
      const value = high * 2 ** 32 + ((this.#take32() & lowerMask) >>> 0);
      if (value < n) return value;
    }
  }

  belowBig(n: bigint): bigint {
    if (n <= 2n ** 53n) return BigInt(this.below(Number(n)));
    const bits = (n - 1n).toString(2).length;
    for (;;) {
      let value = 0n;
      for (let taken = 0; taken < bits; taken += 32) value = (value << 32n) | BigInt(this.#take32());
      value &= (1n << BigInt(bits)) - 1n;
      if (value < n) return value;
    }
  }

  close(): void {
    this.#pool.fill(0);
    this.#pool = new Uint16Array(0);
    this.#next = 0;
    this.#closed = true;
  }

  #take32(): number {
    return this.#take() * 0x10000 + this.#take();
  }

  #take(): number {
    if (this.#next === this.#pool.length) this.#refill();
    const at = this.#next;
    this.#next = at + 1;
    const pool = this.#pool;
    const unit = pool[at]!; // hot: refill leaves `next` inside the pool
    pool[at] = 0;
    return unit;
  }

  #refill(): void {
    if (this.#closed) throw new NightjarError('internal', 'A closed source of noise was asked for more.');
    const bytes = this.#random.bytes(BLOCK_BYTES);
    if (bytes.length !== BLOCK_BYTES) throw new NightjarError('internal', 'The random generator gave too few bytes.');
    this.#pool = new Uint16Array(bytes.buffer, bytes.byteOffset, BLOCK_BYTES / 2);
    this.#next = 0;
  }
}

const outOfRange = (): NightjarError =>
  new NightjarError('internal', 'A uniform integer was asked for with a bound that is no integer from 1 to 2^53.');
