import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The first Electron whose Node has all that Nightjar needs (22.9, with Electron 33). */
const OLDEST_WHOLE = 33;

/**
 * The file that bundles load first where ELECTRON_OVERRIDE_DIST_PATH names a test runtime that is too old to run them as
 * they are; null for every runtime that Nightjar is made for.
 */
export const preludeFor = (root) => {
  const path = join(process.env.ELECTRON_OVERRIDE_DIST_PATH || '/nowhere', 'version');
  const major = existsSync(path) ? Number.parseInt(readFileSync(path, 'utf8').replace(/^v/u, ''), 10) : OLDEST_WHOLE;
  return major < OLDEST_WHOLE ? join(root, 'test', 'desktop', 'prelude.cjs') : null;
};
