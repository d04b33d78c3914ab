import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { implement, ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { WebSocket as ServerSocket } from 'ws';
import { contract } from '../../core/api/contract.ts';
import { isLineLoss, toProblem } from '../../renderer/problem.ts';
import { connectThrough, RefusedError } from '../../renderer/transport/connection.ts';
import { noTransport, socketTransport } from '../../renderer/transport/socket.ts';

const TOKEN = 'a-token-of-this-run';
const INFO = {
  version: '1',
  mode: 'browser' as const,
  role: 'investigator' as const,
  keychain: false,
  cannotPromise: [],
  detectors: [],
  defaultDetectors: [],
};

let http: Server;
let sockets: WebSocketServer;
let lines: ServerSocket[] = [];
let answer: () => Promise<typeof INFO> = async () => INFO;
let closeWith: number | null = null;

const os = implement(contract);
const handler = new RPCHandler(
  os.router({
    app: { info: os.app.info.handler(() => answer()) },
    explore: {
      actor: os.explore.actor.handler(({ errors }) => {
        throw errors.input({ message: 'Nobody has this pseudonym.', data: { next: 'Choose one.' } });
      }),
    },
  } as never),
);

beforeEach(async () => {
  vi.stubGlobal('WebSocket', WebSocket); // Node 20 has none of its own
  lines = [];
  closeWith = null;
  answer = async () => INFO;
  http = createServer();
  sockets = new WebSocketServer({ server: http, handleProtocols: (offered) => [...offered][0] ?? false });
  sockets.on('connection', (socket) => {
    if (closeWith !== null) return socket.close(closeWith);
    lines.push(socket);
    void handler.upgrade(socket);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  closeWith = 4401; // so that no page dials again
  for (const socket of sockets.clients) socket.close(4401);
  await new Promise((resolve) => sockets.close(resolve));
  await new Promise((resolve) => http.close(resolve));
});

const connect = () => {
  const { port } = http.address() as AddressInfo;
  const { link, connection, settle } = connectThrough(socketTransport(`ws://127.0.0.1:${port}/engine`, TOKEN));
  const client: ContractRouterClient<typeof contract> = createORPCClient(link);
  return { client, connection, settle };
};

describe('the line to the engine', { timeout: 10_000 }, () => {
  it('carries calls made before it is up', async () => {
    const { client, connection } = connect();
    expect(connection.get().state).toBe('connecting');
    expect(await client.app.info()).toEqual(INFO);
    expect(connection.get()).toEqual({ state: 'open', reason: null, generation: 1 });
    expect(lines[0]?.protocol).toBe(`nightjar.${TOKEN}`);
  });

  it('is lost when the engine ends, and resumed by itself', async () => {
    const { client, connection, settle } = connect();
    await client.app.info();
    lines[0]?.close(4410);
    await vi.waitFor(() => expect(connection.get()).toMatchObject({ state: 'lost', reason: 'engine' }));
    expect(await client.app.info()).toEqual(INFO);
    expect(connection.get()).toEqual({ state: 'resumed', reason: 'engine', generation: 2 });
    settle();
    expect(connection.get().state).toBe('open');
  });

  it('fails calls under way when it is lost, as what may be asked again', async () => {
    const { client } = connect();
    await client.app.info();
    answer = () => new Promise(() => {});
    const failure = client.app.info().catch((error: unknown) => error);
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    lines[0]?.close(4410);
    expect(isLineLoss(await failure)).toBe(true);
    expect(toProblem(await failure)).toEqual({
      code: 'connection',
      message: 'The line to Nightjar was cut before the answer came.',
      next: 'What you asked for may have been done: look before you ask again.',
    });
  });

  it('is not dialled again with a wrong token', async () => {
    closeWith = 4401;
    const { client, connection } = connect();
    await expect(client.app.info()).rejects.toThrow();
    await vi.waitFor(() => expect(connection.get().state).toBe('refused'));
    const failure = await client.app.info().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RefusedError);
    expect(toProblem(failure).next).toContain('nightjar open');
  });

  it('lets go of a call that is given up while there is none', async () => {
    const { client, connection } = connect();
    await client.app.info();
    closeWith = 4410;
    lines[0]?.close(4410);
    await vi.waitFor(() => expect(connection.get().state).toBe('lost'));
    const controller = new AbortController();
    const failure = client.app.info(undefined, { signal: controller.signal }).catch((error: unknown) => error);
    controller.abort();
    expect(toProblem(await failure).code).toBe('cancelled');
  });

  it('carries our errors with what to do next', async () => {
    const { client } = connect();
    const failure = await client.explore.actor({ actor: 'x' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ORPCError);
    expect(isLineLoss(failure)).toBe(false);
    expect(toProblem(failure)).toEqual({ code: 'input', message: 'Nobody has this pseudonym.', next: 'Choose one.' });
  });

  it('refuses answers that are not of the contract', async () => {
    const { client } = connect();
    answer = async () => ({ ...INFO, mode: 'elsewhere' }) as never;
    await expect(client.app.info()).rejects.toThrow();
  });

  it('is refused at once where nobody gave us a token', async () => {
    const { link, connection } = connectThrough(noTransport);
    expect(connection.get().state).toBe('refused');
    await expect(link.call(['app', 'info'], undefined, { context: {} })).rejects.toBeInstanceOf(RefusedError);
  });
});
