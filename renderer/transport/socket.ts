import { RPCLink } from '@orpc/client/websocket';
import { linkPlugins } from './plugins.ts';
import type { LossReason, Transport } from './connection.ts';

const WRONG_TOKEN = 4401;
const ENGINE_ENDED = 4410;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4000;

const reasonOf = (closeCode: number): LossReason => {
  if (closeCode === WRONG_TOKEN) return 'refused';
  return closeCode === ENGINE_ENDED ? 'engine' : 'line';
};

/** Over the loopback server's WebSocket; dials again, ever more slowly, when the line is cut. */
export const socketTransport = (url: string, token: string): Transport => ({
  start: ({ onOpen, onLost }) => {
    const dial = (waitMs: number): void => {
      const socket = new WebSocket(url, [`nightjar.${token}`]);
      socket.binaryType = 'arraybuffer';
      let nextWaitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
      socket.addEventListener('open', () => {
        nextWaitMs = FIRST_WAIT_MS;
        onOpen(new RPCLink({ websocket: socket, plugins: linkPlugins() }));
      });
      socket.addEventListener('error', () => undefined); // the close that follows tells the rest
      socket.addEventListener('close', (event) => {
        const reason = reasonOf(event.code);
        onLost(reason);
        if (reason !== 'refused') setTimeout(() => dial(nextWaitMs), waitMs);
      });
    };
    dial(FIRST_WAIT_MS);
  },
});

/** Where nobody gave us a token: there is no engine to reach. */
export const noTransport: Transport = { start: ({ onLost }) => onLost('refused') };
