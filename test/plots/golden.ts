import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../golden/plots');

/** The kept drawing of a plot; with RENEW_PLOTS=1 it is replaced by the present one first. */
export const keptDrawing = (name: string, drawn: string): string => {
  const file = join(FOLDER, `${name}.svg`);
  if (process.env['RENEW_PLOTS'] === '1') writeFileSync(file, drawn);
  return readFileSync(file, 'utf8');
};

/** A drawing as text, one element a line, numbers to two decimals. */
export const drawingOf = (element: Element): string =>
  `${element.outerHTML
    .replaceAll('><', '>\n<')
    .replaceAll(/\d+\.\d{3,}/g, (digits) => String(Math.round(Number(digits) * 100) / 100))
    .trim()}\n`;
