import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { placesOf } from '../../../core/release/bounding/places-of.ts';

const text = fc.oneof(fc.string({ maxLength: 2 }), fc.constantFrom('', '__proto__', 'é', 'e\u0301', '🦉'));
const list = fc.uniqueArray(text, { maxLength: 30 });

describe('places of texts in a list', () => {
  test.each([
    ['as they come', (texts: readonly string[]) => texts],
    ['sorted', (texts: readonly string[]) => texts.toSorted()],
  ])('%s', (_, ordered) => {
    fc.assert(
      fc.property(list, list, fc.boolean(), (a, b, isCopy) => {
        const [texts, among] = [ordered(a), ordered(isCopy ? [...a, ...b.filter((each) => !a.includes(each))] : b)];
        expect(placesOf(texts, among)).toEqual(Int32Array.from(texts, (each) => among.indexOf(each)));
        expect(placesOf(among, texts)).toEqual(Int32Array.from(among, (each) => texts.indexOf(each)));
      }),
    );
  });
});
