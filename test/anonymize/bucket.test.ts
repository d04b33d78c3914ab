import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { BUCKETS, createBucketer } from '../../core/anonymize/bucket.ts';
import { createPseudonymiser } from '../../core/anonymize/pseudonym.ts';

const KEY = new Uint8Array(32).fill(7);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const bucketsOf = (column: string, key = KEY, values = 400): number[] => {
  const bucketOf = createBucketer(key, column);
  return Array.from({ length: values }, (_, i) => bucketOf(utf8(`ana\0value-${i}`)));
};

test('the first byte of HMAC-SHA-256 under a key of the column, as node:crypto computes it', () => {
  const own = createHmac('sha256', KEY).update('nightjar/bucket/b_reply_to').digest();
  for (const text of ['ana\0x@example.org', 'ana\0', 'bo\0Ελένη', `ana\0${'x'.repeat(2000)}`]) {
    const byHand = createHmac('sha256', own).update(text).digest()[0];
    expect(createBucketer(KEY, 'b_reply_to')(utf8(text))).toBe(byHand);
  }
});

test('equal pairs share a bucket; of 400 different values of an actor many share one', () => {
  const buckets = bucketsOf('b_x');
  expect(bucketsOf('b_x')).toEqual(buckets);
  expect(buckets.every((bucket) => Number.isInteger(bucket) && bucket >= 0 && bucket < BUCKETS)).toBe(true);
  // 256 · (1 − (255 / 256)^400) ≈ 202.5; what these fixed inputs give is within 6 standard deviations (≈ 5)
  const used = new Set(buckets).size;
  expect(Math.abs(used - 202.5)).toBeLessThan(30);
});

test('columns, keys and actors are unrelated, and no bucket is part of a pseudonym', () => {
  const buckets = bucketsOf('b_x');
  const agree = (others: readonly number[]): number => buckets.filter((bucket, i) => bucket === others[i]).length;
  const bucketOf = createBucketer(KEY, 'b_x');
  const pseudonymOf = createPseudonymiser(KEY);
  const ofBo = buckets.map((_, i) => bucketOf(utf8(`bo\0value-${i}`)));
  const ofTokens = buckets.map((_, i) => pseudonymOf(utf8(`value-${i}`))[0] ?? -1);
  // By chance 400 / 256 ≈ 1.6 of each agree; the inputs are fixed, so these counts never change
  for (const others of [bucketsOf('b_y'), bucketsOf('b_x', new Uint8Array(32).fill(8)), ofBo, ofTokens]) {
    expect(agree(others)).toBeLessThan(12);
  }
});
