import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EngineProcess } from './host.ts';
import type { FromEngine, ToEngine } from './messages.ts';

const isSource = import.meta.url.endsWith('.ts');
const ENTRY = fileURLToPath(new URL(isSource ? './child.ts' : './child.js', import.meta.url));

/** Starts an engine as a child process of this one. It ends when this process ends, however that happens. */
export const forkEngine = (entry = ENTRY): EngineProcess => {
  const child = fork(entry, [], {
    serialization: 'advanced',
    detached: true, // Ctrl-C in a terminal goes to this process, which closes the engine in order
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: isSource ? ['--import', 'tsx'] : [],
  });
  return {
    pid: () => child.pid,
    post: (message: ToEngine) => {
      if (child.connected) child.send(message);
    },
    onMessage: (listener) => void child.on('message', (message: FromEngine) => listener(message)),
    onExit: (listener) => {
      child.once('exit', (code, signal) => listener(signal === null ? `code ${code}` : `signal ${signal}`));
      child.on('error', () => {
        if (child.pid === undefined) listener('an error before it started'); // else `exit` follows
      });
    },
    kill: () => void child.kill('SIGKILL'),
  };
};
