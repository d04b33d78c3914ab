import type { ParentPort } from 'electron';
import { overMainPort } from '../engine/frame-port.ts';
import type { FromEngine, ToEngine } from '../engine/messages.ts';
import type { HostChannel } from '../engine/run-engine.ts';

/** The channel of a utility process: every page's port is handed over to it. */
export const createParentChannel = (parentPort: ParentPort): HostChannel => ({
  post: (message: FromEngine) => parentPort.postMessage(message),
  onMessage: (listener) =>
    void parentPort.on('message', ({ data, ports: [port] }) => {
      const message: ToEngine = data;
      listener(message, port === undefined ? null : overMainPort(port));
    }),
});
