import { axisX, axisY, dot, gridX, link, plot } from '@observablehq/plot';
import { asImage } from './as-image.ts';
import { twinColumns, type TwinTable } from './twin.ts';

/** A released number of a group, with the interval that holds what it is of at the stated level. */
export type ReleasedPoint = {
  readonly group: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
};

const ROW = 20;
const MARGIN_LEFT = 150;
const MOST_CHARACTERS = 22;

/** Released numbers in the order of their groups: a point and its interval each. */
export const drawReleasedPoints = (
  points: readonly ReleasedPoint[],
  { width, name }: { readonly width: number; readonly name: string },
): SVGElement | HTMLElement => {
  const rows = points.map((point, i) => ({ ...point, row: String(i) }));
  return asImage(
    plot({
      width,
      height: 44 + ROW * points.length,
      marginLeft: MARGIN_LEFT,
      marginRight: 16,
      marginTop: 6,
      marginBottom: 38,
      style: { background: 'none', color: 'var(--text-muted)', fontSize: '11px', fontFamily: 'inherit' },
      x: { type: 'linear', nice: true },
      y: { type: 'band', domain: rows.map(({ row }) => row) },
      marks: [
        gridX({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 6 }),
        link(rows, { x1: 'low', x2: 'high', y1: 'row', y2: 'row', stroke: 'var(--accent)', strokeWidth: 2 }),
        dot(rows, { x: 'value', y: 'row', r: 4, fill: 'var(--accent)', stroke: 'var(--surface)' }),
        axisX({
          ticks: 6,
          tickSize: 0,
          label: `${name}, with noise`,
          labelArrow: 'none',
          labelAnchor: 'center',
        }),
        axisY({ tickSize: 0, label: null, tickFormat: (row: string) => short(points[Number(row)]?.group ?? '') }),
      ],
    }),
    `Released ${name} of each group with its interval`,
  );
};

const short = (text: string): string =>
  text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;

export const tableOfReleasedPoints = (points: readonly ReleasedPoint[], name: string): TwinTable => ({
  caption: `Released ${name} of each group with its interval`,
  columns: twinColumns('Group', `${name}#`, 'from#', 'to#'),
  rows: points.map(({ group, value, low, high }) => [group, String(value), String(low), String(high)]),
});

export const releasedPointsExample: readonly ReleasedPoint[] = [
  { group: 'DE', value: 132, low: 125, high: 139 },
  { group: 'FR', value: 61, low: 54, high: 68 },
  { group: 'PL', value: -2, low: -9, high: 5 },
];
