import type { Watch } from '../api/progress.ts';

export { makePace } from '../api/progress.ts';

/** A watch that can still stop a call, but is not told of its progress: for small calls within a larger one. */
export const quietly = <W extends Watch>(watch: W): W => ({ ...watch, onProgress: () => undefined });
