import { axisX, axisY, dot, gridX, gridY, line, plot, ruleX } from '@observablehq/plot';
import { asImage } from './as-image.ts';
import { formatAbout, formatShortCount } from './format.ts';
import { twinColumns, type TwinTable } from './twin.ts';

/** Half the width of the interval of noise that a budget would give. */
export type EpsilonPoint = { readonly epsilon: number; readonly halfWidth: number };

const HEIGHT = 200;

/** How wide the noise is at every ε, from public numbers; a mark where ε was chosen. */
export const drawEpsilonCurve = (
  points: readonly EpsilonPoint[],
  { width, epsilon, unit }: { readonly width: number; readonly epsilon: number; readonly unit: string },
): SVGElement | HTMLElement => {
  // A width of 0 has no logarithm; it is drawn at the foot.
  const least = Math.min(1, ...points.map(({ halfWidth }) => halfWidth).filter((each) => each > 0));
  const drawn = points.map((point) => ({ ...point, halfWidth: Math.max(point.halfWidth, least / 2) }));
  const [first, last] = [drawn[0]?.epsilon ?? 0.01, drawn.at(-1)?.epsilon ?? 10];
  const isInside = epsilon >= first && epsilon <= last;
  return asImage(
    plot({
      width,
      height: HEIGHT,
      marginLeft: 52,
      marginRight: 14,
      marginTop: 10,
      marginBottom: 34,
      style: { background: 'none', color: 'var(--text-muted)', fontSize: '11px', fontFamily: 'inherit' },
      x: { type: 'log', domain: [first, last] },
      y: { type: 'log' },
      marks: [
        gridX(TICKS, { stroke: 'var(--line)', strokeOpacity: 1 }),
        gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 4 }),
        line(drawn, { x: 'epsilon', y: 'halfWidth', stroke: 'var(--accent)', strokeWidth: 2, curve: 'monotone-x' }),
        ...(isInside
          ? [
              ruleX([epsilon], { stroke: 'var(--text)', strokeDasharray: '4 3' }),
              dot([{ epsilon, halfWidth: between(drawn, epsilon) }], {
                x: 'epsilon',
                y: 'halfWidth',
                r: 4.5,
                fill: 'var(--accent)',
                stroke: 'var(--surface)',
              }),
            ]
          : []),
        axisX(TICKS, {
          tickFormat: String,
          tickSize: 0,
          label: 'ε; the dashed line is the one chosen',
          labelArrow: 'none',
          labelAnchor: 'center',
        }),
        axisY({ ticks: 4, tickFormat: halfWidthTick, tickSize: 0, label: null }),
      ],
    }),
    `Noise, ± ${unit}, at other values of ε`,
  );
};

/** 0.03, 4, 250, 12k. */
const halfWidthTick = (value: number): string => (value < 10 ? formatAbout(value) : formatShortCount(value));

const TICKS = [0.01, 0.03, 0.1, 0.3, 1, 3, 10];

/** Along the line between two points, by logarithms. */
const between = (points: readonly EpsilonPoint[], epsilon: number): number => {
  const after = points.findIndex((point) => point.epsilon >= epsilon);
  const [left, right] = [points[Math.max(0, after - 1)], points[after]];
  if (left === undefined || right === undefined) return points.at(-1)?.halfWidth ?? 1;
  if (left === right) return left.halfWidth;
  const share = Math.log(epsilon / left.epsilon) / Math.log(right.epsilon / left.epsilon);
  return left.halfWidth * (right.halfWidth / left.halfWidth) ** share;
};

export const tableOfEpsilonCurve = (points: readonly EpsilonPoint[], unit: string): TwinTable => ({
  caption: `Half the width of the interval of noise at other values of ε`,
  columns: twinColumns('ε#', `± ${unit}#`),
  rows: points.map(({ epsilon, halfWidth }) => [String(epsilon), String(Number(halfWidth.toPrecision(6)))]),
});

export const epsilonCurveExample: readonly EpsilonPoint[] = [0.01, 0.03, 0.1, 0.3, 1, 3, 10].map((epsilon) => ({
  epsilon,
  halfWidth: Math.round(3 / epsilon),
}));
