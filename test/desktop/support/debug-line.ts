import { WebSocket } from 'ws';
import { z } from 'zod';

const answer = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ message: z.string() }).optional(),
});

export type DebugLine = {
  readonly send: (method: string, params?: object) => Promise<Record<string, unknown>>;
  readonly on: (method: string, listener: (params: Record<string, unknown>) => void) => void;
  readonly close: () => void;
};

/** Chromium's debugging protocol, to one target. Playwright's own connection asks for more than Electron offers. */
export const openDebugLine = async (address: string): Promise<DebugLine> => {
  const socket = new WebSocket(address, { perMessageDeflate: false, maxPayload: 2 ** 28 });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  let nextId = 1;
  const waiting = new Map<
    number,
    { resolve: (value: Record<string, unknown>) => void; reject: (error: Error) => void }
  >();
  const listeners: { readonly method: string; readonly listener: (params: Record<string, unknown>) => void }[] = [];
  socket.on('message', (data: Buffer) => {
    const { id, method, params = {}, result = {}, error } = answer.parse(JSON.parse(data.toString('utf8')));
    for (const each of listeners) if (each.method === method) each.listener(params);
    const call = id === undefined ? undefined : waiting.get(id);
    if (id !== undefined) waiting.delete(id);
    if (error === undefined) call?.resolve(result);
    else call?.reject(new Error(error.message));
  });
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the window is gone'));
  });
  return {
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        waiting.set(id, { resolve, reject });
        socket.send(JSON.stringify({ id, method, params }));
      }),
    on: (method, listener) => void listeners.push({ method, listener }),
    close: () => socket.close(),
  };
};
