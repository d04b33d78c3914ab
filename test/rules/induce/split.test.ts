import { expect, test } from 'vitest';
import { partByTime } from '../../../core/rules/induce/index.ts';

test('the later three in ten are held out; who has no moment is earlier, and the first in the list of two at one moment', () => {
  const times = new Map('abcdefgh'.split('').map((name, i) => [name, 10 - i]));
  times.set('b', 10);
  const { earlier, later } = partByTime('jabcdefghi'.split(''), (name) => times.get(name) ?? Number.NaN);
  expect([earlier.join(''), later.join('')]).toEqual(['jihgfed', 'cab']);
});

test('nobody is held out of nobody', () => {
  expect(partByTime([], () => 0)).toEqual({ earlier: [], later: [] });
});
