import { dot, link, plot, ruleX, text } from '@observablehq/plot';
import { asImage } from './as-image.ts';
import { detectorLabel } from './detector-words.ts';
import { twinColumns, type TwinTable } from './twin.ts';

/** What a detector's word counts, before verdicts and after. */
export type WordWeight = { readonly name: string; readonly before: number; readonly after: number };

const ROW = 22;
const LEFT = 122;
const RIGHT = 92;
const MOST_WIDTH = 560;

/** Height of the drawing in pixels. */
export const wordWeightsHeight = (weights: readonly WordWeight[]): number => ROW * weights.length;

/** What each detector's word counts: hollow before the verdicts, filled after them. */
export const drawWordWeights = (
  weights: readonly WordWeight[],
  { width }: { readonly width: number },
): SVGElement | HTMLElement => {
  const rows = weights.map((w) => ({ ...w, label: detectorLabel(w.name) }));
  const ends = weights.flatMap((w) => [w.before, w.after]);
  const y = 'name';
  return asImage(
    plot({
      width: Math.min(width, MOST_WIDTH),
      height: wordWeightsHeight(weights),
      marginLeft: LEFT,
      marginRight: RIGHT,
      marginTop: 0,
      marginBottom: 0,
      style: { background: 'none', color: 'var(--text-muted)', fontSize: '11px', fontFamily: 'inherit' },
      x: { type: 'linear', domain: [Math.min(0, ...ends), Math.max(1e-9, ...ends)], axis: null },
      y: { type: 'point', domain: weights.map((w) => w.name), padding: 0.5, axis: null },
      marks: [
        ruleX([0], { stroke: 'var(--line-strong)' }),
        link(rows, { x1: 'before', x2: 'after', y1: y, y2: y, stroke: 'var(--accent)', strokeWidth: 2 }),
        dot(rows, { x: 'before', y, r: 4, fill: 'var(--surface)', stroke: 'var(--line-strong)', strokeWidth: 1.5 }),
        dot(rows, { x: 'after', y, r: 4, fill: 'var(--accent)' }),
        text(rows, { text: 'label', y, frameAnchor: 'left', dx: -LEFT, textAnchor: 'start', fill: 'var(--text)' }),
        text(rows, {
          text: (w: WordWeight) => `${shown(w.before)} → ${shown(w.after)}`,
          y,
          frameAnchor: 'right',
          dx: RIGHT - 2,
          textAnchor: 'end',
          fill: 'var(--text)',
        }),
      ],
    }),
    'What each detector’s word counts, before and after the verdicts',
  );
};

export const tableOfWordWeights = (weights: readonly WordWeight[]): TwinTable => ({
  caption: 'What each detector’s word counts, before and after the verdicts',
  columns: twinColumns('Detector', 'Before#', 'After#'),
  rows: weights.map((w) => [detectorLabel(w.name), shown(w.before), shown(w.after)]),
});

const shown = (weight: number): string => weight.toFixed(2).replace('-', '−').replace('−0.00', '0.00');

export const wordWeightsExample: readonly WordWeight[] = [
  { name: 'isolationForest', before: 0.13, after: 0.1 },
  { name: 'knn', before: 0.27, after: 0.2 },
  { name: 'mcd', before: 0.13, after: 0.13 },
  { name: 'autoencoder', before: 0.07, after: 0.19 },
  { name: 'lockstep', before: 0.13, after: -0.06 },
];
