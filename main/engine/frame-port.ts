/** One page's line to the engine, whatever carries it: frames of oRPC, in order, both ways. */
export type FramePort = {
  readonly send: (frame: string | Uint8Array) => void;
  readonly onFrame: (listener: (frame: unknown) => void) => void;
  readonly onClose: (listener: () => void) => void;
  readonly close: () => void;
};

/** The part of Electron's MessagePortMain that is used; its events carry the frame in `data`. */
export type MainPort = {
  postMessage(frame: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
};

/** A line over a port of Electron. */
export const overMainPort = (port: MainPort): FramePort => ({
  send: (frame) => port.postMessage(frame),
  onFrame: (listener) => {
    port.on('message', ({ data }) => listener(data));
    port.start();
  },
  onClose: (listener) => void port.on('close', listener),
  close: () => port.close(),
});
