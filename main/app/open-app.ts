import { NightjarError } from '../../core/api/errors.ts';
import type { Role } from '../../core/api/roles.ts';
import type { FirstCase } from '../engine/messages.ts';
import { findDesktopRuntime } from './desktop-runtime.ts';
import { openInBrowser } from './open-browser.ts';
import { openDesktop } from './open-desktop.ts';
import { packageRoot } from './paths.ts';

export type OpenRequest = {
  readonly first: FirstCase;
  readonly role: Role;
  readonly browser: boolean;
  readonly launch: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Says one line at once. */
  readonly out: (line: string) => void;
};

/**
 * Opens the app and waits until it is closed: in a window where there is a desktop runtime and a display, else in the
 * browser, and says why. Returns the exit code.
 */
export const openApp = async ({ first, role, browser, launch, signal, out }: OpenRequest): Promise<number> => {
  const root = packageRoot(import.meta.url);
  const isRoot = process.getuid?.() === 0;
  if (!browser && launch) {
    const runtime = await findDesktopRuntime(root, { env: process.env, platform: process.platform, isRoot });
    if ('path' in runtime) {
      out('Opening the window. Closing it, or Ctrl-C here, ends Nightjar.');
      const { cameUp, code } = await openDesktop(runtime.path, root, { first, role }, { isRoot, signal });
      if (cameUp || signal?.aborted) return code;
      out('The desktop runtime does not start here. Nightjar opens in the browser instead.');
    } else out(`${runtime.why} Nightjar opens in the browser instead.`);
  }
  try {
    await openInBrowser({ root, first, role, launch, signal, out });
  } catch (error) {
    throw new NightjarError('internal', 'Nightjar cannot be served.', { next: 'Start it again.' }, error);
  }
  return 0;
};
