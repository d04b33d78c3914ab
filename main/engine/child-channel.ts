import type { FramePort } from './frame-port.ts';
import type { FromEngine, ToEngine } from './messages.ts';
import type { HostChannel } from './run-engine.ts';

type ChildProcessSide = {
  readonly send?: (message: FromEngine) => unknown;
  on(event: 'message', listener: (message: ToEngine) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
};

type Line = { readonly port: FramePort; readonly deliver: (frame: unknown) => void; readonly end: () => void };

/** The channel of a forked child, with a port per page made of its messages. A host that is gone counts as `close`. */
export const createChildChannel = (child: ChildProcessSide): HostChannel => {
  const lines = new Map<number, Line>();
  let isUp = true;
  const post = (message: FromEngine): void => {
    if (isUp) child.send?.(message);
  };
  const open = (id: number): FramePort => {
    const send = (frame: string | Uint8Array): void => post({ type: 'line-frame', line: id, frame });
    const line = createLine(send, () => {
      lines.delete(id);
      post({ type: 'line-closed', line: id });
    });
    lines.set(id, line);
    return line.port;
  };
  return {
    post,
    onMessage: (listener) => {
      child.on('message', (message) => {
        if (message.type === 'line-frame') lines.get(message.line)?.deliver(message.frame);
        else if (message.type === 'line-closed') {
          lines.get(message.line)?.end();
          lines.delete(message.line);
        } else listener(message, message.type === 'line-open' ? open(message.line) : null);
      });
      child.on('disconnect', () => {
        isUp = false;
        listener({ type: 'close' }, null);
      });
    },
  };
};

/** Frames wait until somebody listens, as they do in a port of the system. */
const createLine = (send: FramePort['send'], close: FramePort['close']): Line => {
  const waiting: unknown[] = [];
  let onFrame: ((frame: unknown) => void) | null = null;
  let onClose: (() => void) | null = null;
  let hasEnded = false;
  return {
    port: {
      send,
      close,
      onFrame: (listener) => {
        onFrame = listener;
        for (const frame of waiting.splice(0)) listener(frame);
      },
      onClose: (listener) => {
        onClose = listener;
        if (hasEnded) listener();
      },
    },
    deliver: (frame) => {
      if (onFrame === null) waiting.push(frame);
      else onFrame(frame);
    },
    end: () => {
      hasEnded = true;
      onClose?.();
    },
  };
};
