// Runs in the desktop's page before the page's own scripts, put there by a test: the checks of the boundary, over lines that the page's own bridge gives.
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { BOUNDARY_CHECKS, type Boundary, type BoundaryLine } from '../../main/support/boundary-checks.ts';

type PagePort = EventTarget & {
  postMessage(frame: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  start(): void;
  close(): void;
};
type PortEvent = Event & { readonly ports: readonly PagePort[] };

/** The part of the page's window that is used here. */
declare const window: {
  readonly nightjar: { readonly connect: () => void };
  addEventListener(type: 'message', listener: (event: PortEvent) => void): void;
};

/** Runs the check of that name. Returns what failed; null when nothing did. */
export const runCheck = async (name: string): Promise<string | null> => {
  const check = BOUNDARY_CHECKS.find((each) => each.name === name);
  if (check === undefined) return 'there is no such check';
  const [result] = await Promise.allSettled([check.run(boundary)]);
  return result.status === 'fulfilled' ? null : String(result.reason);
};

const waiting: ((port: PagePort) => void)[] = [];

const boundary: Boundary = {
  mode: 'desktop',
  connect: () =>
    new Promise((resolve) => {
      waiting.push((port) => resolve(lineOver(port)));
      window.nightjar.connect();
    }),
};

// Listens before the page does: what was asked for here is taken, and all else is the page's.
window.addEventListener('message', (event) => {
  const [port] = event.ports;
  if (port === undefined) return;
  const take = waiting.shift();
  if (take === undefined) return;
  event.stopImmediatePropagation();
  take(port);
});

/** A port says nothing when its own end closes; its link is told. */
const lineOver = (port: PagePort): BoundaryLine => {
  const end = Object.assign(new EventTarget(), { postMessage: (frame: unknown) => port.postMessage(frame) });
  port.addEventListener('message', ({ data }) => end.dispatchEvent(new MessageEvent('message', { data })));
  port.start();
  return {
    client: createORPCClient(new RPCLink({ port: end })),
    sendRaw: (frame) => port.postMessage(frame),
    close: () => {
      end.dispatchEvent(new Event('close'));
      port.close();
    },
  };
};
