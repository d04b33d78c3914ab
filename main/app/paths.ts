import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type AppPaths = {
  /** Recents, templates, and what else the app remembers between runs. */
  readonly settingsDirectory: string;
  readonly casesDirectory: string;
  /** Files that a browser handed over, until they are imported. */
  readonly spoolDirectory: string;
};

type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
};

/**
 * Where this user's settings and cases lie. Cases are data, not documents: many systems copy the documents folder to a
 * server, and what is in a case must not leave the building.
 */
export const appPaths = ({ env, platform, home }: Surroundings = currentSurroundings()): AppPaths => {
  const config = (platform === 'win32' && env['APPDATA']) || env['XDG_CONFIG_HOME'] || join(home, '.config');
  const data = join(dataDirectory({ env, platform, home }), 'nightjar');
  return {
    settingsDirectory: join(config, 'nightjar'),
    casesDirectory: join(data, 'cases'),
    spoolDirectory: join(data, 'spool'),
  };
};

/** The folder that holds Nightjar itself: a checkout, or an installed package. `from` is the URL of a file in it. */
export const packageRoot = (from: string): string => {
  for (let directory = dirname(fileURLToPath(from)); ; directory = dirname(directory)) {
    const manifest = join(directory, 'package.json');
    if (existsSync(manifest) && /"name": *"nightjar"/u.test(readFileSync(manifest, 'utf8'))) return directory;
    if (dirname(directory) === directory) throw new Error('this file lies outside of its package');
  }
};

const currentSurroundings = (): Surroundings => ({ env: process.env, platform: process.platform, home: homedir() });

const dataDirectory = ({ env, platform, home }: Surroundings): string => {
  if (platform === 'win32') return env['LOCALAPPDATA'] || join(home, 'AppData', 'Local');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  return env['XDG_DATA_HOME'] || join(home, '.local', 'share');
};
