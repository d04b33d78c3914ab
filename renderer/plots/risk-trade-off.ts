import { axisX, axisY, dot, gridX, gridY, plot, text } from '@observablehq/plot';
import { asImage } from './as-image.ts';
import { twinColumns, type TwinTable } from './twin.ts';

/** A way to change the case: who stays at risk, and what detection keeps. */
export type TradeOffDot = {
  readonly name: string;
  /** Shares, 0–1. */
  readonly atRisk: number;
  readonly kept: number;
  /** No other one is better in both. */
  readonly isBest: boolean;
};

const HEIGHT = 240;

/** Risk against detection: up and to the left is better. */
export const drawRiskTradeOff = (
  points: readonly TradeOffDot[],
  { width, label }: { readonly width: number; readonly label: string },
): SVGElement | HTMLElement => {
  const least = Math.min(0.9, ...points.map(({ kept }) => kept));
  return asImage(
    plot({
      width,
      height: HEIGHT,
      marginLeft: 48,
      marginRight: 90,
      marginTop: 20,
      marginBottom: 36,
      style: { background: 'none', color: 'var(--text-muted)', fontSize: '11px', fontFamily: 'inherit' },
      x: { type: 'linear', domain: [0, Math.max(0.1, ...points.map(({ atRisk }) => atRisk))], percent: true },
      y: { type: 'linear', domain: [Math.max(0, least - 0.05), 1] },
      marks: [
        gridX({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 5 }),
        gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 5 }),
        dot(points, {
          x: 'atRisk',
          y: 'kept',
          r: 5,
          fill: (point: TradeOffDot) => (point.isBest ? 'var(--accent)' : 'var(--surface)'),
          stroke: 'var(--accent)',
        }),
        text(points, {
          x: 'atRisk',
          y: 'kept',
          text: (_: TradeOffDot, i: number) => String(i + 1),
          dx: 9,
          textAnchor: 'start',
        }),
        axisX({
          ticks: 5,
          tickSize: 0,
          label: '% of actors at risk; filled: none is better in both',
          labelArrow: 'none',
          labelAnchor: 'center',
        }),
        axisY({ ticks: 5, tickSize: 0, label, labelArrow: 'none' }),
      ],
    }),
    `Actors at risk against ${label}`,
  );
};

export const tableOfRiskTradeOff = (points: readonly TradeOffDot[], label: string): TwinTable => ({
  caption: `Actors at risk against ${label}`,
  columns: twinColumns('#', 'Change', 'At risk#', `${label}#`, 'None better in both'),
  rows: points.map(({ name, atRisk, kept, isBest }, i) => [
    String(i + 1),
    name,
    `${(100 * atRisk).toFixed(1)} %`,
    kept.toFixed(3),
    isBest ? 'yes' : 'no',
  ]),
});

export const riskTradeOffExample: readonly TradeOffDot[] = [
  { name: 'as it is', atRisk: 0.62, kept: 1, isBest: true },
  { name: 'country: none', atRisk: 0.2, kept: 0.97, isBest: true },
  { name: 'hours: none', atRisk: 0.25, kept: 0.9, isBest: false },
];
