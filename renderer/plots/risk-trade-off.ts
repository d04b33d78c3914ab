import { axisX, axisY, dot, gridX, gridY, plot, text } from '@observablehq/plot';
import { asImage } from './as-image.ts';
import { twinColumns, type TwinTable } from './twin.ts';

/** A way to change the case: who stays at risk, and what detection keeps. */
export type TradeOffDot = {
  /** By which a table beside the plot finds it. */
  readonly mark: string;
  readonly name: string;
  /** Shares, 0–1. */
  readonly atRisk: number;
  readonly kept: number;
  /** No other one is better in both. */
  readonly isBest: boolean;
};

const HEIGHT = 240;

/** Risk against detection: up and to the left is better. Dots in one place share their marks. */
export const drawRiskTradeOff = (
  points: readonly TradeOffDot[],
  { width, label }: { readonly width: number; readonly label: string },
): SVGElement | HTMLElement => {
  const least = Math.min(0.9, ...points.map(({ kept }) => kept));
  const most = Math.max(0.1, ...points.map(({ atRisk }) => atRisk));
  return asImage(
    plot({
      width,
      height: HEIGHT,
      marginLeft: 48,
      marginRight: 60,
      marginTop: 26,
      marginBottom: 36,
      style: { background: 'none', color: 'var(--text-muted)', fontSize: '11px', fontFamily: 'inherit' },
      x: { type: 'linear', domain: [0, 100 * most], percent: true },
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
          strokeWidth: 1.5,
        }),
        text(marksByPlace(points), {
          x: 'atRisk',
          y: 'kept',
          text: 'marks',
          dx: 10,
          textAnchor: 'start',
          fill: 'var(--text)',
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

/** Shares of a hundredth of the axis are as good as one place. */
const placeOf = ({ atRisk, kept }: TradeOffDot): string => `${atRisk.toFixed(2)} ${kept.toFixed(2)}`;

const marksByPlace = (points: readonly TradeOffDot[]) => {
  const places = new Map<string, TradeOffDot & { readonly marks: string }>();
  for (const point of points) {
    const before = places.get(placeOf(point));
    places.set(placeOf(point), { ...(before ?? point), marks: before ? `${before.marks}, ${point.mark}` : point.mark });
  }
  return [...places.values()];
};

export const tableOfRiskTradeOff = (points: readonly TradeOffDot[], label: string): TwinTable => ({
  caption: `Actors at risk against ${label}`,
  columns: twinColumns('#', 'Change', 'At risk#', `${label}#`, 'None better in both'),
  rows: points.map(({ mark, name, atRisk, kept, isBest }) => [
    mark,
    name,
    `${(100 * atRisk).toFixed(1)} %`,
    kept.toFixed(3),
    isBest ? 'yes' : 'no',
  ]),
});

export const riskTradeOffExample: readonly TradeOffDot[] = [
  { mark: '1', name: 'country: none', atRisk: 0.2, kept: 0.97, isBest: true },
  { mark: '2', name: 'country: none; action: none', atRisk: 0.2, kept: 0.97, isBest: true },
  { mark: '3', name: 'hours: none', atRisk: 0.25, kept: 0.9, isBest: false },
  { mark: '4', name: 'no column coarser', atRisk: 0.62, kept: 1, isBest: true },
];
