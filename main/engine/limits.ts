/** The most one frame from a page may hold, in bytes: far above any call of the contract. */
export const MAX_FRAME_BYTES = 16 * 2 ** 20;
