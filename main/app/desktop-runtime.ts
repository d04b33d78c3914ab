import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { connect } from 'node:net';

export type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
};

/** The runtime's executable, or why there is none to use, as one sentence. */
export type DesktopRuntime = { readonly path: string } | { readonly why: string };

const PROBE_MS = 4000;

/**
 * Finds the desktop runtime: the folder of ELECTRON_OVERRIDE_DIST_PATH, or the one of the electron package in `root`,
 * which is fetched where it is missing and `fetch` allows it.
 */
export const findDesktopRuntime = async (
  root: string,
  { env, platform, isRoot }: Surroundings,
  fetch: (install: string, env: Surroundings['env']) => Promise<boolean> = fetchRuntime,
): Promise<DesktopRuntime> => {
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) {
    return { why: 'There is no display for a window.' };
  }
  if (isRoot && env['NIGHTJAR_NO_SANDBOX'] !== '1') {
    return {
      why: "You are root, as whom the window's sandbox cannot start (NIGHTJAR_NO_SANDBOX=1 opens it without one).",
    };
  }
  const given = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (given !== undefined && given !== '') {
    const path = join(given, executableOf(platform));
    return existsSync(path) ? { path } : { why: 'ELECTRON_OVERRIDE_DIST_PATH holds no desktop runtime.' };
  }
  const folder = electronPackage(root);
  if (folder === null) return { why: 'The desktop runtime is not part of this installation.' };
  const path = join(folder, 'dist', executableOf(platform));
  if (isWhole(folder, path) || ((await fetch(join(folder, 'install.js'), env)) && isWhole(folder, path)))
    return { path };
  return { why: 'The desktop runtime could not be fetched.' };
};

const executableOf = (platform: NodeJS.Platform): string => {
  if (platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return platform === 'win32' ? 'electron.exe' : 'electron';
};

const electronPackage = (root: string): string | null => {
  try {
    return dirname(createRequire(join(root, 'package.json')).resolve('electron/package.json'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
};

/** The package writes this file last. */
const isWhole = (folder: string, path: string): boolean =>
  existsSync(path) && existsSync(join(folder, 'path.txt')) && readFileSync(join(folder, 'path.txt'), 'utf8') !== '';

/** Fetching it is part of installing a checkout; a machine that is offline finds that out in seconds. */
const fetchRuntime = async (install: string, env: Surroundings['env']): Promise<boolean> => {
  if (!(await isReachable(env))) return false;
  process.stderr.write('Fetching the desktop runtime, once, about 100 MB …\n');
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [install], { stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
};

const isReachable = (env: Surroundings['env']): Promise<boolean> => {
  if (env['HTTPS_PROXY'] || env['https_proxy'] || env['ELECTRON_GET_USE_PROXY']) return Promise.resolve(true);
  const mirror = env['ELECTRON_MIRROR'] || env['npm_config_electron_mirror'] || 'https://github.com';
  const { hostname, port, protocol } = new URL(mirror);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) || (protocol === 'http:' ? 80 : 443) });
    const end = (isUp: boolean): void => {
      socket.destroy();
      resolve(isUp);
    };
    socket.setTimeout(PROBE_MS, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
};
