import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { EngineProcess } from '../engine/host.ts';
import { MAX_FRAME_BYTES } from '../engine/limits.ts';
import type { FromEngine } from '../engine/messages.ts';
import { isSameToken } from './token.ts';

/** Close codes that the page knows. */
const WRONG_TOKEN = 4401;
const ENGINE_ENDED = 4410;

const PROTOCOL = /^nightjar\.([\w-]{16,128})$/u;

export type Pages = {
  /** Takes over a connection that asks for `/engine` from our own origin. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** From the engine: passes frames on to the page they are for. */
  readonly deliver: (message: FromEngine) => void;
  /** The engine ended: so does every page's line to it. */
  readonly engineEnded: () => void;
  readonly close: () => void;
};

/** The WebSockets of pages, each a line to the engine of now. */
export const createPages = (token: string, engine: () => EngineProcess): Pages => {
  const sockets = new Map<number, WebSocket>();
  let nextLine = 1;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => [...offered].find((name) => PROTOCOL.test(name)) ?? false,
  });
  const serve = (socket: WebSocket): void => {
    const given = PROTOCOL.exec(socket.protocol)?.[1];
    if (given === undefined || !isSameToken(given, token)) return socket.close(WRONG_TOKEN, 'wrong token');
    const line = nextLine++;
    const mine = engine();
    sockets.set(line, socket);
    mine.post({ type: 'line-open', line });
    socket.on('message', (data: Buffer, isBinary) => {
      mine.post({ type: 'line-frame', line, frame: isBinary ? data : data.toString('utf8') });
    });
    socket.on('error', () => socket.terminate()); // such as a frame over the limit: ws has said why to the page
    socket.on('close', () => {
      sockets.delete(line);
      mine.post({ type: 'line-closed', line });
    });
  };
  const closeAll = (code: number, reason: string): void => {
    for (const socket of sockets.values()) socket.close(code, reason);
    sockets.clear();
  };
  return {
    upgrade: (request, socket, head) => server.handleUpgrade(request, socket, head, serve),
    deliver: (message) => {
      if (message.type === 'line-frame') sockets.get(message.line)?.send(message.frame);
      if (message.type === 'line-closed') sockets.get(message.line)?.close(1008, 'unreadable frame');
    },
    engineEnded: () => closeAll(ENGINE_ENDED, 'the engine ended'),
    close: () => {
      closeAll(1001, 'Nightjar ended');
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
};
