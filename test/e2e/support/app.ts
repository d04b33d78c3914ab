import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const ROOT = dirname(dirname(dirname(import.meta.dirname)));
const CLI = join(ROOT, 'bin', 'nightjar.mjs');

/** A user's home of its own: no case, no keyring, no settings, no display. */
export type Home = {
  readonly directory: string;
  /** Runs one command to its end; throws with what it said unless it ends with 0. Returns standard output. */
  readonly run: (...parameters: string[]) => string;
  /** Serves the app and waits for its address. */
  readonly open: (...parameters: string[]) => Promise<App>;
  readonly remove: () => void;
};

export type App = {
  /** With the token. */
  readonly address: string;
  readonly origin: string;
  /** All it has said so far. */
  readonly said: () => string;
  readonly pid: number;
  readonly close: () => Promise<void>;
};

/** A home in a temporary directory. */
export const createHome = (): Home => {
  const directory = mkdtempSync(join(tmpdir(), 'nightjar-e2e-'));
  const environment: Record<string, string> = {
    PATH: process.env['PATH'] ?? '',
    HOME: directory,
    USERPROFILE: directory,
    APPDATA: join(directory, 'AppData', 'Roaming'),
    LOCALAPPDATA: join(directory, 'AppData', 'Local'),
    XDG_CONFIG_HOME: join(directory, '.config'),
    XDG_DATA_HOME: join(directory, '.local', 'share'),
  };
  const options = { cwd: directory, env: environment };
  return {
    directory,
    run: (...parameters) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...parameters], {
        ...options,
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
      });
      if (status !== 0) throw new Error(`nightjar ${parameters[0] ?? ''} ended with ${status}: ${stderr}`);
      return stdout;
    },
    open: async (...parameters) =>
      await opened(spawn(process.execPath, [CLI, 'open', ...parameters, '--browser', '--no-launch'], options)),
    remove: () => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }),
  };
};

const ADDRESS = /(http:\/\/127\.0\.0\.1:\d+)\/#token=[\w-]+/u;
const PATIENCE_MS = 90_000;

const opened = async (child: ChildProcess): Promise<App> => {
  let said = '';
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = await new Promise<RegExpExecArray>((resolve, reject) => {
    const fail = (how: string): void => reject(new Error(`the app ${how} before it printed its address:\n${said}`));
    const timer = setTimeout(() => fail('took too long'), PATIENCE_MS);
    const listen = (bytes: Buffer): void => {
      said += bytes.toString();
      const found = ADDRESS.exec(said);
      if (found) resolve(found);
      if (found) clearTimeout(timer);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    void exited.then(() => fail('ended'));
  });
  return {
    address: address[0],
    origin: address[1] ?? '',
    said: () => said,
    pid: child.pid ?? 0,
    close: async () => {
      child.kill('SIGINT');
      await exited;
    },
  };
};
