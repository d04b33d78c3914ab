import { expect } from 'vitest';

/** Looks again and again until what is expected is so: what a person waits for on a busy machine. */
export const eventually = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 15_000, interval: 50 });
