import { axisX, axisY, gridY, plot, rectY, ruleY } from '@observablehq/plot';
import { asImage } from './as-image.ts';
import { formatCount, formatShortCount } from './format.ts';
import { ticksOf } from './time.ts';
import { twinColumns, type TwinTable } from './twin.ts';

/** Hits of a UTC day, `YYYY-MM-DD`. Days that are not named had none. */
export type DayHits = { readonly day: string; readonly hits: number };

const DAY_MS = 86_400_000;

/** How many hits a rule had on each day. */
export const drawHitsPerDay = (
  days: readonly DayHits[],
  { width, height }: { readonly width: number; readonly height: number },
): SVGElement | HTMLElement => {
  const bars = days.map(({ day, hits }) => ({ from: new Date(day), to: new Date(Date.parse(day) + DAY_MS), hits }));
  const labels = new Map(labelledDays(days, width).map(({ at, label }) => [at + DAY_MS / 2, label]));
  return asImage(
    plot({
      width,
      height,
      marginLeft: 40,
      marginRight: 8,
      marginTop: 8,
      marginBottom: 22,
      style: { background: 'none', color: 'var(--text-muted)', fontSize: '11px', fontFamily: 'inherit' },
      x: { type: 'utc' },
      y: { domain: [0, Math.max(1, ...days.map(({ hits }) => hits))] },
      marks: [
        gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 3 }),
        rectY(bars, { x1: 'from', x2: 'to', y: 'hits', fill: 'var(--accent)', insetLeft: 0.5, insetRight: 0.5 }),
        ruleY([0], { stroke: 'var(--line-strong)' }),
        axisX([...labels.keys()], { tickFormat: (at: number) => labels.get(at) ?? '', tickSize: 0, label: null }),
        axisY({ ticks: 3, tickSize: 0, tickFormat: wholeCount, label: null }),
      ],
    }),
    `Hits per day, ${formatCount(days.reduce((sum, { hits }) => sum + hits, 0))} in all`,
  );
};

/** Days whose names have room; each stands below the middle of its bar. */
const labelledDays = (days: readonly DayHits[], width: number): ReturnType<typeof ticksOf> => {
  const times = days.map(({ day }) => Date.parse(day));
  const range = { from: Math.min(...times), to: Math.max(...times) + DAY_MS };
  return days.length === 0
    ? []
    : ticksOf(range, Math.max(3, Math.floor(width / 60))).filter(({ at }) => at % DAY_MS === 0);
};

/** There are no halves of a hit: a tick between two counts has no words. */
const wholeCount = (hits: number): string => (Number.isInteger(hits) ? formatShortCount(hits) : '');

export const tableOfHitsPerDay = (days: readonly DayHits[]): TwinTable => ({
  caption: 'Hits per day (UTC)',
  columns: twinColumns('Day', 'Hits#'),
  rows: days.map(({ day, hits }) => [day, formatCount(hits)]),
});

export const hitsPerDayExample: readonly DayHits[] = [3, 0, 5, 21, 34, 12, 0, 0, 2, 4].map((hits, i) => ({
  day: `2026-03-${String(i + 1).padStart(2, '0')}`,
  hits,
}));
