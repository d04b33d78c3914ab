import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { RouterClient } from '@orpc/server';
import { RPCHandler } from '@orpc/server/websocket';
import { WebSocket } from 'ws';
import type { FramePort } from '../../../main/engine/frame-port.ts';
import { forkEngine } from '../../../main/engine/fork-engine.ts';
import { serve } from '../../../main/engine/serve.ts';
import { startServer, type AppServer } from '../../../main/server/server.ts';
import { createEngineWithProbes } from './engine-with-probes.ts';
import type { Boundary, BoundaryLine } from './boundary-checks.ts';
import { testSettings } from './settings.ts';

type Router = ReturnType<typeof createEngineWithProbes>['router'];
export type TestClient = RouterClient<Router>;

/** A line that also says when and how it was closed. */
export type Line = BoundaryLine & { readonly closed: Promise<number> };

export type Transport = Pick<Boundary, 'mode'> & {
  readonly connect: () => Promise<Line>;
  readonly close: () => Promise<void>;
};

/** A line over a port of Node, within one process. */
const overNodePort = (port: MessagePort): FramePort => ({
  send: (frame) => port.postMessage(frame),
  onFrame: (listener) => void port.on('message', listener),
  onClose: (listener) => void port.on('close', listener),
  close: () => port.close(),
});

/** Page and engine in one process, joined by a MessageChannel. */
export const inProcess = async (home: string): Promise<Transport> => {
  const engine = createEngineWithProbes(testSettings(home));
  const handler = new RPCHandler(engine.router);
  return {
    mode: 'browser',
    connect: async () => {
      const { port1, port2 } = new MessageChannel();
      serve(handler, overNodePort(port1));
      const closed = new Promise<number>((resolve) => port2.once('close', () => resolve(0)));
      const client: TestClient = createORPCClient(new PortLink({ port: port2 }));
      port2.start();
      return { client, sendRaw: (frame) => port2.postMessage(frame), closed, close: () => port2.close() };
    },
    close: () => engine.close(),
  };
};

const PROBED = fileURLToPath(new URL('./child-with-probes.ts', import.meta.url));

/** The loopback server with its engine in a child process. */
export const startTestServer = (
  home: string,
  more: { readonly leastFreeBytes?: number; readonly probes?: boolean } = {},
) =>
  startServer({
    settings: testSettings(home),
    first: null,
    pageDirectory: join(home, 'page'),
    spoolDirectory: join(home, 'spool'),
    say: () => undefined,
    ...(more.leastFreeBytes === undefined ? {} : { leastFreeBytes: more.leastFreeBytes }),
    ...(more.probes === true ? { spawn: () => forkEngine(PROBED) } : {}),
  });

export const overLoopback = async (home: string): Promise<Transport> => {
  const server = await startTestServer(home, { probes: true });
  return { mode: 'browser', connect: () => connectTo(server), close: () => server.close() };
};

/** A page's WebSocket to the server, as a browser opens it. */
export const openSocket = (
  { port, token }: Pick<AppServer, 'port' | 'token'>,
  headers: Record<string, string> = {},
  path = '/engine',
): WebSocket => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, [`nightjar.${token}`], {
    headers: { Origin: `http://127.0.0.1:${port}`, ...headers },
  });
  socket.binaryType = 'arraybuffer';
  return socket;
};

export const connectTo = async (server: AppServer): Promise<Line> => {
  const socket = openSocket(server);
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => undefined);
  const link = new SocketLink({ websocket: socket as unknown as globalThis.WebSocket });
  return {
    client: createORPCClient(link),
    sendRaw: (frame) => socket.send(frame),
    closed,
    close: () => socket.close(),
  };
};
