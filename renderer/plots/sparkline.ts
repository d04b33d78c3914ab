import { formatCount } from './format.ts';
import { twinColumns, type TwinTable } from './twin.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** Bars of a sparkline as one path, each bin at least a pixel high where anything happened; root scale. */
export const sparklinePath = (counts: ArrayLike<number>, width: number, height: number): string => {
  let most = 0;
  for (let i = 0; i < counts.length; i++) most = Math.max(most, counts[i] ?? 0);
  if (most === 0) return '';
  const step = width / counts.length;
  let path = '';
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] ?? 0;
    if (count === 0) continue;
    const barHeight = Math.max(1, Math.round(Math.sqrt(count / most) * height * 10) / 10);
    path += `M${(i * step).toFixed(1)} ${height}v${-barHeight}h${Math.max(0.5, step - 0.6).toFixed(1)}v${barHeight}z`;
  }
  return path;
};

/** Events over the whole span in the size of a word. */
export const drawSparkline = (
  counts: ArrayLike<number>,
  { width, height }: { readonly width: number; readonly height: number },
): SVGSVGElement => {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', 'Events over the whole span');
  const bars = document.createElementNS(SVG, 'path');
  bars.setAttribute('d', sparklinePath(counts, width, height));
  bars.setAttribute('fill', 'var(--text-muted)');
  svg.append(bars);
  return svg;
};

export const tableOfSparkline = (counts: ArrayLike<number>): TwinTable => ({
  caption: 'Events over the whole span, in equal parts',
  columns: twinColumns('Part#', 'Events#'),
  rows: Array.from(counts, (count, i) => [String(i + 1), formatCount(count)]),
});

export const sparklineExample: readonly number[] = [
  0, 0, 1, 0, 2, 3, 0, 0, 1, 4, 9, 31, 44, 12, 3, 0, 0, 0, 1, 0, 2, 0, 0, 1,
];
