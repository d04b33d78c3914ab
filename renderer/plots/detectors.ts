import { axisX, dot, gridX, plot, rect, ruleY, text } from '@observablehq/plot';
import { BANDS, bandOf } from '../theme/bands.ts';
import { asImage } from './as-image.ts';
import { detectorLabel } from './detector-words.ts';
import { formatPercentile, formatScore } from './format.ts';
import { NINES, ninesOf } from './percentile-scale.ts';
import { twinColumns, type TwinTable } from './twin.ts';

export type DetectorScore = {
  readonly name: string;
  readonly score: number;
  readonly percentile: number;
  readonly evidence: 'odd' | 'alike';
};

const ROW = 20;
const LEFT = 122;
const AXIS = 18;
const KINDS = [
  { kind: 'odd', title: 'Odd: unlike the others' },
  { kind: 'alike', title: 'Alike: too much like some others' },
] as const;

/** Height of the drawing in pixels. */
export const detectorsHeight = (detectors: readonly DetectorScore[]): number =>
  ROW * (detectors.length + KINDS.filter(({ kind }) => detectors.some((d) => d.evidence === kind)).length) + AXIS;

/**
 * The percentile every detector gives an actor, as dots on one scale that spreads the top, over the score bands. Detectors of
 * a kind of evidence stand together; the one that speaks loudest has a ring, and its name is bold.
 */
export const drawDetectors = (
  detectors: readonly DetectorScore[],
  { width }: { readonly width: number },
): SVGElement | HTMLElement => {
  const strongest = strongestOf(detectors);
  const lines = KINDS.flatMap(({ kind, title }) => {
    const members = detectors.filter((d) => d.evidence === kind);
    return members.length === 0 ? [] : [{ title }, ...members];
  }).map((line, i) => ({ line, y: i + 0.5 }));
  const heads = lines.flatMap(({ line, y }) => ('title' in line ? [{ label: line.title, y }] : []));
  const rows = lines.flatMap(({ line, y }) =>
    'title' in line
      ? []
      : [{ ...line, y, label: detectorLabel(line.name), place: ninesOf(line.percentile), isMost: line === strongest }],
  );
  const blocks = heads.map((head, i) => ({ y1: head.y + 0.5, y2: (heads[i + 1]?.y ?? lines.length + 0.5) - 0.5 }));
  const bands = blocks.flatMap((block) =>
    BANDS.slice(1).map(({ index, from }) => ({
      ...block,
      x1: ninesOf(from),
      x2: ninesOf(BANDS[index + 1]?.from ?? 100),
      fill: `var(--score-${index})`,
    })),
  );
  const name = {
    text: 'label',
    y: 'y',
    frameAnchor: 'left',
    dx: -LEFT,
    textAnchor: 'start',
    fill: 'var(--text)',
  } as const;
  return asImage(
    plot({
      width,
      height: ROW * lines.length + AXIS,
      marginLeft: LEFT,
      marginRight: 46,
      marginTop: 0,
      marginBottom: AXIS,
      style: { background: 'none', color: 'var(--text-muted)', fontSize: '11px', fontFamily: 'inherit' },
      x: { type: 'linear', domain: [0, 1] },
      y: { type: 'linear', domain: [lines.length, 0], axis: null },
      marks: [
        rect(bands, { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', fill: 'fill', fillOpacity: 0.09 }),
        gridX(NINES.map(ninesOf), { stroke: 'var(--line)', strokeOpacity: 1 }),
        text(heads, { ...name, fill: 'var(--text-muted)' }),
        ruleY(rows, { y: 'y', x1: 0, x2: 'place', stroke: 'var(--line-strong)', strokeOpacity: 0.6 }),
        dot(rows, {
          x: 'place',
          y: 'y',
          r: 4,
          fill: (row: DetectorScore) => `var(--score-${bandOf(row.percentile).index})`,
        }),
        dot(
          rows.filter((row) => row.isMost),
          { x: 'place', y: 'y', r: 7, stroke: 'var(--text)', strokeWidth: 1.5 },
        ),
        text(
          rows.filter((row) => !row.isMost),
          name,
        ),
        text(
          rows.filter((row) => row.isMost),
          { ...name, fontWeight: 640 },
        ),
        text(rows, {
          text: (row: DetectorScore) => formatPercentile(row.percentile),
          y: 'y',
          frameAnchor: 'right',
          dx: 44,
          textAnchor: 'end',
          fill: 'var(--text)',
        }),
        axisX(NINES.map(ninesOf), {
          tickFormat: (_: number, i: number) => String(NINES[i] ?? ''),
          tickSize: 0,
          label: null,
        }),
      ],
    }),
    'Percentile by detector',
  );
};

/** The detector that puts the actor highest; of equal ones the first. */
const strongestOf = (detectors: readonly DetectorScore[]): DetectorScore | undefined =>
  detectors.reduce<DetectorScore | undefined>(
    (most, d) => (most === undefined || d.percentile > most.percentile ? d : most),
    undefined,
  );

export const tableOfDetectors = (detectors: readonly DetectorScore[]): TwinTable => ({
  caption: 'Score and percentile by detector; the one that puts the actor highest is marked',
  columns: twinColumns('Detector', 'Looks for', 'Score#', 'Percentile#'),
  rows: detectors.map((d) => [
    `${detectorLabel(d.name)}${d === strongestOf(detectors) ? ' (highest)' : ''}`,
    d.evidence,
    formatScore(d.score),
    formatPercentile(d.percentile),
  ]),
});

export const detectorsExample: readonly DetectorScore[] = [
  { name: 'isolationForest', score: 0.6007, percentile: 99.97, evidence: 'odd' },
  { name: 'densityForest', score: 4.2, percentile: 96.1, evidence: 'odd' },
  { name: 'knn', score: 3.1, percentile: 99.2, evidence: 'odd' },
  { name: 'mcd', score: 18.4, percentile: 91.3, evidence: 'odd' },
  { name: 'autoencoder', score: 9.16, percentile: 88.4, evidence: 'odd' },
  { name: 'lockstep', score: 0.12, percentile: 61.2, evidence: 'alike' },
];
