import { axisX, barX, gridX, plot, text, tickX } from '@observablehq/plot';
import { asImage } from './as-image.ts';
import { formatPercentile, formatScore } from './format.ts';
import { NINES, ninesOf } from './percentile-scale.ts';
import { twinColumns, type TwinTable } from './twin.ts';

export type DetectorScore = { readonly name: string; readonly score: number; readonly percentile: number };

const ROW = 24;

/** The percentile every detector gives an actor, side by side, on a scale that spreads the top. */
export const drawDetectors = (
  detectors: readonly DetectorScore[],
  { width }: { readonly width: number },
): SVGElement | HTMLElement => {
  const rows = detectors.map((d) => ({ label: detectorLabel(d.name), place: ninesOf(d.percentile), ...d }));
  return asImage(
    plot({
      width,
      height: ROW * rows.length + 18,
      marginLeft: 112,
      marginRight: 44,
      marginTop: 0,
      marginBottom: 18,
      style: { background: 'none', color: 'var(--text-muted)', fontSize: '11px', fontFamily: 'inherit' },
      x: { type: 'linear', domain: [0, 1] },
      y: { type: 'band', domain: rows.map((row) => row.label), padding: 0.45, axis: null },
      marks: [
        gridX(NINES.map(ninesOf), { stroke: 'var(--line)', strokeOpacity: 1 }),
        barX(rows, { x1: 0, x2: 'place', y: 'label', fill: 'var(--accent)', fillOpacity: 0.35 }),
        tickX(rows, { x: 'place', y: 'label', stroke: 'var(--accent)', strokeWidth: 2 }),
        text(rows, {
          text: 'label',
          y: 'label',
          frameAnchor: 'left',
          dx: -108,
          textAnchor: 'start',
          fill: 'var(--text)',
        }),
        text(rows, {
          text: (row: DetectorScore) => formatPercentile(row.percentile),
          y: 'label',
          frameAnchor: 'right',
          dx: 42,
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

export const tableOfDetectors = (detectors: readonly DetectorScore[]): TwinTable => ({
  caption: 'Score and percentile by detector',
  columns: twinColumns('Detector', 'Score#', 'Percentile#'),
  rows: detectors.map((d) => [detectorLabel(d.name), formatScore(d.score), formatPercentile(d.percentile)]),
});

/** A detector's name in words: isolationForest → Isolation forest. */
export const detectorLabel = (name: string): string => {
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const detectorsExample: readonly DetectorScore[] = [
  { name: 'isolationForest', score: 0.6007, percentile: 99.97 },
  { name: 'autoencoder', score: 9.16, percentile: 98.4 },
  { name: 'lockstep', score: 0.12, percentile: 61.2 },
];
