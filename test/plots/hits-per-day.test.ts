// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { drawHitsPerDay } from '../../renderer/plots/hits-per-day.ts';

const heights = (...hits: readonly number[]): readonly string[] => {
  const days = hits.map((each, i) => ({ day: `2026-03-0${i + 1}`, hits: each }));
  const axis = drawHitsPerDay(days, { width: 280, height: 96 }).querySelector('[text-anchor="end"]');
  return [...(axis?.children ?? [])].map(({ textContent }) => textContent ?? '').filter((text) => text !== '');
};

it('counts whole hits, in few letters', () => {
  expect(heights(1)).toEqual(['0', '1']);
  expect(heights(12, 3)).toEqual(['0', '5', '10']);
  expect(heights(2300, 900)).toEqual(['0', '1k', '2k']);
});
