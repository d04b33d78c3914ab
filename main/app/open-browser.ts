import { join } from 'node:path';
import { startServer } from '../server/server.ts';
import type { Role } from '../../core/api/roles.ts';
import type { FirstCase } from '../engine/messages.ts';
import { engineSettings, sampleLogIn } from './engine-settings.ts';
import { launchBrowser } from './launch-browser.ts';
import { appPaths } from './paths.ts';

export type BrowserOptions = {
  readonly root: string;
  readonly first: FirstCase;
  readonly role: Role;
  /** Opens a browser; else the address is printed and nothing more. */
  readonly launch: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly out: (line: string) => void;
};

/** Serves the app on loopback until the signal fires, and says where. Errors when no engine can be kept running. */
export const openInBrowser = async ({ root, first, role, launch, signal, out }: BrowserOptions): Promise<void> => {
  const server = await startServer({
    settings: engineSettings('browser', sampleLogIn(root), role),
    first,
    pageDirectory: join(root, 'dist', 'renderer'),
    spoolDirectory: appPaths().spoolDirectory,
    say: out,
  });
  const stop = (): void => void server.close();
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  const launched = launch && (await launchBrowser(server.launchAddress(), process));
  out(`Nightjar is at ${server.address}`);
  out(launched ? 'Your browser was asked to open it.' : 'Open this address in a browser on this machine.');
  out('Whoever has the address has the case. Ctrl-C ends Nightjar.');
  try {
    await server.ended;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
};
