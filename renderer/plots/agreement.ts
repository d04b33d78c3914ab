import { axisX, axisY, cell, plot, text } from '@observablehq/plot';
import { asImage } from './as-image.ts';
import { detectorLabel, detectorWords } from './detector-words.ts';
import { formatCount } from './format.ts';
import { twinColumns, type TwinTable } from './twin.ts';

/** How far detectors agree; matrices row by row in the order of `names`. */
export type AgreementData = {
  readonly names: readonly string[];
  /** Spearman's correlation of their rankings; null where one of the two is constant. */
  readonly rank: readonly (readonly (number | null)[])[];
  /** Share of one's strongest actors among the other's. */
  readonly top: readonly (readonly number[])[];
  /** How many are the strongest. */
  readonly topRows: number;
};

const ROW = 26;
const LEFT = 122;
const TOP = 20;
const MOST_COLUMN = 74;

/** Height of the drawing in pixels. */
export const agreementHeight = ({ names }: AgreementData): number => TOP + ROW * names.length;

/**
 * Every two detectors twice: right of the diagonal the correlation of their rankings, left of it the share of their strongest
 * actors that they have in common. Darker is more; a negative correlation has the other colour.
 */
export const drawAgreement = (data: AgreementData, { width }: { readonly width: number }): SVGElement | HTMLElement => {
  const cells = data.names.flatMap((row, i) =>
    data.names.flatMap((column, j) => {
      if (i === j) return [];
      const value = j > i ? (data.rank[i]?.[j] ?? null) : (data.top[i]?.[j] ?? 0);
      return [{ row, column, value, shown: j > i ? shownRank(value) : shownTop(value) }];
    }),
  );
  const drawn = Math.min(width, LEFT + MOST_COLUMN * data.names.length);
  return asImage(
    plot({
      width: drawn,
      height: agreementHeight(data),
      marginLeft: LEFT,
      marginRight: 1,
      marginTop: TOP,
      marginBottom: 0,
      style: { background: 'none', color: 'var(--text)', fontSize: '11px', fontFamily: 'inherit' },
      x: { type: 'band', domain: [...data.names], padding: 0.03 },
      y: { type: 'band', domain: [...data.names], padding: 0.06 },
      marks: [
        cell(
          data.names.map((name) => ({ name })),
          { x: 'name', y: 'name', fill: 'var(--line)' },
        ),
        cell(cells, { x: 'column', y: 'row', fill: 'var(--surface-sunken)' }),
        cell(cells, {
          x: 'column',
          y: 'row',
          fill: ({ value }: Cell) => ((value ?? 0) < 0 ? 'var(--score-2)' : 'var(--accent)'),
          fillOpacity: { value: ({ value }: Cell) => 0.5 * Math.min(1, Math.abs(value ?? 0)), scale: null },
        }),
        text(cells, { x: 'column', y: 'row', text: 'shown', fill: 'var(--text)' }),
        axisX({
          anchor: 'top',
          tickSize: 0,
          label: null,
          tickFormat: (name: string) => detectorWords(name).short,
          color: 'var(--text-muted)',
        }),
        axisY({ tickSize: 0, label: null, textAnchor: 'start', dx: -LEFT + 8, tickFormat: detectorLabel }),
      ],
    }),
    'Agreement of the detectors',
  );
};

/** Every two detectors once. */
export const tableOfAgreement = ({ names, rank, top, topRows }: AgreementData): TwinTable => ({
  caption: `Agreement of every two detectors: correlation of their rankings, and share of the ${formatCount(topRows)} strongest in common`,
  columns: twinColumns('Detector', 'and', 'Rank correlation#', 'Strongest in common#'),
  rows: names.flatMap((one, i) =>
    names
      .map((other, j) => ({ other, j }))
      .filter(({ j }) => j > i)
      .map(({ other, j }) => [
        detectorLabel(one),
        detectorLabel(other),
        shownRank(rank[i]?.[j] ?? null),
        shownTop(top[i]?.[j] ?? 0),
      ]),
  ),
});

type Cell = { readonly value: number | null };

const shownRank = (value: number | null): string => (value === null ? '–' : value.toFixed(2).replace('-', '−'));
const shownTop = (value: number | null): string => `${Math.round(100 * (value ?? 0))} %`;

const NAMES = ['isolationForest', 'fairCutForest', 'knn', 'mcd', 'autoencoder', 'lockstep'];
const symmetric = (at: (low: number, high: number) => number): number[][] =>
  NAMES.map((_, i) => NAMES.map((__, j) => (i === j ? 1 : at(Math.min(i, j), Math.max(i, j)))));

export const agreementExample: AgreementData = {
  names: NAMES,
  rank: symmetric((i, j) => (j === 5 ? -0.18 + 0.05 * i : 0.93 - 0.11 * j + 0.02 * i)),
  top: symmetric((i, j) => (j === 5 ? 0.04 : 0.82 - 0.13 * (j - i))),
  topRows: 60,
};
