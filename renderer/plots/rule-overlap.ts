import { axisX, axisY, cell, plot, text } from '@observablehq/plot';
import { asImage } from './as-image.ts';
import { formatCount } from './format.ts';
import { twinColumns, type TwinTable } from './twin.ts';

/** Rules by the actors they hit; the matrices are row by row, in the order of the rules. */
export type RuleOverlap = {
  readonly rules: readonly { readonly id: string; readonly actors: number }[];
  readonly shared: readonly (readonly number[])[];
  readonly jaccard: readonly (readonly (number | null)[])[];
};

const CELL = 44;
const LEFT = 170;
const TOP = 120;

/** Actors that two rules both hit: the number of them, the darker the more alike. */
export const drawRuleOverlap = (
  { rules, shared, jaccard }: RuleOverlap,
  { width }: { readonly width: number },
): SVGElement | HTMLElement => {
  const cells = rules.flatMap((_, row) =>
    rules.map((__, column) => ({
      row: String(row),
      column: String(column),
      shared: shared[row]?.[column] ?? 0,
      jaccard: row === column ? null : (jaccard[row]?.[column] ?? null),
    })),
  );
  const names = rules.map((_, i) => String(i));
  const nameOf = (i: string): string => shorten(rules[Number(i)]?.id ?? '');
  const size = Math.min(CELL, Math.max(20, (width - LEFT - 10) / Math.max(1, rules.length)));
  return asImage(
    plot({
      width: LEFT + size * rules.length + 10,
      height: TOP + size * rules.length + 6,
      marginLeft: LEFT,
      marginRight: 10,
      marginTop: TOP,
      marginBottom: 6,
      style: { background: 'none', color: 'var(--text-muted)', fontSize: '11px', fontFamily: 'inherit' },
      x: { type: 'band', domain: names, padding: 0.04 },
      y: { type: 'band', domain: names, padding: 0.04 },
      marks: [
        cell(cells, { x: 'column', y: 'row', fill: 'var(--surface-sunken)', stroke: 'var(--line)' }),
        cell(
          cells.filter((each) => (each.jaccard ?? 0) > 0),
          {
            x: 'column',
            y: 'row',
            fill: 'var(--accent)',
            fillOpacity: ({ jaccard: j }: Cell) => 0.08 + 0.42 * (j ?? 0),
          },
        ),
        text(cells, {
          x: 'column',
          y: 'row',
          text: ({ shared: n }: Cell) => formatCount(n),
          fill: 'var(--text)',
        }),
        axisX({ anchor: 'top', tickSize: 0, label: null, tickRotate: -40, tickFormat: nameOf }),
        axisY({ tickSize: 0, label: null, tickFormat: nameOf }),
      ],
    }),
    'Actors that two rules both hit',
  );
};

type Cell = { readonly row: string; readonly column: string; readonly shared: number; readonly jaccard: number | null };

const MOST_LETTERS = 24;
const shorten = (id: string): string => (id.length > MOST_LETTERS ? `${id.slice(0, MOST_LETTERS - 1)}…` : id);

export const tableOfRuleOverlap = ({ rules, shared, jaccard }: RuleOverlap): TwinTable => ({
  caption: 'Actors that two rules both hit',
  columns: twinColumns('Rule', 'Other rule', 'Actors of both#', 'Of the rule#', 'Jaccard#'),
  rows: rules.flatMap((rule, row) =>
    rules.flatMap((other, column) => {
      if (row === column) return [];
      const both = shared[row]?.[column] ?? 0;
      const of = rule.actors === 0 ? '' : `${((100 * both) / rule.actors).toFixed(1)} %`;
      return [[rule.id, other.id, formatCount(both), of, jaccard[row]?.[column]?.toFixed(3) ?? '']];
    }),
  ),
});

export const ruleOverlapExample: RuleOverlap = {
  rules: [
    { id: 'burst_of_likes', actors: 40 },
    { id: 'night_logins', actors: 12 },
    { id: 'many_devices', actors: 25 },
  ],
  shared: [
    [40, 3, 20],
    [3, 12, 0],
    [20, 0, 25],
  ],
  jaccard: [
    [1, 3 / 49, 20 / 45],
    [3 / 49, 1, 0],
    [20 / 45, 0, 1],
  ],
};
