import { TextDecoder } from 'node:util';
import { refuse } from './magic.ts';
import type { Encoding } from './schema.ts';

/**
 * The encoding of a text and what its head says in it, without a byte-order mark. UTF-16 is known by its mark or by its zero
 * bytes, UTF-8 by being valid; anything else is read as Latin-1. Throws `input` for bytes that are no text.
 */
export const readText = (name: string, head: Uint8Array): { readonly encoding: Encoding; readonly text: string } => {
  const encoding = encodingOf(head);
  const text = decode(head, encoding);
  if (controlShare(text) > 0.01)
    refuse(name, 'binary data', 'Give a log or a table: CSV, JSON, Parquet, or a known log format.');
  return { encoding, text };
};

const encodingOf = (head: Uint8Array): Encoding => {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const length = Math.min(head.length, 4096) & ~1;
  for (let i = 0; i < length; i++) if (head[i] === 0) zeros[i & 1] = (zeros[i & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > length / 8 && even < odd / 8) return 'utf-16le';
  if (even > length / 8 && odd < even / 8) return 'utf-16be';
  return isUtf8(head) ? 'utf-8' : 'latin-1';
};

const REPLACEMENT = 0xfffd;

/**
 * Whether the bytes are UTF-8: valid, or with more whole characters beyond ASCII than damage (records with damage then
 * go to quarantine; Latin-1 text hardly ever holds such characters). The head of a file may end within a character.
 */
const isUtf8 = (head: Uint8Array): boolean => {
  if (isValid(head)) return true;
  const text = new TextDecoder('utf-8').decode(head, { stream: true });
  let damaged = 0;
  let beyond = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === REPLACEMENT) damaged++;
    else if (code > 127) beyond++;
  }
  return beyond > damaged;
};

const isValid = (head: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false; // the decoder's own way of saying so
    throw error;
  }
};

const LABELS: Readonly<Record<Encoding, string>> = {
  'utf-8': 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'latin-1': 'latin1',
};

const decode = (head: Uint8Array, encoding: Encoding): string => {
  const whole = encoding.startsWith('utf-16') ? head.subarray(0, head.length & ~1) : head;
  return new TextDecoder(LABELS[encoding]).decode(whole, { stream: true });
};

/** Share of characters no text holds: controls but tab, line ends, form feed and escape. */
const controlShare = (text: string): number => {
  let controls = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 12 && code !== 27) controls++;
  }
  return text.length === 0 ? 0 : controls / text.length;
};
