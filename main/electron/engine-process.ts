// The engine as a utility process of the desktop: every page's port is handed over to it.
import type { ParentPort } from 'electron';
import { overMainPort } from '../engine/frame-port.ts';
import type { FromEngine, ToEngine } from '../engine/messages.ts';
import { runEngine } from '../engine/run-engine.ts';

const { parentPort }: { readonly parentPort: ParentPort } = process;
runEngine({
  post: (message: FromEngine) => parentPort.postMessage(message),
  onMessage: (listener) =>
    void parentPort.on('message', ({ data, ports: [port] }) => {
      const message: ToEngine = data;
      listener(message, port === undefined ? null : overMainPort(port));
    }),
});
