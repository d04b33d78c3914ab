import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits that nobody can guess, as text for an address. */
export const createToken = (): string => randomBytes(32).toString('base64url');

/** Compares in a time that tells nothing about where they differ, or how long the secret is. */
export const isSameToken = (given: string, secret: string): boolean => timingSafeEqual(digest(given), digest(secret));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
