import { RPCLink } from '@orpc/client/message-port';
import type { DesktopBridge } from '../../core/api/contract.ts';
import { linkPlugins } from './plugins.ts';
import type { Transport } from './connection.ts';

/** A port that can be told that its other end is gone: older Chromium never says so by itself. */
const mortal = (
  port: MessagePort,
): { readonly port: EventTarget & Pick<MessagePort, 'addEventListener' | 'postMessage'>; readonly die: () => void } => {
  const target = Object.assign(new EventTarget(), { postMessage: port.postMessage.bind(port) });
  port.addEventListener('message', (event) => target.dispatchEvent(new MessageEvent('message', { data: event.data })));
  port.start();
  return {
    port: target,
    die: () => {
      target.dispatchEvent(new Event('close'));
      port.close();
    },
  };
};

const typeOf = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined;

/** Over the MessagePort that the desktop hands to the window; a new one arrives by itself when an engine ended. */
export const portTransport = (bridge: DesktopBridge): Transport => ({
  start: ({ onOpen, onLost }) => {
    let die: (() => void) | null = null;
    const end = (): void => {
      die?.();
      die = null;
    };
    window.addEventListener('message', (event) => {
      if (event.source !== window) return;
      const [port] = event.ports;
      if (typeOf(event.data) === 'nightjar:engine' && port !== undefined) {
        end();
        const line = mortal(port);
        die = line.die;
        onOpen(new RPCLink({ port: line.port, plugins: linkPlugins() }));
      }
      if (typeOf(event.data) === 'nightjar:engine-lost') {
        end();
        onLost('engine');
      }
    });
    bridge.connect();
  },
});
