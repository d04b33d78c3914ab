import { expect, test } from 'vitest';

import { parseRational } from '../../../core/math/rational.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { tellApart } from '../../../core/release/audit/index.ts';
import { seededSecureRandom } from '../support/seeded-secure-random.ts';

const PURE = { kind: 'pure', epsilon: parseRational('1') } as const;

/** A text with 40 groups whose numbers are uniform below `sides`, the first one moved by `shift`. */
const texts = (runs: number, shift: number, seed: string, sides = 12): string[] => {
  const source = createNoiseSource(seededSecureRandom(seed));
  return Array.from({ length: runs }, () => {
    const value = Array.from({ length: 40 }, (_, g) => source.below(sides) + (g === 0 ? shift : 0));
    const keys = [{ column: 'c', of: value.map((_, g) => `g${g}`) }];
    const columns = [{ name: 'n', value, low: value, high: value }];
    return JSON.stringify({ release: { keys, columns, noised: [value] } });
  });
};

test('runs that do not differ are told apart as rarely as alpha says, however many events there are to choose from', async () => {
  // At alpha = 0.05, 80 trials: P(10 or more) < 0.01 for a bound that just holds; it is seeded, so it does not come and go.
  let alarms = 0;
  for (let trial = 0; trial < 80; trial++) {
    const found = await tellApart(texts(60, 0, `left ${trial}`), texts(60, 0, `right ${trial}`), PURE, 0.05);
    if (found.lowerBound > 0) alarms++;
  }
  expect(alarms).toBeLessThan(10);
});

test('runs that differ in one number of many are told apart by it, and the curve says so', async () => {
  // Uniform on 0…11 against 5…16: 5 of 12 outcomes are seen on one side only.
  const found = await tellApart(texts(400, 0, 'a'), texts(400, 5, 'b'), PURE, 0.05);
  expect(found.score).toContain(': g0');
  expect(found.lowerBound).toBeGreaterThan(2.5);
  const sure = found.curve.find(({ withActor, without }) => withActor > 0.3 && without === 0);
  expect(sure?.lowerBound).toBeGreaterThan(2.5);
  expect(found.withActor + found.without).toBeGreaterThan(0);
  expect(found.runs).toBe(200);
});

test('texts that are no releases are told apart by their words', async () => {
  const found = await tellApart(Array<string>(100).fill('error a'), Array<string>(100).fill('error b'), PURE, 0.05);
  expect(found.score).toBe('the words around the numbers');
  expect(found.lowerBound).toBeGreaterThan(2);
});
