import { utilityProcess, type MessagePortMain } from 'electron';
import type { EngineProcess } from '../engine/host.ts';
import type { FromEngine } from '../engine/messages.ts';

export type UtilityEngine = EngineProcess & {
  /** Hands the engine's end of a page's line over to it. */
  readonly openLine: (port: MessagePortMain) => void;
};

/** Starts an engine as a utility process from the bundle at `entry`. */
export const startUtilityEngine = (entry: string): UtilityEngine => {
  const child = utilityProcess.fork(entry, [], { serviceName: 'Nightjar engine', stdio: 'inherit' });
  return {
    pid: () => child.pid,
    post: (message) => child.postMessage(message),
    openLine: (port) => child.postMessage({ type: 'line' }, [port]),
    onMessage: (listener) => void child.on('message', (message: FromEngine) => listener(message)),
    onExit: (listener) => void child.once('exit', (code) => listener(`code ${code}`)),
    kill: () => void child.kill(),
  };
};
