import { axisX, axisY, dot, gridX, gridY, line, plot, ruleX } from '@observablehq/plot';
import { asImage } from './as-image.ts';
import { formatCount, formatShare } from './format.ts';
import { twinColumns, type TwinTable } from './twin.ts';

/** Decided actors by the rate that was claimed of them. */
export type ReliabilityBin = {
  /** Mean of the false-discovery rates claimed, 0–1. */
  readonly claimed: number;
  /** Share of them that was called benign, with its 95 % interval. */
  readonly realised: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
};

const HEIGHT = 220;
const MOST_WIDTH = 360;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** What was claimed, and what came of it: points with their intervals; on the line the claim was right, below it the claim was careful. */
export const drawReliability = (
  bins: readonly ReliabilityBin[],
  { width }: { readonly width: number },
): SVGElement | HTMLElement =>
  asImage(
    plot({
      width: Math.min(width, MOST_WIDTH),
      height: HEIGHT,
      marginLeft: 40,
      marginRight: 12,
      marginTop: 8,
      marginBottom: 34,
      style: { background: 'none', color: 'var(--text-muted)', fontSize: '11px', fontFamily: 'inherit' },
      x: { type: 'linear', domain: [0, 1] },
      y: { type: 'linear', domain: [0, 1] },
      r: { range: [3, 8], domain: [1, Math.max(2, ...bins.map(({ n }) => n))] },
      marks: [
        gridX(TICKS, { stroke: 'var(--line)', strokeOpacity: 1 }),
        gridY(TICKS, { stroke: 'var(--line)', strokeOpacity: 1 }),
        line(
          [
            [0, 0],
            [1, 1],
          ],
          { stroke: 'var(--line-strong)', strokeDasharray: '4 3' },
        ),
        ruleX(bins, { x: 'claimed', y1: 'low', y2: 'high', stroke: 'var(--accent)', strokeWidth: 1.5 }),
        dot(bins, { x: 'claimed', y: 'realised', r: 'n', fill: 'var(--accent)' }),
        axisX(TICKS, {
          tickFormat: percent,
          tickSize: 0,
          label: 'claimed to be ordinary',
          labelArrow: 'none',
          labelAnchor: 'center',
        }),
        axisY(TICKS, { tickFormat: percent, tickSize: 0, label: null }),
      ],
    }),
    'Share of ordinary actors: claimed, and called benign',
  );

export const tableOfReliability = (bins: readonly ReliabilityBin[]): TwinTable => ({
  caption: 'Share of ordinary actors among the decided: claimed, and called benign with its 95 % interval',
  columns: twinColumns('Claimed#', 'Called benign#', 'from#', 'to#', 'Actors#'),
  rows: bins.map((bin) => [
    formatShare(bin.claimed),
    formatShare(bin.realised),
    formatShare(bin.low),
    formatShare(bin.high),
    formatCount(bin.n),
  ]),
});

const percent = (share: number): string => `${Math.round(100 * share)} %`;

export const reliabilityExample: readonly ReliabilityBin[] = [
  { claimed: 0.03, realised: 0.02, low: 0, high: 0.1, n: 48 },
  { claimed: 0.14, realised: 0.11, low: 0.04, high: 0.25, n: 36 },
  { claimed: 0.38, realised: 0.45, low: 0.26, high: 0.66, n: 20 },
  { claimed: 0.8, realised: 0.71, low: 0.45, high: 0.88, n: 14 },
];
