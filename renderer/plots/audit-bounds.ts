import { axisX, axisY, barX, gridX, plot, text, tickX } from '@observablehq/plot';
import { asImage } from './as-image.ts';
import { twinColumns, type TwinTable } from './twin.ts';

/** A lower bound of the privacy loss that an audit proved, and what was claimed. */
export type AuditBound = {
  readonly name: string;
  readonly lowerBound: number;
  readonly claimed: number;
  readonly of: 'epsilon' | 'rho';
};

const ROW = 24;
const MARGIN_LEFT = 260;
/** Room for the numbers. */
const MARGIN_RIGHT = 52;

/** Bars of what is proved, ticks of what is claimed: a bar beyond its tick refutes the claim. */
export const drawAuditBounds = (
  bounds: readonly AuditBound[],
  { width }: { readonly width: number },
): SVGElement | HTMLElement => {
  const rows = bounds.map((bound, i) => ({ ...bound, row: String(i) }));
  const most = Math.max(1e-9, ...bounds.map(({ lowerBound, claimed }) => Math.max(lowerBound, claimed)));
  return asImage(
    plot({
      width,
      height: 44 + ROW * bounds.length,
      marginLeft: Math.min(MARGIN_LEFT, width / 2),
      marginRight: MARGIN_RIGHT,
      marginTop: 6,
      marginBottom: 38,
      style: { background: 'none', color: 'var(--text-muted)', fontSize: '11px', fontFamily: 'inherit' },
      x: { type: 'linear', domain: [0, 1.05 * most] },
      y: { type: 'band', domain: rows.map(({ row }) => row), padding: 0.35 },
      marks: [
        gridX({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 5 }),
        barX(rows, {
          x: 'lowerBound',
          y: 'row',
          fill: ({ lowerBound, claimed }: AuditBound) => (lowerBound > claimed ? 'var(--danger)' : 'var(--accent)'),
        }),
        tickX(rows, { x: 'claimed', y: 'row', stroke: 'var(--text)', strokeWidth: 2 }),
        text(rows, {
          y: 'row',
          text: ({ lowerBound }: AuditBound) => lowerBound.toFixed(2),
          frameAnchor: 'right',
          dx: MARGIN_RIGHT - 8,
          textAnchor: 'end',
          fill: 'var(--text)',
        }),
        axisX({
          ticks: 5,
          tickSize: 0,
          label: 'bar: what is proved at least; mark: what is claimed',
          labelArrow: 'none',
          labelAnchor: 'center',
        }),
        axisY({ tickSize: 0, label: null, tickFormat: (row: string) => bounds[Number(row)]?.name ?? '' }),
      ],
    }),
    'Lower bounds of the privacy loss beside the claims',
  );
};

export const tableOfAuditBounds = (bounds: readonly AuditBound[]): TwinTable => ({
  caption: 'Lower bounds of the privacy loss beside the claims',
  columns: twinColumns('Pair', 'Of', 'Lower bound#', 'Claimed#'),
  rows: bounds.map(({ name, of, lowerBound, claimed }) => [
    name,
    of === 'epsilon' ? 'ε' : 'ρ',
    lowerBound.toFixed(3),
    String(claimed),
  ]),
});

export const auditBoundsExample: readonly AuditBound[] = [
  { name: 'Count of actors: one more actor', lowerBound: 0.84, claimed: 1, of: 'epsilon' },
  { name: 'Count of actors: far beyond the bounds', lowerBound: 0, claimed: 1, of: 'epsilon' },
  { name: 'Sum of amount: many at once', lowerBound: 1.32, claimed: 1, of: 'epsilon' },
];
