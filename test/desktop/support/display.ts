import { spawnSync } from 'node:child_process';
import type { RunningProcess } from './processes.ts';
import { waitFor } from './wait-for.ts';

/** The display of a process, with a keyboard. No window manager runs on it: a window has the focus that it is given. */
export type Display = {
  /** Waits for a dialog of the system and returns its window. */
  readonly dialog: () => Promise<string>;
  readonly noDialog: () => Promise<void>;
  /** Presses keys where a window has the focus, such as `Escape` and `ctrl+q`. */
  readonly press: (window: string, ...keys: readonly string[]) => void;
  /** The window that has the focus. */
  readonly focused: () => string;
  /** Gives the focus to none of the app's windows. */
  readonly takeFocus: () => void;
};

/** Looks at the display that a process shows its windows on. */
export const displayOf = ({ environment }: RunningProcess): Display => {
  const env = {
    PATH: process.env['PATH'],
    DISPLAY: environment['DISPLAY'],
    XAUTHORITY: environment['XAUTHORITY'],
  };
  const run = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync('xdotool', args, { env, encoding: 'utf8', timeout: 20_000 });
    if (status !== 0) throw new Error(`xdotool ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  const windows = (): readonly string[] => run('search', '--onlyvisible', '--name', '').split('\n');
  const isDialog = (window: string): boolean => {
    const width = Number(/^WIDTH=(\d+)/mu.exec(run('getwindowgeometry', '--shell', window))?.[1]);
    return width > 100 && width < LEAST_WINDOW_WIDTH;
  };
  const dialogs = (): readonly string[] => windows().filter(isDialog);
  return {
    dialog: () =>
      waitFor(
        () => dialogs()[0],
        20_000,
        () => 'no dialog',
      ),
    noDialog: () =>
      waitFor(
        () => (dialogs().length === 0 ? true : undefined),
        20_000,
        () => 'a dialog',
      ).then(() => undefined),
    press: (window, ...keys) => {
      run('windowfocus', '--sync', window);
      for (const key of keys) run('key', key);
    },
    focused: () => run('getwindowfocus', '-f'),
    takeFocus: () =>
      void run('windowfocus', '--sync', windows().find((window) => run('getwindowname', window) === '') ?? ''),
  };
};

/** The app's own window is never narrower than this, and no dialog as wide. */
const LEAST_WINDOW_WIDTH = 900;
