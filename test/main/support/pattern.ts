/** Bytes of which each end knows what they must be; no two neighbouring blocks are alike. */
export const patternOf = (bytes: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: bytes }, (_, i) => (i * 31 + (i >> 8)) % 256);
