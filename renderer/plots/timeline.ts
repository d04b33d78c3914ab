import { areaY, axisX, axisY, gridY, plot, ruleY } from '@observablehq/plot';
import { asImage } from './as-image.ts';
import { formatCount, formatShortCount } from './format.ts';
import type { PlotSize } from './size.ts';
import { formatStep, formatTime, ticksOf, type Bins } from './time.ts';
import { twinColumns, type TwinTable } from './twin.ts';

export type TimelineData = {
  readonly bins: Bins;
  readonly all: readonly number[];
  readonly filtered: readonly number[];
};
export type TimelineOptions = PlotSize & { readonly marginLeft?: number; readonly marginRight?: number };

/** Events per time bin: everybody's as a pale shape, those of the actors the filter leaves in front; root scale. */
export const drawTimeline = (data: TimelineData, options: TimelineOptions): SVGElement | HTMLElement => {
  const { marginLeft = 44, marginRight = 10, width, height } = options;
  const steps = stepsOf(data);
  const most = Math.max(1, ...data.all);
  const yTicks = [...new Set([Math.round(most / 4), most])];
  return asImage(
    plot({
      width,
      height,
      marginLeft,
      marginRight,
      marginTop: 6,
      marginBottom: 20,
      style: { background: 'none', color: 'var(--text-muted)', fontSize: '11px', fontFamily: 'inherit' },
      x: { type: 'utc', domain: [data.bins.from, data.bins.to] },
      y: { type: 'sqrt', domain: [0, most] },
      marks: [
        gridY(yTicks, { stroke: 'var(--line)', strokeOpacity: 1 }),
        areaY(steps, { x: 'at', y: 'all', curve: 'step-after', fill: 'var(--line-strong)', fillOpacity: 0.55 }),
        areaY(steps, { x: 'at', y: 'filtered', curve: 'step-after', fill: 'var(--accent)', fillOpacity: 0.85 }),
        ruleY([0], { stroke: 'var(--line-strong)' }),
        axisY(yTicks, { tickFormat: formatShortCount, tickSize: 0, label: null }),
        axisX(
          ticksOf(data.bins, Math.max(2, Math.floor(width / 90))).map((tick) => tick.at),
          { tickFormat: tickLabels(data.bins, width), tickSize: 4, label: null },
        ),
      ],
    }),
    `Events per ${formatStep(data.bins.stepMs)}`,
  );
};

/** Bins with anything in them. */
export const tableOfTimeline = ({ bins, all, filtered }: TimelineData): TwinTable => ({
  caption: `Events per ${formatStep(bins.stepMs)} (UTC), ${formatCount(bins.count)} bins; empty ones are left out`,
  columns: twinColumns('From', 'Events#', 'Of these, shown#'),
  rows: all.flatMap((count, i) =>
    count === 0 ? [] : [[formatTime(bins.from + i * bins.stepMs), formatCount(count), formatCount(filtered[i] ?? 0)]],
  ),
});

const stepsOf = ({ bins, all, filtered }: TimelineData): { at: number; all: number; filtered: number }[] =>
  Array.from({ length: bins.count + 1 }, (_, i) => {
    const bin = Math.min(i, bins.count - 1);
    return { at: bins.from + i * bins.stepMs, all: all[bin] ?? 0, filtered: filtered[bin] ?? 0 };
  });

const tickLabels = (bins: Bins, width: number): ((at: Date | number) => string) => {
  const labels = new Map(
    ticksOf(bins, Math.max(2, Math.floor(width / 90))).map((tick) => [tick.at, tick.label] as const),
  );
  return (at) => labels.get(Number(at)) ?? '';
};

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 2);
const counts = Array.from({ length: 84 }, (_, i) => {
  const hour = (i * 2) % 24;
  return Math.round(40 + 34 * Math.sin(((hour - 9) / 24) * 2 * Math.PI) + ((i * 37) % 11) + (i === 50 ? 190 : 0));
});

export const timelineExample: TimelineData = {
  bins: { from: START, to: START + 84 * 2 * HOUR, count: 84, stepMs: 2 * HOUR },
  all: counts,
  filtered: counts.map((count, i) => (i > 46 && i < 54 ? Math.round(count * 0.7) : Math.round(count * 0.06))),
};
