import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

type Surroundings = { readonly env: Readonly<Record<string, string | undefined>>; readonly platform: NodeJS.Platform };

/** Opens the user's browser at an address; false where there is none to open. */
export const launchBrowser = (address: string, { env, platform }: Surroundings): Promise<boolean> => {
  const command = browserCommand({ env, platform });
  if (command === null) return Promise.resolve(false);
  const [program, ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
};

const browserCommand = ({ env, platform }: Surroundings): readonly [string, ...string[]] | null => {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return null;
  const opener = ['xdg-open', 'x-www-browser', 'gio'].find((name) => isInPath(name, env['PATH'] ?? ''));
  if (opener === undefined) return null;
  return opener === 'gio' ? ['gio', 'open'] : [opener];
};

const isInPath = (name: string, path: string): boolean =>
  path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return folder !== '';
    } catch {
      return false; // not there: that is the answer
    }
  });
