import { barX, dot, plot, text, tickX } from '@observablehq/plot';
import { asImage } from './as-image.ts';
import { formatPercentile, formatShare } from './format.ts';
import { twinColumns, type TwinTable } from './twin.ts';

export type ReasonMark = {
  readonly label: string;
  readonly contribution: number;
  readonly percentile: number | null;
  readonly shownValue: string;
  readonly shownTypical: string;
};
export type ReasonsOptions = {
  readonly width: number;
  /** Contributions at the ends of the bars' space; the extremes of the reasons by default. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** Without it each row is its bar and dot alone, for a list that has the words beside it. */
  readonly hasWords?: boolean;
};

const TRACK_SHARE = 0.34;
const GAP = 22;

/**
 * Why an actor scores as it does: a bar to the right speaks against the actor, to the left for it; beside it the value's
 * percentile among the peers as a dot between 0 and 100. Above each bar: the feature, typical → actual.
 */
export const drawReasons = (reasons: readonly ReasonMark[], options: ReasonsOptions): SVGElement | HTMLElement => {
  const { width, hasWords = true } = options;
  const rowHeight = hasWords ? 38 : 14;
  const maximum = options.maximum ?? Math.max(1e-9, ...reasons.map((r) => r.contribution));
  const barsEnd = Math.round(width * (1 - TRACK_SHARE));
  const trackFrom = barsEnd + GAP;
  const trackTo = width - 6;
  const lowest = Math.min(0, options.minimum ?? Math.min(...reasons.map((r) => r.contribution)));
  const rows = reasons.map((r, i) => ({
    ...r,
    row: i,
    x: trackFrom + ((trackTo - trackFrom) * (r.percentile ?? 0)) / 100,
  }));
  const barOffset = hasWords ? 22 : 3;
  const shape = { y: 'row', insetTop: barOffset, insetBottom: 5 } as const;
  const track = rows.filter((r) => r.percentile !== null);
  const atMiddle = (hasWords ? barOffset - 5 : -1) / 2;
  return asImage(
    plot({
      width,
      height: rowHeight * rows.length,
      marginLeft: 0,
      marginRight: width - barsEnd,
      marginTop: 0,
      marginBottom: 0,
      style: { background: 'none', color: 'var(--text)', fontSize: '12px', fontFamily: 'inherit' },
      x: { type: 'linear', domain: [lowest, maximum], axis: null },
      y: { type: 'band', domain: rows.map((r) => r.row), padding: 0, axis: null },
      marks: [
        tickX(rows, { x: () => 0, y: 'row', stroke: 'var(--line-strong)', insetTop: barOffset - 3, insetBottom: 2 }),
        barX(rows, { ...shape, x1: 0, x2: 'contribution', fill: (r: ReasonMark) => colourOf(r) }),
        dot(track, {
          x: { value: () => (trackFrom + trackTo) / 2, scale: null },
          y: 'row',
          dy: atMiddle,
          symbol: { draw: drawTrack(trackTo - trackFrom) },
          stroke: 'var(--line-strong)',
          r: 3,
        }),
        dot(track, {
          x: { value: 'x', scale: null },
          y: 'row',
          dy: atMiddle,
          r: 4,
          fill: (r: ReasonMark) => colourOf(r),
        }),
        ...(hasWords
          ? [
              text(rows, {
                text: 'label',
                y: 'row',
                frameAnchor: 'left',
                dy: -9,
                textAnchor: 'start',
                fill: 'var(--text)',
              }),
              text(rows, {
                text: (r: ReasonMark) => `${r.shownTypical} → ${r.shownValue}`,
                x: { value: () => trackTo, scale: null },
                y: 'row',
                dy: -9,
                textAnchor: 'end',
                fill: 'var(--text-muted)',
              }),
            ]
          : []),
      ],
    }),
    'Reasons: contribution to the score, and percentile among peers',
  );
};

export const tableOfReasons = (reasons: readonly ReasonMark[]): TwinTable => ({
  caption: 'Reasons, the strongest first; a negative share speaks for the actor',
  columns: twinColumns('Feature', 'Share of the score#', 'Typical', 'Actual', 'Percentile#'),
  rows: reasons.map((r) => [
    r.label,
    formatShare(r.contribution),
    r.shownTypical,
    r.shownValue,
    r.percentile === null ? '–' : formatPercentile(r.percentile),
  ]),
});

const colourOf = ({ contribution }: ReasonMark): string => (contribution < 0 ? 'var(--benign)' : 'var(--score-3)');

type Pen = { moveTo(x: number, y: number): void; lineTo(x: number, y: number): void };

const drawTrack =
  (length: number) =>
  (pen: Pen): void => {
    pen.moveTo(-length / 2, 0);
    pen.lineTo(length / 2, 0);
    for (const x of [-length / 2, length / 2]) {
      pen.moveTo(x, -3);
      pen.lineTo(x, 3);
    }
  };

export const reasonsExample: readonly ReasonMark[] = [
  { label: 'share of token_request', contribution: 0.154, percentile: 99.8, shownTypical: '0 %', shownValue: '100 %' },
  { label: 'failures in a row', contribution: 0.095, percentile: 99.97, shownTypical: '0', shownValue: '119' },
  {
    label: 'rarity of clients',
    contribution: 0.075,
    percentile: 99.9,
    shownTypical: '2.87 bits',
    shownValue: '9.98 bits',
  },
  { label: 'night share', contribution: 0.021, percentile: 81, shownTypical: '4 %', shownValue: '31 %' },
  { label: 'distinct objects', contribution: -0.03, percentile: 48, shownTypical: '21', shownValue: '20' },
];
