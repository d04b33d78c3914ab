import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Role } from '../../core/api/roles.ts';
import type { FirstCase } from '../engine/messages.ts';

/** How the window's process ended: it never came up (`failed`), or it was used and closed. */
export type DesktopEnd = { readonly cameUp: boolean; readonly code: number };

/** Opens the window in a process of its own and waits until it is closed. The signal closes it. */
export const openDesktop = (
  executable: string,
  root: string,
  asked: { readonly first: FirstCase; readonly role: Role },
  { isRoot, signal }: { readonly isRoot: boolean; readonly signal?: AbortSignal | undefined },
): Promise<DesktopEnd> =>
  new Promise((resolve) => {
    const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
    const args = [...(isRoot ? ['--no-sandbox'] : []), join(root, 'dist', 'desktop'), ...windowArguments(asked)];
    const child = spawn(executable, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env });
    let cameUp = false;
    const stop = (): void => void child.kill('SIGTERM');
    signal?.addEventListener('abort', stop, { once: true });
    child.on('message', (message) => {
      if (message === 'up') cameUp = true;
    });
    child.once('error', () => resolve({ cameUp, code: 1 }));
    child.once('exit', (code) => {
      signal?.removeEventListener('abort', stop);
      resolve({ cameUp, code: code ?? 1 });
    });
  });

/** As the window's process reads them. */
const windowArguments = ({ first, role }: { readonly first: FirstCase; readonly role: Role }): string[] => [
  `--role=${role}`,
  ...(first === null ? [] : [first.kind === 'sample' ? '--sample-case' : `--case=${first.directory}`]),
];
