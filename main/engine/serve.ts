import type { RPCHandler } from '@orpc/server/websocket';
import type { FramePort } from './frame-port.ts';
import { MAX_FRAME_BYTES } from './limits.ts';

/**
 * Answers the calls that come over a port until it closes; what was under way for it is then aborted. A frame that is too
 * large or cannot be read closes the port, and nothing else.
 */
export const serve = (handler: RPCHandler<object>, port: FramePort): void => {
  let isOpen = true;
  const peer = {
    send: (frame: string | Uint8Array): void => {
      if (isOpen) port.send(frame);
    },
    addEventListener: (): void => undefined,
  };
  const end = (): void => {
    if (!isOpen) return;
    isOpen = false;
    handler.close(peer);
  };
  const refuse = (): void => {
    end();
    port.close();
  };
  port.onClose(end);
  port.onFrame((frame) => {
    if (!isOpen) return;
    const readable = readableFrame(frame);
    if (readable === null) refuse();
    else handler.message(peer, readable).catch(refuse);
  });
};

/** The frame as oRPC reads it; null for one that no page of ours sends. */
const readableFrame = (frame: unknown): string | ArrayBuffer | null => {
  if (typeof frame === 'string') return frame.length <= MAX_FRAME_BYTES ? frame : null;
  if (!(frame instanceof Uint8Array || frame instanceof ArrayBuffer) || frame.byteLength > MAX_FRAME_BYTES) return null;
  return frame instanceof ArrayBuffer ? frame : new Uint8Array(frame).buffer;
};
