import { areaY, axisX, axisY, gridY, line, plot } from '@observablehq/plot';
import { asImage } from './as-image.ts';
import { twinColumns, type TwinTable } from './twin.ts';

/** What had been spent after a line of the ledger, and the limit of that time; null where none held. */
export type BudgetStep = { readonly seq: number; readonly spent: number; readonly limit: number | null };

const HEIGHT = 180;

/** The running budget: steps where something was spent, under the limit of the time. */
export const drawBudgetSteps = (
  steps: readonly BudgetStep[],
  { width, unit }: { readonly width: number; readonly unit: string },
): SVGElement | HTMLElement => {
  const last = steps.at(-1);
  // A step holds until the next line: the last one is drawn one line on.
  const held = last === undefined ? [] : [...steps, { ...last, seq: last.seq + 1 }];
  const most = Math.max(1e-9, ...steps.map(({ spent, limit }) => Math.max(spent, limit ?? 0)));
  const limits = held.filter(({ limit }) => limit !== null);
  return asImage(
    plot({
      width,
      height: HEIGHT,
      marginLeft: 44,
      marginRight: 12,
      marginTop: 10,
      marginBottom: 36,
      style: { background: 'none', color: 'var(--text-muted)', fontSize: '11px', fontFamily: 'inherit' },
      x: { type: 'linear', domain: [1, Math.max(2, held.at(-1)?.seq ?? 2)] },
      y: { type: 'linear', domain: [0, 1.08 * most] },
      marks: [
        gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 4 }),
        areaY(held, { x: 'seq', y: 'spent', curve: 'step-after', fill: 'var(--accent-soft)' }),
        line(held, { x: 'seq', y: 'spent', curve: 'step-after', stroke: 'var(--accent)', strokeWidth: 2 }),
        line(limits, { x: 'seq', y: 'limit', curve: 'step-after', stroke: 'var(--danger)', strokeDasharray: '5 3' }),
        axisX({
          ticks: Math.min(10, held.length),
          tickFormat: (seq: number) => (Number.isInteger(seq) && seq <= (last?.seq ?? 1) ? String(seq) : ''),
          tickSize: 0,
          label: 'line of the ledger; dashed: the limit',
          labelArrow: 'none',
          labelAnchor: 'center',
        }),
        axisY({ ticks: 4, tickSize: 0, label: null }),
      ],
    }),
    `Spent ${unit} after each line of the ledger, with the limit`,
  );
};

export const tableOfBudgetSteps = (steps: readonly BudgetStep[], unit: string): TwinTable => ({
  caption: `Spent ${unit} after each line of the ledger`,
  columns: twinColumns('Line#', `Spent ${unit}#`, 'Limit#'),
  rows: steps.map(({ seq, spent, limit }) => [String(seq), String(spent), limit === null ? 'none' : String(limit)]),
});

export const budgetStepsExample: readonly BudgetStep[] = [
  { seq: 1, spent: 0, limit: null },
  { seq: 2, spent: 0, limit: 3 },
  { seq: 3, spent: 0, limit: 3 },
  { seq: 4, spent: 0.5, limit: 3 },
  { seq: 5, spent: 0.5, limit: 3 },
  { seq: 6, spent: 1.5, limit: 3 },
];
