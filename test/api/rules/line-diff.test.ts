import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineDiff } from '../../../core/api/rules/line-diff.ts';

const shown = (before: string, after: string): string[] =>
  lineDiff(before, after).map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`);

test('what changed stands between what did not, removed before added', () => {
  expect(shown('a\nb\nc\n', 'a\nx\nc\n')).toEqual([' a', '-b', '+x', ' c']);
  expect(shown('a\nb\n', 'a\nb\n')).toEqual([' a', ' b']);
  expect(shown('', 'a\n')).toEqual(['+a']);
  expect(shown('a\n', '')).toEqual(['-a']);
  expect(shown('', '')).toEqual([]);
  expect(shown('a\r\nb', 'a\nb\n')).toEqual([' a', ' b']);
});

test('its lines make both texts, and no shorter list does', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(lines, lines, (a, b) => {
      const diff = lineDiff(`${a.join('\n')}\n`, `${b.join('\n')}\n`);
      expect(diff.filter(({ kind }) => kind !== 'added').map(({ text }) => text)).toEqual(a);
      expect(diff.filter(({ kind }) => kind !== 'removed').map(({ text }) => text)).toEqual(b);
      expect(diff.filter(({ kind }) => kind === 'same').length).toBe(longestCommon(a, b));
    }),
  );
});

/** By its definition. */
const longestCommon = (a: readonly string[], b: readonly string[]): number => {
  const [x, ...rest] = a;
  const [y, ...others] = b;
  if (x === undefined || y === undefined) return 0;
  return x === y ? 1 + longestCommon(rest, others) : Math.max(longestCommon(rest, b), longestCommon(a, others));
};
