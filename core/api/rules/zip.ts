import { strToU8, zipSync } from 'fflate';
import type { ExportFile } from '../../rules/export/index.ts';

/** Equal files make an equal archive. */
const NO_TIME = new Date('1980-01-01T00:00:00');

/** Files in one archive. */
export const zipOf = (files: readonly ExportFile[]): Blob => {
  const zip = zipSync(Object.fromEntries(files.map(({ name, text }) => [name, [strToU8(text), { mtime: NO_TIME }]])));
  return new Blob([new Uint8Array(zip)], { type: 'application/zip' });
};
