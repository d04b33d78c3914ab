import { describe, expect, test } from 'vitest';
import { levelsOf } from '../../core/ingest/levels.ts';

describe('levelsOf', () => {
  test('numbers levels by frequency, then by their first row; a gap is missing', () => {
    expect(levelsOf(['q', 'b', 'a', 'b', null, 'a', 'z'])).toEqual({
      column: Float64Array.of(2, 0, 1, 0, Number.NaN, 1, 3),
      levels: 4,
      known: 6,
    });
  });

  test('does not depend on the tokens', () => {
    const tokens = ['x', 'y', 'x', 'z', 'z', 'w'];
    expect(levelsOf(tokens.map((token) => `${9 - token.charCodeAt(0)}`))).toEqual(levelsOf(tokens));
  });

  test('is empty for nothing', () => {
    expect(levelsOf([null])).toEqual({ column: Float64Array.of(Number.NaN), levels: 0, known: 0 });
  });
});
