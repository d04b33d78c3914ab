import { axisX, axisY, cell, plot } from '@observablehq/plot';
import { asImage } from './as-image.ts';
import { formatCount } from './format.ts';
import { twinColumns, type TwinTable } from './twin.ts';

/** Events by hour of the week, Monday 00:00 UTC first: 168 counts. */
export type HourOfWeekData = { readonly counts: readonly number[] };

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** When in the week an actor is at work: one cell per hour, darker for more events (root scale). */
export const drawHourOfWeek = (
  { counts }: HourOfWeekData,
  { width }: { readonly width: number },
): SVGElement | HTMLElement => {
  const most = Math.max(1, ...counts);
  const cells = counts.map((count, i) => ({
    day: DAYS[Math.floor(i / 24)],
    hour: i % 24,
    strength: count === 0 ? 0 : 0.15 + 0.85 * Math.sqrt(count / most),
  }));
  return asImage(
    plot({
      width,
      height: 7 * 13 + 18,
      marginLeft: 32,
      marginRight: 4,
      marginTop: 0,
      marginBottom: 18,
      style: { background: 'none', color: 'var(--text-muted)', fontSize: '11px', fontFamily: 'inherit' },
      x: { type: 'band', domain: Array.from({ length: 24 }, (_, i) => i), padding: 0.08 },
      y: { type: 'band', domain: DAYS, padding: 0.08 },
      marks: [
        cell(cells, { x: 'hour', y: 'day', fill: 'var(--surface-sunken)' }),
        cell(
          cells.filter((c) => c.strength > 0),
          { x: 'hour', y: 'day', fill: 'var(--accent)', fillOpacity: { value: 'strength', scale: null } },
        ),
        axisY({ tickSize: 0, label: null }),
        axisX([0, 6, 12, 18, 23], { tickSize: 0, label: null, tickFormat: (hour: number) => String(hour) }),
      ],
    }),
    'Events by hour of the week (UTC)',
  );
};

/** Hours with anything in them, the busiest first. */
export const tableOfHourOfWeek = ({ counts }: HourOfWeekData): TwinTable => ({
  caption: 'Events by hour of the week (UTC), the busiest first; empty hours are left out',
  columns: twinColumns('Day', 'Hour#', 'Events#'),
  rows: counts
    .map((count, i) => ({ count, i }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.i - b.i)
    .map(({ count, i }) => [DAYS[Math.floor(i / 24)] ?? '', String(i % 24), formatCount(count)]),
});

export const hourOfWeekExample: HourOfWeekData = {
  counts: Array.from({ length: 168 }, (_, i) => {
    const hour = i % 24;
    return hour >= 1 && hour <= 5 ? 12 + ((i * 7) % 19) : i % 13 === 0 ? 2 : 0;
  }),
};
