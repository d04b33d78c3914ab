import type { FramePort } from './frame-port.ts';
import type { FromEngine, ToEngine } from './messages.ts';
import type { HostChannel } from './run-engine.ts';

type ChildProcessSide = {
  readonly send?: (message: FromEngine) => unknown;
  on(event: 'message', listener: (message: ToEngine) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
};

type Line = { readonly frame: ((frame: unknown) => void)[]; readonly closed: (() => void)[] };

/** The channel of a forked child, with a port per page made of its messages. A host that is gone counts as `close`. */
export const createChildChannel = (child: ChildProcessSide): HostChannel => {
  const lines = new Map<number, Line>();
  let isUp = true;
  const post = (message: FromEngine): void => {
    if (isUp) child.send?.(message);
  };
  const open = (id: number): FramePort => {
    const line: Line = { frame: [], closed: [] };
    lines.set(id, line);
    return {
      send: (frame) => post({ type: 'line-frame', line: id, frame }),
      onFrame: (listener) => void line.frame.push(listener),
      onClose: (listener) => void line.closed.push(listener),
      close: () => {
        lines.delete(id);
        post({ type: 'line-closed', line: id });
      },
    };
  };
  return {
    post,
    onMessage: (listener) => {
      child.on('message', (message) => {
        if (message.type === 'line-frame') lines.get(message.line)?.frame.forEach((each) => each(message.frame));
        else if (message.type === 'line-closed') {
          lines.get(message.line)?.closed.forEach((each) => each());
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
