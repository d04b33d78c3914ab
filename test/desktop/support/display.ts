import { spawnSync } from 'node:child_process';
import type { RunningProcess } from './processes.ts';
import { waitFor } from './wait-for.ts';

/** The display of a process, with a keyboard. No window manager runs on it: a window has the focus that it is given. */
export type Display = {
  /**
   * Waits for a dialog of the system, answers it with these keys, and waits until it is gone. A dialog that is not there
   * yet for the keyboard is asked again, so keys must come to the same when they are pressed twice: `Right`, not `Tab`.
   */
  readonly answer: (...keys: readonly string[]) => Promise<void>;
  /** Waits for a dialog of the system. */
  readonly dialog: () => Promise<string>;
  /** Presses keys on the app's window, as its menu hears them. */
  readonly press: (...keys: readonly string[]) => void;
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
  const windows = (): readonly string[] => {
    const { stdout } = spawnSync('xdotool', ['search', '--onlyvisible', '--name', ''], { env, encoding: 'utf8' });
    return stdout.split('\n').filter((window) => window !== ''); // none, too, once the display is gone
  };
  const widthOf = (window: string): number => {
    const { stdout } = spawnSync('xdotool', ['getwindowgeometry', '--shell', window], { env, encoding: 'utf8' });
    return Number(/^WIDTH=(\d+)/mu.exec(stdout)?.[1]);
  };
  const isDialog = (window: string): boolean => widthOf(window) > 100 && widthOf(window) < LEAST_WINDOW_WIDTH;
  const dialog = (): Promise<string> =>
    waitFor(
      () => windows().find(isDialog),
      30_000,
      () => 'no dialog',
    );
  const press = async (window: string, keys: readonly string[]): Promise<boolean> => {
    for (const key of [null, ...keys]) {
      const args = key === null ? ['windowfocus', window] : ['key', key];
      spawnSync('xdotool', args, { env, timeout: 20_000 });
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return !windows().some(isDialog);
  };
  return {
    dialog,
    answer: async (...keys) => {
      const window = await dialog();
      await waitFor(
        async () => ((await press(window, keys)) ? true : undefined),
        30_000,
        () => `${keys.join('+')} is no answer`,
      );
    },
    press: (...keys) => {
      const own = windows().find(
        (window) => widthOf(window) >= LEAST_WINDOW_WIDTH && run('getwindowname', window) !== '',
      );
      run('windowfocus', '--sync', own ?? '');
      for (const key of keys) run('key', key);
    },
    focused: () => run('getwindowfocus', '-f'),
    takeFocus: () =>
      void run('windowfocus', '--sync', windows().find((window) => run('getwindowname', window) === '') ?? ''),
  };
};

/** The app's own window is never narrower than this, and no dialog as wide. */
const LEAST_WINDOW_WIDTH = 900;
