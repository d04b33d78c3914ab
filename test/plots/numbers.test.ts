import { describe, expect, it } from 'vitest';
import {
  formatAbout,
  formatChance,
  formatMeasured,
  formatP,
  formatPercent,
  formatPercentile,
  formatShare,
  formatShortCount,
} from '../../renderer/plots/format.ts';
import { ninesOf } from '../../renderer/plots/percentile-scale.ts';
import { queueSizeAt, scoreHistogramExample } from '../../renderer/plots/score-histogram.ts';
import { sparklinePath } from '../../renderer/plots/sparkline.ts';
import { binsOf, formatRange, formatTime, ticksOf } from '../../renderer/plots/time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONDAY = Date.UTC(2026, 2, 2);

describe('numbers as people read them', () => {
  it.each([
    [950, '950'],
    [1234, '1.2k'],
    [34_200, '34k'],
    [1_000_000, '1M'],
    [999_499, '999k'],
    [999_600, '1M'],
  ])('%d events are %s', (count, shown) => expect(formatShortCount(count)).toBe(shown));

  it.each([
    [42.7, '42'],
    [97.36, '97.3'],
    [99.979, '99.97'],
    [99.9999, '99.99'],
    [100, '100'],
  ])('percentile %d is %s, never rounded up to the top', (p, shown) => expect(formatPercentile(p)).toBe(shown));

  it.each([
    [3.095795255000934, '3.096'],
    [0.000123456, '0.0001235'],
    [-1234.5678, '-1234.57'],
    [8080, '8080'],
    [20_260_301, '20260301'],
    [0, '0'],
  ])('%d of a log is %s', (value, shown) => expect(formatMeasured(value)).toBe(shown));

  it('shares and p-values keep the digits that matter', () => {
    expect(formatShare(0.154)).toBe('15 %');
    expect(formatShare(-0.03)).toBe('-3.0 %');
    expect(formatP(0.00052)).toBe('0.0005');
    expect(formatP(0.00001)).toBe('< 0.0001');
  });
});

describe('time', () => {
  it('covers a range with round bins, no more than asked for', () => {
    expect(binsOf({ from: MONDAY + 1, to: MONDAY + DAY }, 24)).toEqual({
      from: MONDAY,
      to: MONDAY + DAY,
      count: 24,
      stepMs: HOUR,
    });
    for (const days of [0.001, 1, 30, 400, 40_000, 4_000_000]) {
      const bins = binsOf({ from: MONDAY + 7, to: MONDAY + days * DAY }, 100);
      expect(bins.count).toBeLessThanOrEqual(100);
      expect(bins.from).toBeLessThanOrEqual(MONDAY + 7);
      expect(bins.to).toBeGreaterThanOrEqual(MONDAY + days * DAY);
    }
  });

  it('labels days by date and hours by clock', () => {
    expect(ticksOf({ from: MONDAY, to: MONDAY + DAY }, 4).map((tick) => tick.label)).toEqual([
      '2 Mar',
      '06:00',
      '12:00',
      '18:00',
    ]);
  });

  it('says a range in few words', () => {
    expect(formatTime(MONDAY)).toBe('2026-03-02 00:00');
    expect(formatRange({ from: MONDAY, to: MONDAY + DAY })).toBe('2 Mar');
    expect(formatRange({ from: MONDAY, to: MONDAY + 3 * DAY })).toBe('2 Mar – 4 Mar');
    expect(formatRange({ from: MONDAY + HOUR, to: MONDAY + 2 * HOUR })).toBe('2 Mar 01:00 – 02:00');
  });
});

it('gives the top of the percentiles its room', () => {
  expect([0, 90, 99, 99.9, 99.99, 100].map((p) => Math.round(ninesOf(p) * 100) / 100)).toEqual([
    0, 0.25, 0.5, 0.75, 1, 1,
  ]);
});

it('counts the actors at or above a threshold', () => {
  const { abuse, benign, unsure, none, edges } = scoreHistogramExample;
  const sum = (bins: readonly number[]): number => bins.reduce((total, n) => total + n, 0);
  expect(queueSizeAt(scoreHistogramExample, edges[0] ?? 0)).toBe(sum(abuse) + sum(benign) + sum(unsure) + sum(none));
  expect(queueSizeAt(scoreHistogramExample, edges[39] ?? 0)).toBe(none[39]);
  expect(queueSizeAt(scoreHistogramExample, 99)).toBe(0);
});

it('draws a bar wherever anything happened', () => {
  expect(sparklinePath([0, 0, 0], 30, 10)).toBe('');
  expect(sparklinePath([0, 1, 900], 30, 10).match(/M/g)).toHaveLength(2);
});

describe('chances', () => {
  it.each([
    [1, 'certain'],
    [0.5, '1 in 2'],
    [1 / 3784, '1 in 3,784'],
    [1e-6, '1 in 1,000,000'],
    [3e-13, '1 in 10¹³'],
    [0, '1 in 10³⁰⁰'],
  ])('%d is %s', (p, words) => {
    expect(formatChance(p)).toBe(words);
  });

  it('gives a chosen share no more digits than it needs', () => {
    expect([0.1, 0.025, 0, 1, 0.333].map(formatPercent)).toEqual(['10 %', '2.5 %', '0 %', '100 %', '33.3 %']);
  });

  it('gives what is about a number two digits', () => {
    expect([0.0666, 4.5, 12.4, 1234].map(formatAbout)).toEqual(['0.067', '4.5', '12', '1,234']);
  });
});
