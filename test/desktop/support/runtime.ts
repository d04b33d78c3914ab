import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const dist = process.env['NIGHTJAR_ELECTRON_DIST'] ?? '';

const missing = (): string | null => {
  if (process.platform !== 'linux') return 'they are made for Linux';
  if (dist === '') return 'NIGHTJAR_ELECTRON_DIST names no folder with an Electron runtime';
  if (!existsSync(join(dist, 'electron'))) return 'NIGHTJAR_ELECTRON_DIST holds no Electron runtime';
  for (const tool of ['xvfb-run', 'strace', 'xdotool']) {
    if (spawnSync('which', [tool]).status !== 0) return `${tool} is not installed`;
  }
  return null;
};

/** Why the desktop's tests cannot run here; null when they can. */
export const NO_DESKTOP: string | null = missing();

/** The folder of the runtime they run in. */
export const RUNTIME = dist;
