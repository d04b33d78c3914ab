import { createServer, type Server } from 'node:http';
import { forkEngine } from '../engine/fork-engine.ts';
import { hostEngine, type EngineHost, type EngineProcess } from '../engine/host.ts';
import type { EngineSettings, FirstCase } from '../engine/messages.ts';
import { defer } from '../engine/defer.ts';
import { createLaunchCodes } from './launch-codes.ts';
import { createPages, type Pages } from './pages.ts';
import { isSameOrigin } from './same-origin.ts';
import { createRoutes } from './routes.ts';
import { createSpool } from './spool.ts';
import { createToken } from './token.ts';

export type AppServerOptions = {
  readonly settings: EngineSettings;
  readonly first: FirstCase;
  /** Folder of the built page. */
  readonly pageDirectory: string;
  /** Folder in which files that are handed over lie until they are imported. */
  readonly spoolDirectory: string;
  /** What must stay free on the disk when a file is handed over, in bytes. */
  readonly leastFreeBytes?: number;
  /** Starts an engine; by default, as a child process. */
  readonly spawn?: () => EngineProcess;
  /** Says one line to whoever started it. */
  readonly say: (line: string) => void;
};

export type AppServer = {
  readonly port: number;
  readonly token: string;
  /** Where the page is, with the token: whoever has it has the case. */
  readonly address: string;
  /** An address for a browser's command line, which others on this machine may see: it works once, within a minute. */
  readonly launchAddress: () => string;
  readonly host: EngineHost<EngineProcess>;
  /** Ends with the server: normally after `close`, with an error when no engine can be kept running. */
  readonly ended: Promise<void>;
  readonly close: () => Promise<void>;
};

/** Serves the app to browsers of this machine: the page over HTTP, the engine over a WebSocket, both on 127.0.0.1 alone. */
export const startServer = async (options: AppServerOptions): Promise<AppServer> => {
  const token = createToken();
  const codes = createLaunchCodes();
  const spool = await createSpool(options.spoolDirectory, options.leastFreeBytes);
  const ended = defer();
  const host: EngineHost<EngineProcess> = hostEngine(
    options.spawn ?? (() => forkEngine()),
    options.settings,
    options.first,
    {
      onMessage: (message) => {
        if (message.type === 'first-failed') options.say(`The case was not opened: ${message.error.message}`);
        pages.deliver(message);
      },
      onLost: (how, isLast) => {
        pages.engineEnded();
        void spool.clear(); // grants end with their engine
        if (isLast) ended.reject(new Error('the engine cannot be kept running'));
        else options.say(`The engine ended (${how}). A new one has taken its place; the case is as it was on disk.`);
      },
    },
  );
  const pages: Pages = createPages(token, () => host.engine());
  const server = createServer((request, response) => {
    routes(request, response).catch(() => response.destroy());
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const isOurs = request.url === '/engine' && isSameOrigin(request.headers, portOf(server), true);
    if (isOurs) pages.upgrade(request, socket, head);
    else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  const routes = createRoutes({
    token,
    port: () => portOf(server),
    pageDirectory: options.pageDirectory,
    codes,
    spool,
    grant: (path) => host.grant(path, 'file', true),
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const port = portOf(server);
  const origin = `http://127.0.0.1:${port}`;
  return {
    port,
    token,
    address: `${origin}/#token=${token}`,
    launchAddress: () => `${origin}/launch?code=${codes.issue()}`,
    host,
    ended: ended.promise,
    close: async () => {
      pages.close();
      server.close();
      server.closeAllConnections();
      await host.close();
      await spool.clear();
      ended.resolve();
    },
  };
};

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};
