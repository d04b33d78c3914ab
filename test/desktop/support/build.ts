import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { RUNTIME } from './runtime.ts';

/** The desktop that a checkout starts. */
export const CHECKOUT_APP = join(process.cwd(), 'dist', 'desktop');

/** Runs a script of the checkout for the runtime of the tests. */
export const runScript = (script: string, args: readonly string[] = []): void => {
  const env = { ...process.env, ...(RUNTIME === '' ? {} : { ELECTRON_OVERRIDE_DIST_PATH: RUNTIME }) };
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${script} ended with ${status}\n${stdout}${stderr}`);
};

/** Builds the engine, the page and the desktop where they are old. */
export const buildApp = (): void => runScript('scripts/build.mjs');
