import fc from 'fast-check';
import { expect, test } from 'vitest';

import { rational } from '../../../core/math/rational.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { withNoise } from '../../../core/release/mechanisms/with-noise.ts';
import { parseQuery, planRelease, runRelease } from '../../../core/release/index.ts';
import { MAX_NOISE } from '../../../core/release/samplers/index.ts';
import { seededSecureRandom } from '../support/seeded-secure-random.ts';

const clampedExactly = (value: number, noise: bigint): number => {
  const sum = BigInt(value) + noise;
  const most = 2n ** 52n;
  return Number(sum > most ? most : sum < -most ? -most : sum);
};

test('noise that is cut off answers as noise without an end, for every value up to ±2^51', () => {
  const value = fc.oneof(fc.constantFrom(2 ** 51, -(2 ** 51), 0), fc.integer({ min: -(2 ** 51), max: 2 ** 51 }));
  const noise = fc.oneof(
    fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }),
    fc.bigInt({ min: -(2n ** 40n), max: 2n ** 40n }),
    fc.constantFrom(2n ** 53n - 1n, 2n ** 53n, 1n - 2n ** 53n, -(2n ** 53n), 2n ** 52n + 2n ** 51n),
  );
  fc.assert(
    fc.property(value, noise, (of, unbounded) => {
      const most = BigInt(MAX_NOISE);
      const cut = Number(unbounded > most ? most : unbounded < -most ? -most : unbounded);
      expect(withNoise(of, cut)).toBe(clampedExactly(of, unbounded));
    }),
  );
});

test('a sum is at most 2^51 before its noise', async () => {
  const cells = 2 ** 42;
  const query = parseQuery({ sum: 'a', bounds: { rowsPerGroup: 2, value: [0, cells], step: 1 } });
  const rows = {
    actor: Uint32Array.from({ length: 4096 }, (_, i) => i),
    actors: 4096,
    keys: [],
    value: new Float64Array(4096).fill(cells),
  };
  const source = createNoiseSource(seededSecureRandom('saturation'));
  const plan = planRelease(query, { kind: 'pure', epsilon: rational(1) });
  const { noised } = await runRelease(plan, rows, source, async () => undefined);
  // 4,096 · 2^42 = 2^54; noise of scale 2^43 is within 2^49 but for e^−64
  expect(Math.abs((noised[0]?.[0] ?? 0) - 2 ** 51)).toBeLessThan(2 ** 49);
});
