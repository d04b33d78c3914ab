import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BrowserWindow, Rectangle } from 'electron';
import { z } from 'zod';

const LEAST = { width: 900, height: 600 };
const FIRST = { width: 1440, height: 900, isMaximized: false };

const whole = z.number().int();
const windowState = z.object({
  x: whole.optional(),
  y: whole.optional(),
  width: whole.min(LEAST.width),
  height: whole.min(LEAST.height),
  isMaximized: z.boolean(),
});

export type WindowState = {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly isMaximized: boolean;
};

/** Where the window was when it was last closed; the first size where that is unknown or off every screen. */
export const readWindowState = (directory: string, screens: readonly Rectangle[]): WindowState => {
  const state = windowState.safeParse(readJson(join(directory, FILE)));
  if (!state.success) return FIRST;
  const { x, y, ...size } = state.data;
  if (x === undefined || y === undefined || !screens.some((screen) => holds(screen, x, y))) return size;
  return { x, y, ...size };
};

/** Keeps where the window is now. */
export const writeWindowState = (directory: string, window: BrowserWindow): void => {
  const state: WindowState = { ...window.getNormalBounds(), isMaximized: window.isMaximized() };
  const path = join(directory, FILE);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.new`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${path}.new`, path);
};

export { LEAST as LEAST_WINDOW };

const FILE = 'window.json';
const MARGIN = 40;

const holds = ({ x, y, width, height }: Rectangle, left: number, top: number): boolean =>
  left >= x - MARGIN && top >= y - MARGIN && left < x + width - MARGIN && top < y + height - MARGIN;

const readJson = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null; // missing or damaged: the first size serves
  }
};
