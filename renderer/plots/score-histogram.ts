import { axisX, axisY, gridY, plot, rectY, ruleX, ruleY, text } from '@observablehq/plot';
import { asImage } from './as-image.ts';
import { formatCount, formatScore, formatShortCount } from './format.ts';
import type { PlotSize } from './size.ts';
import { twinColumns, type TwinTable } from './twin.ts';

/** Actors per score bin, by verdict; `edges` has one entry more than the others. */
export type ScoreHistogramData = {
  readonly edges: readonly number[];
  readonly abuse: readonly number[];
  readonly benign: readonly number[];
  readonly unsure: readonly number[];
  readonly none: readonly number[];
};
export type ScoreHistogramOptions = PlotSize & {
  readonly isLog: boolean;
  readonly threshold: number | null;
  /** Lowest score among those to review at a false-discovery rate, and that rate in words. */
  readonly cut?: { readonly score: number; readonly label: string } | null;
};

/** Left and right of the bars, for whoever lays a handle over them. */
export const HISTOGRAM_MARGINS = { left: 34, right: 10, top: 8, bottom: 20 } as const;

const VERDICTS = ['none', 'unsure', 'benign', 'abuse'] as const;
const COLOURS = { none: 'var(--undecided)', unsure: 'var(--unsure)', benign: 'var(--benign)', abuse: 'var(--abuse)' };

/**
 * How many actors score how high, stacked by verdict; bars below the threshold are pale. On the log axis a bar's height
 * is log10(1 + actors), shared among the verdicts in proportion. A dashed line stands where a false-discovery rate cuts.
 */
export const drawScoreHistogram = (
  data: ScoreHistogramData,
  { width, height, isLog, threshold, cut = null }: ScoreHistogramOptions,
): SVGElement | HTMLElement => {
  const heightOf = isLog ? (count: number): number => Math.log10(1 + count) : (count: number): number => count;
  const totals = data.none.map((_, i) => totalOf(data, i));
  const most = Math.max(1, ...totals);
  const yTicks = isLog
    ? [1, 10, 100, 1000, 10_000, 100_000, 1e6].filter((n) => n <= most)
    : [Math.round(most / 2), most];
  const labels = new Map(yTicks.map((n) => [heightOf(n), formatShortCount(n)] as const));
  return asImage(
    plot({
      width,
      height,
      marginLeft: HISTOGRAM_MARGINS.left,
      marginRight: HISTOGRAM_MARGINS.right,
      marginTop: HISTOGRAM_MARGINS.top,
      marginBottom: HISTOGRAM_MARGINS.bottom,
      style: { background: 'none', color: 'var(--text-muted)', fontSize: '11px', fontFamily: 'inherit' },
      x: { type: 'linear', domain: [data.edges[0] ?? 0, data.edges.at(-1) ?? 1] },
      y: { type: 'linear', domain: [0, heightOf(most)] },
      marks: [
        gridY([...labels.keys()], { stroke: 'var(--line)', strokeOpacity: 1 }),
        ...VERDICTS.flatMap((verdict) => {
          const bars = barsOf(data, verdict, heightOf);
          const shape = {
            x1: 'x1',
            x2: 'x2',
            y1: 'y1',
            y2: 'y2',
            fill: COLOURS[verdict],
            insetLeft: 0.25,
            insetRight: 0.25,
          };
          const isAbove = (bar: Bar): boolean => threshold === null || bar.x1 >= threshold - 1e-12;
          return [
            rectY(
              bars.filter((bar) => !isAbove(bar)),
              { ...shape, fillOpacity: 0.35 },
            ),
            rectY(bars.filter(isAbove), { ...shape, fillOpacity: 1 }),
          ];
        }),
        ruleY([0], { stroke: 'var(--line-strong)' }),
        ...(cut === null ? [] : cutMarks(cut, (data.edges[0] ?? 0) + (data.edges.at(-1) ?? 1))),
        ...(threshold === null ? [] : [ruleX([threshold], { stroke: 'var(--accent)', strokeWidth: 2 })]),
        axisX({ ticks: Math.max(4, Math.floor(width / 60)), tickSize: 0, label: null }),
        axisY([...labels.keys()], { tickFormat: (y: number) => labels.get(y) ?? '', tickSize: 0, label: null }),
      ],
    }),
    'Actors by score, stacked by verdict',
  );
};

const cutMarks = (cut: { readonly score: number; readonly label: string }, twiceTheMiddle: number) => {
  const isRight = 2 * cut.score > twiceTheMiddle;
  return [
    ruleX([cut.score], { stroke: 'var(--text)', strokeWidth: 1.5, strokeDasharray: '3 3' }),
    text([cut], {
      x: 'score',
      text: 'label',
      frameAnchor: 'top',
      dx: isRight ? -5 : 5,
      dy: 24,
      textAnchor: isRight ? 'end' : 'start',
      fill: 'var(--text)',
      stroke: 'var(--surface)',
      strokeWidth: 4,
    }),
  ];
};

/** How many actors score in bins at or above a threshold. */
export const queueSizeAt = (data: ScoreHistogramData, threshold: number): number => {
  let size = 0;
  for (let i = 0; i < data.none.length; i++) if ((data.edges[i] ?? 0) >= threshold - 1e-12) size += totalOf(data, i);
  return size;
};

/** Bins with any actor in them. */
export const tableOfScoreHistogram = (data: ScoreHistogramData): TwinTable => ({
  caption: 'Actors by score and verdict; empty bins are left out',
  columns: twinColumns('Score from', 'to', 'Abuse#', 'Benign#', 'Unsure#', 'Undecided#'),
  rows: data.none.flatMap((none, i) =>
    totalOf(data, i) === 0
      ? []
      : [
          [
            formatScore(data.edges[i] ?? 0),
            formatScore(data.edges[i + 1] ?? 0),
            formatCount(data.abuse[i] ?? 0),
            formatCount(data.benign[i] ?? 0),
            formatCount(data.unsure[i] ?? 0),
            formatCount(none),
          ],
        ],
  ),
});

type Bar = { readonly x1: number; readonly x2: number; readonly y1: number; readonly y2: number };

const barsOf = (
  data: ScoreHistogramData,
  verdict: (typeof VERDICTS)[number],
  heightOf: (count: number) => number,
): readonly Bar[] =>
  data[verdict].flatMap((count, i) => {
    if (count === 0) return [];
    const total = totalOf(data, i);
    const below = VERDICTS.slice(0, VERDICTS.indexOf(verdict)).reduce((sum, other) => sum + (data[other][i] ?? 0), 0);
    const scale = heightOf(total) / total;
    return [{ x1: data.edges[i] ?? 0, x2: data.edges[i + 1] ?? 0, y1: below * scale, y2: (below + count) * scale }];
  });

const totalOf = (data: ScoreHistogramData, i: number): number =>
  VERDICTS.reduce((sum, verdict) => sum + (data[verdict][i] ?? 0), 0);

const BINS = 40;
const bell = Array.from({ length: BINS }, (_, i) =>
  Math.round(180 * Math.exp(-(((i - 9) / 5) ** 2)) + (i > 16 ? (40 - i) / 6 : 0)),
);
const part = (from: number, share: number): number[] => bell.map((n, i) => (i >= from ? Math.floor(n * share) : 0));

export const scoreHistogramExample: ScoreHistogramData = {
  edges: Array.from({ length: BINS + 1 }, (_, i) => i * 0.1 - 0.5),
  abuse: part(24, 0.5),
  benign: part(14, 0.2),
  unsure: part(20, 0.3),
  none: bell.map((n, i) => n - (i >= 24 ? Math.floor(n * 0.5) : 0)),
};
