import { formatCount } from './format.ts';
import type { PlotSize } from './size.ts';
import { formatStep, formatTime, ticksOf, type Bins } from './time.ts';
import { twinColumns, type TwinTable } from './twin.ts';

export type Lane = {
  readonly actor: string;
  /** Events per bin. */
  readonly counts: ArrayLike<number>;
  /** Score band, 0–4; null where the actor has too few events to be ranked. */
  readonly band: number | null;
};
export type SwimLaneData = {
  readonly bins: Bins;
  /** Everybody's events per bin. */
  readonly overall: ArrayLike<number>;
  readonly lanes: readonly Lane[];
  readonly selected: string | null;
};
export type SwimLaneOptions = PlotSize & { readonly labelWidth: number; readonly rowHeight: number };

export type SwimLaneLayout = {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  /** Pixels of a bin. */
  readonly step: number;
  readonly count: number;
  readonly overallHeight: number;
  readonly rowHeight: number;
  readonly axisTop: number;
  /** Height of everybody's bars, 0–1. */
  readonly overall: Float32Array;
  readonly rows: readonly {
    readonly actor: string;
    readonly top: number;
    readonly band: number | null;
    readonly isSelected: boolean;
    /** Strength per bin, 0 (nothing) to LEVELS. */
    readonly levels: Uint8Array;
  }[];
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
};

/** Steps of the heat. */
export const LEVELS = 5;
const OVERALL = 26;
const GAP = 4;
const AXIS = 18;
const RIGHT = 10;

/** How many lanes fit into a height. */
export const lanesThatFit = (height: number, rowHeight: number): number =>
  Math.max(1, Math.floor((height - OVERALL - GAP - AXIS) / rowHeight));

/** Where everything of the heat map goes, in CSS pixels: everybody's lane on top, then one lane per actor, then the times. */
export const layoutSwimLane = (data: SwimLaneData, options: SwimLaneOptions): SwimLaneLayout => {
  const { width, height, labelWidth, rowHeight } = options;
  const { count, from, to } = data.bins;
  const step = Math.max(0.1, (width - labelWidth - RIGHT) / count);
  const lanes = data.lanes.slice(0, lanesThatFit(height, rowHeight));
  const most = lanes.reduce((high, lane) => Math.max(high, highest(lane.counts)), 1);
  const levelOf = heatScale(most);
  const overallMost = Math.max(1, highest(data.overall));
  const axisTop = OVERALL + GAP + lanes.length * rowHeight;
  return {
    width,
    height,
    left: labelWidth,
    step,
    count,
    overallHeight: OVERALL,
    rowHeight,
    axisTop,
    overall: Float32Array.from({ length: count }, (_, i) => Math.sqrt((data.overall[i] ?? 0) / overallMost)),
    rows: lanes.map((lane, i) => ({
      actor: lane.actor,
      top: OVERALL + GAP + i * rowHeight,
      band: lane.band,
      isSelected: lane.actor === data.selected,
      levels: Uint8Array.from({ length: count }, (_, bin) => levelOf(lane.counts[bin] ?? 0)),
    })),
    ticks: ticksOf(data.bins, Math.max(2, Math.floor((width - labelWidth) / 100))).map(({ at, label }) => ({
      x: labelWidth + ((at - from) / (to - from)) * count * step,
      label,
    })),
  };
};

/** Row (null: everybody's lane or outside) and bin (null: outside) under a point. */
export const hitSwimLane = (
  layout: SwimLaneLayout,
  x: number,
  y: number,
): { readonly row: number | null; readonly bin: number | null } => {
  const bin = Math.floor((x - layout.left) / layout.step);
  const row = Math.floor((y - OVERALL - GAP) / layout.rowHeight);
  return {
    row: row >= 0 && row < layout.rows.length ? row : null,
    bin: bin >= 0 && bin < layout.count ? bin : null,
  };
};

/** The lanes' events, one row per actor. */
export const tableOfSwimLane = ({ bins, lanes }: SwimLaneData): TwinTable => ({
  caption: `Events per actor, ${formatTime(bins.from)} to ${formatTime(bins.to)} UTC, by ${formatStep(bins.stepMs)}`,
  columns: twinColumns('Actor', 'Events#', 'Active bins#', 'Busiest from', 'Events in it#'),
  rows: lanes.map(({ actor, counts }) => {
    const all = Array.from(counts);
    const most = highest(counts);
    const busiest = all.indexOf(most);
    return [
      actor,
      formatCount(all.reduce((sum, n) => sum + n, 0)),
      formatCount(all.filter((n) => n > 0).length),
      most === 0 ? '–' : formatTime(bins.from + busiest * bins.stepMs),
      formatCount(most),
    ];
  }),
});

const highest = (counts: ArrayLike<number>): number => {
  let most = 0;
  for (let i = 0; i < counts.length; i++) most = Math.max(most, counts[i] ?? 0);
  return most;
};

const heatScale = (most: number): ((count: number) => number) => {
  const top = Math.log1p(most);
  return (count) => (count === 0 ? 0 : Math.min(LEVELS, 1 + Math.floor((LEVELS * Math.log1p(count)) / top - 1e-9)));
};

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 2);
const COUNT = 96;
const lane = (actor: string, band: number | null, count: (bin: number) => number): Lane => ({
  actor,
  band,
  counts: Array.from({ length: COUNT }, (_, bin) => Math.max(0, Math.round(count(bin)))),
});

export const swimLaneExample: SwimLaneData = {
  bins: { from: START, to: START + COUNT * 3 * HOUR, count: COUNT, stepMs: 3 * HOUR },
  overall: Array.from({ length: COUNT }, (_, bin) => 60 + 40 * Math.sin((bin / 8) * 2 * Math.PI) + (bin % 5)),
  lanes: [
    lane('zeuXLSckFXVO', 4, (bin) => (bin > 60 && bin < 68 ? 24 : 0)),
    lane('zfQgezglYCrh', 3, (bin) => (bin % 8 < 2 ? 9 : 0)),
    lane('tmsl2hBYaJoY', 3, (bin) => (bin % 8 === 6 ? 3 : bin === 40 ? 60 : 0)),
    lane('aB3dE5gH7jK9', 2, (bin) => (bin % 8 > 3 && bin % 8 < 7 ? 1 : 0)),
    lane('mN2pQ4sT6vX8', 1, (bin) => (bin % 16 === 5 ? 2 : 0)),
    lane('kLo0PqRsTuVw', 0, (bin) => (bin % 8 === 4 ? 1 : 0)),
    lane('yZ12cD34eF56', null, (bin) => (bin === 77 ? 2 : 0)),
  ],
  selected: 'zfQgezglYCrh',
};
