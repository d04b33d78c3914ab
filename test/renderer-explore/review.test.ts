import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Review } from '../../core/api/contract.ts';
import { fairSample } from '../../renderer/routes/explore/fair-sample.ts';
import { findingsOf, methodWords, reviewWords } from '../../renderer/routes/explore/review-words.ts';

const review: Review = {
  method: 'tail-bound',
  assumptions: '',
  identifiable: true,
  nullShare: 0.9,
  target: 0.1,
  count: 34,
  low: 20,
  high: 60,
  trueFindings: 31.2,
  references: 0,
  curve: [
    { queue: 10, rate: 0.02, low: 0, high: 0.5 },
    { queue: 34, rate: 0.1, low: 0.03, high: 0.2 },
    { queue: 100, rate: 0.6, low: 0.5, high: 0.7 },
  ],
};

describe('how many to review', () => {
  it('says it in actors, with the interval of the nearest size', () => {
    expect(reviewWords(review)).toBe(
      'Review 34 actors: about 31 are expected to be more than ordinary (between 27 and 33).',
    );
    expect(reviewWords({ ...review, count: 1, trueFindings: 1, curve: [{ queue: 1, rate: 0, low: 0, high: 0 }] })).toBe(
      'Review 1 actor: about 1 is expected to be more than ordinary.',
    );
  });

  it('says so where no cut keeps the rate, and which the lowest is', () => {
    const none = { ...review, count: 0, trueFindings: 0, target: 0.01 };
    expect(reviewWords(none)).toContain('No cut keeps ordinary actors at or below 1 %');
    expect(reviewWords(none)).toContain('The lowest that any cut keeps is 2 %.');
    expect(reviewWords({ ...none, curve: [{ queue: 9, rate: 1, low: 0, high: 1 }] })).not.toContain('lowest');
  });

  it('has an interval that holds what is expected and is no longer than the review', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), share, share, share, (count, a, b, at) => {
        const curve = [{ queue: count + 3, rate: at, low: Math.min(a, b), high: Math.max(a, b) }];
        const { low, high } = findingsOf({ count, trueFindings: count * (1 - at), curve });
        const about = Math.round(count * (1 - at));
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(about);
        expect(high).toBeGreaterThanOrEqual(about);
        expect(high).toBeLessThanOrEqual(count);
      }),
    );
  });

  it('says where p-values come from, also where only one kind of evidence has any', () => {
    expect(methodWords(review)).toBe('bounded from the bulk of this queue');
    expect(methodWords({ method: 'none', identifiable: true })).toContain('alike only');
    expect(methodWords({ method: 'none', identifiable: false })).toContain('not known');
  });
});

describe('a fair sample', () => {
  it.each([
    [80, undefined],
    [400, 'k'],
    [2000, '7'],
    [20_000, 'k7'],
    [1_000_000, 'kqz'],
  ])('of %d ranked is drawn by %s', (ranked, find) => {
    expect(fairSample(ranked).find).toBe(find);
  });

  it('holds as many as it says: pseudonyms are letters and digits, a letter first', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
    let state = 12_345;
    const draw = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const actors = 60_000;
    const tokens = Array.from({ length: actors }, () =>
      Array.from({ length: 12 }, (_, i) => alphabet.charAt(draw(i === 0 ? 52 : 62)))
        .join('')
        .toLowerCase(),
    );
    for (const ranked of [400, 2000, 10_000, 20_000]) {
      const { find = '', size } = fairSample(ranked);
      const expected = (tokens.filter((token) => token.includes(find)).length / actors) * ranked;
      expect(Math.abs(size - expected) / expected, find).toBeLessThan(0.2); // 5 standard errors where the share is least
    }
  });
});
