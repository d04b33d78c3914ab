import { once } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SecureRandom, systemRandom } from '../../core/random/index.ts';
import { createNoiseSource, type NoiseSource } from '../../core/random/noise-source.ts';
import { spawnWorker } from '../../core/workers/index.ts';
import { repeatingRandom } from '../release/support/faulty-noise.ts';
import { chiSquareChance } from '../release/support/goodness.ts';
import { scriptedSecureRandom } from '../release/support/scripted-secure-random.ts';
import { seededSecureRandom } from '../release/support/seeded-secure-random.ts';

const BLOCK_UNITS = 32_768;
const MAX = 2 ** 53;

const unitsOf = (seed: number, count: number): readonly number[] => {
  const bytes = seededSecureRandom(seed).bytes(2 * count);
  return Array.from(new Uint16Array(bytes.buffer, bytes.byteOffset, count));
};

/** What the doc comment of `createNoiseSource` says, in big integers: the value, and how many 16-bit units it took. */
const plainBelow = (n: bigint, units: readonly number[]): readonly [value: bigint, taken: number] => {
  if (n === 1n) return [0n, 0];
  const scaled = n <= 2n ** 21n;
  const bits = scaled ? (n <= 4096n ? 16 : 32) : (n - 1n).toString(2).length;
  const pieces = n <= 4096n ? 1 : 2 * Math.ceil(bits / 32);
  const range = 1n << BigInt(bits);
  for (let taken = 0; ;) {
    let x = 0n;
    for (let i = 0; i < pieces; i++) x = x * 65_536n + BigInt(units[taken++] ?? 0);
    if (scaled && (x * n) % range >= range % n) return [(x * n) / range, taken];
    if (!scaled && x % range < n) return [x % range, taken];
  }
};

const bound = fc.oneof(
  fc.integer({ min: 1, max: 5000 }),
  fc.integer({ min: 4000, max: 2 ** 21 + 5 }),
  fc.maxSafeNat().map((n) => n + 1),
  fc.integer({ min: 1, max: 53 }).map((bits) => 2 ** bits),
  fc.integer({ min: 2, max: 52 }).map((bits) => 2 ** bits + 1),
);

describe('below', () => {
  it('is uniform without any remainder: every 16-bit unit once gives every number equally often', () => {
    const all = Uint16Array.from({ length: 65_536 }, (_, i) => i);
    for (const n of [2, 3, 4, 5, 6, 7, 10, 100, 255, 256, 257, 1000, 2047, 3000, 4095, 4096]) {
      const script = scriptedSecureRandom(all);
      const source = createNoiseSource({
        kind: 'secure',
        bytes: (length) => {
          if (script.blocks.length === all.length / BLOCK_UNITS) throw new RangeError('used up');
          return script.bytes(length);
        },
      });
      const counts = new Float64Array(n);
      const draws = (): void => {
        for (;;) {
          const x = source.below(n);
          counts[x] = (counts[x] ?? 0) + 1;
        }
      };
      expect(draws).toThrow('used up');
      expect(counts.every((count) => count === Math.floor(65_536 / n))).toBe(true);
    }
  });

  it('draws again what would make some numbers likelier', () => {
    // x = 0 is the first of 2^w mod n values that Lemire's method leaves out, for every n that is no power of two.
    for (const n of [3, 4095, 5000, 2 ** 21 - 1]) {
      const again = createNoiseSource(scriptedSecureRandom(n <= 4096 ? [0, 0xffff] : [0, 0, 0xffff, 0xffff]));
      expect(again.below(n)).toBe(n - 1);
    }
    const kept = createNoiseSource(scriptedSecureRandom([0, 0xffff, 0, 0]));
    expect([kept.below(4096), kept.below(4096), kept.below(2 ** 21)]).toEqual([0, 4095, 0]);
  });

  it('takes the bits its description says, for every size of n', () => {
    fc.assert(
      fc.property(fc.array(bound, { minLength: 1, maxLength: 8 }), fc.nat(1e6), (bounds, seed) => {
        const source = createNoiseSource(seededSecureRandom(seed));
        const units = unitsOf(seed, 2000);
        let at = 0;
        for (const n of bounds) {
          const [value, taken] = plainBelow(BigInt(n), units.slice(at));
          at += taken;
          expect(source.below(n)).toBe(Number(value));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('answers as belowBig does, from the same bits', () => {
    fc.assert(
      fc.property(fc.array(bound, { minLength: 1, maxLength: 8 }), fc.nat(1e6), (bounds, seed) => {
        const [small, big] = [createNoiseSource(seededSecureRandom(seed)), createNoiseSource(seededSecureRandom(seed))];
        for (const n of bounds) expect(big.belowBig(BigInt(n))).toBe(BigInt(small.below(n)));
      }),
    );
  });

  it('is uniform over bounds of every method', () => {
    // Chi-square over the residues or sixteenths, each at a false-alarm rate of 1e-9.
    const shares = Array.from({ length: 16 }, () => 1 / 16);
    for (const n of [16, 4096 * 5, 2 ** 21, 2 ** 21 + 2 ** 18, 3 * 2 ** 33, MAX]) {
      const source = createNoiseSource(systemRandom);
      const [high, low] = [new Float64Array(16), new Float64Array(16)];
      for (let i = 0; i < 100_000; i++) {
        const x = source.below(n);
        const sixteenth = Math.floor((x / n) * 16);
        high[sixteenth] = (high[sixteenth] ?? 0) + 1;
        low[x % 16] = (low[x % 16] ?? 0) + 1;
      }
      expect(chiSquareChance(high, shares)).toBeGreaterThan(1e-9);
      expect(chiSquareChance(low, shares)).toBeGreaterThan(1e-9);
    }
  });

  it('refuses what is no bound', () => {
    const source = createNoiseSource(systemRandom);
    for (const n of [0, -1, 1.5, 5000.5, 2 ** 30 + 0.5, MAX + 2, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => source.below(n)).toThrow(expect.objectContaining({ code: 'internal' }));
    }
    expect(() => source.belowBig(0n)).toThrow(expect.objectContaining({ code: 'internal' }));
  });
});

describe('belowBig', () => {
  it('takes the bits its description says beyond 2^53', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n + 1n, max: 2n ** 300n }), fc.nat(1e6), (n, seed) => {
        const source = createNoiseSource(seededSecureRandom(seed));
        const [value, taken] = plainBelow(n, unitsOf(seed, 2000));
        expect(source.belowBig(n)).toBe(value);
        expect(source.below(65_536 * 65_536)).toBe(next32(unitsOf(seed, 2000), taken));
      }),
    );
  });
});

const next32 = (units: readonly number[], at: number): number => (units[at] ?? 0) * 65_536 + (units[at + 1] ?? 0);

describe('the pool', () => {
  /** How many of the integers were drawn before: 20,000 of 53 bits all differ but for a chance below 3e-8. */
  const repeats = (draws: Iterable<number>): number => {
    const all = [...draws];
    return all.length - new Set(all).size;
  };
  const drawMany = (source: NoiseSource, count: number): number[] =>
    Array.from({ length: count }, () => source.below(MAX));

  it('gives every bit once, in order, over refills', () => {
    const script = scriptedSecureRandom([]);
    const source = createNoiseSource(script);
    const units = unitsOf(0, 3 * BLOCK_UNITS);
    for (let at = 0; at < units.length; at += 2) {
      if (source.below(2 ** 32) !== next32(units, at)) expect.unreachable(`unit ${at}`);
    }
    expect(script.blocks).toHaveLength(3);
  });

  it('zeroes what is taken at once, and the rest when it is closed', () => {
    const ones = new Uint16Array(BLOCK_UNITS).fill(0xffff);
    const script = scriptedSecureRandom(ones);
    const source = createNoiseSource(script);
    for (let taken = 2; taken <= 100; taken += 2) {
      source.below(2 ** 32);
      const [block = new Uint8Array()] = script.blocks;
      expect(block.findIndex((byte) => byte !== 0)).toBe(2 * taken);
      expect(block.subarray(2 * taken).every((byte) => byte === 0xff)).toBe(true);
    }
    source.close();
    expect(script.blocks[0]?.every((byte) => byte === 0)).toBe(true);
    expect(() => source.below(2)).toThrow(expect.objectContaining({ code: 'internal' }));
    expect(() => source.belowBig(2n ** 60n)).toThrow(expect.objectContaining({ code: 'internal' }));
  });

  it('is not shared between two sources over one generator', () => {
    const random = seededSecureRandom(8);
    const [a, b] = [createNoiseSource(random), createNoiseSource(random)];
    const draws: number[] = [];
    for (let i = 0; i < 10_000; i++) draws.push(a.below(MAX), b.below(MAX));
    expect(repeats(draws)).toBe(0);
  });

  it('is seen to be reused where it is: this test can fail', () => {
    expect(repeats(drawMany(createNoiseSource(repeatingRandom(seededSecureRandom(8))), 20_000))).toBeGreaterThan(1000);
    expect(repeats(drawMany(createNoiseSource(seededSecureRandom(8)), 20_000))).toBe(0);
  });

  it('is not shared between threads', async () => {
    const workers = [0, 1, 2].map(() => spawnWorker(import.meta.url, './noise-words-worker', 5000));
    const answers = await Promise.all(workers.map((worker) => once(worker, 'message')));
    await Promise.all(workers.map((worker) => worker.terminate()));
    const draws = answers.flatMap(([draws]) => [...(draws as Float64Array)]); // boundary: what the worker posts
    expect(draws).toHaveLength(15_000);
    expect(repeats([...draws, ...drawMany(createNoiseSource(systemRandom), 5000)])).toBe(0);
  });

  it('refuses a generator that gives less than it was asked for', () => {
    const short: SecureRandom = { kind: 'secure', bytes: (length) => new Uint8Array(length - 2) };
    expect(() => createNoiseSource(short).below(2)).toThrow(expect.objectContaining({ code: 'internal' }));
  });
});
