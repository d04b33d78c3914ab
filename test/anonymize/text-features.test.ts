import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTextFeatures, type TextFeatures } from '../../core/anonymize/text-features.ts';

const featuresOf = createTextFeatures(new Uint8Array(32).fill(3));

const nibbles = (f: TextFeatures): number[] =>
  [f.signatureLow, f.signatureHigh].flatMap((half) => Array.from({ length: 8 }, (_, i) => (half >>> (4 * i)) & 15));
const digest = (text: string): number[] => [featuresOf(text).digestLow, featuresOf(text).digestHigh];
const jaccard = (a: string, b: string): number => {
  const shingles = (text: string): Set<string> =>
    new Set(Array.from({ length: Math.max(1, text.length - 4) }, (_, i) => text.toLowerCase().slice(i, i + 5)));
  const [x, y] = [shingles(a), shingles(b)];
  const shared = [...x].filter((s) => y.has(s)).length;
  return shared / (x.size + y.size - shared);
};
const agreement = (a: string, b: string): number => {
  const [x, y] = [nibbles(featuresOf(a)), nibbles(featuresOf(b))];
  return x.filter((nibble, i) => nibble === y[i]).length;
};

describe('text features', () => {
  it.each([
    ['AbC 12', { length: 6, links: 0, digits: 2 / 6, upper: 2 / 3 }],
    ['see https://a.example and www.b.example', { length: 39, links: 2, digits: 0, upper: 0 }],
    ['12345', { length: 5, links: 0, digits: 1, upper: Number.NaN }],
    ['日本', { length: 2, links: 0, digits: 0, upper: Number.NaN }],
  ])('of %j', (text, expected) => {
    expect(featuresOf(text)).toMatchObject(expected);
  });

  it('entropy is that of the characters', () => {
    expect(featuresOf('aaaa').entropy).toBe(0);
    expect(featuresOf('abab').entropy).toBe(1);
    expect(featuresOf('abcd').entropy).toBe(2);
  });

  it('agreement of signatures estimates the Jaccard similarity of the shingles (Li & König 2010)', () => {
    // 400 keys × 16 nibbles: the standard error of the mean share is at most √(.25 / 6400) = .00625; 4.9 of them,
    // so that a sound signature fails once in a million runs. Keys are fixed, so it does not fail at random at all.
    const spam = 'Win a free phone today, click the link below and enter your code to claim the prize now';
    for (const other of [`${spam}!`, spam.replace('today', 'tonight'), 'Does anybody know when the library opens?']) {
      let agreed = 0;
      for (let k = 0; k < 400; k++) {
        const signed = createTextFeatures(new Uint8Array(32).fill(k % 256, 0, 16).fill(k >> 8, 16));
        const [x, y] = [nibbles(signed(spam)), nibbles(signed(other))];
        agreed += x.filter((nibble, i) => nibble === y[i]).length / 16;
      }
      const similarity = jaccard(spam, other);
      expect(Math.abs(agreed / 400 - (similarity + (1 - similarity) / 16))).toBeLessThan(4.9 * 0.00625);
    }
  });

  it('ignores digits, case and spacing', () => {
    expect(agreement('code 1234 please', 'CODE  9876 please')).toBe(16);
    expect(digest('code 1234 please')).toEqual(digest('CODE  9876 please'));
  });

  it('digests differ for different texts and under different keys', () => {
    const other = createTextFeatures(new Uint8Array(32).fill(4));
    expect(digest('hello')).not.toEqual(digest('hallo'));
    expect([other('hello').digestLow, other('hello').digestHigh]).not.toEqual(digest('hello'));
  });

  it('depends on the key', () => {
    const other = createTextFeatures(new Uint8Array(32).fill(4));
    expect(nibbles(other('hello out there'))).not.toEqual(nibbles(featuresOf('hello out there')));
  });

  it('is defined for every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        const f = featuresOf(text);
        expect(f.length).toBeGreaterThan(0);
        expect(f.entropy).toBeGreaterThanOrEqual(0);
        expect(f.digits).toBeLessThanOrEqual(1);
      }),
    );
  });
});
