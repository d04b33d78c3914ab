import { TextDecoder } from 'node:util';

/** Headers of a mail, lower-cased names, unfolded, in order; and where its body begins. */
export type Mail = {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
};

const FROM_LINE = /^From [^\r\n]*\r?\n/;
const HEADER = /^([!-9;-~]+):[ \t]*(.*)$/s;

/** Splits a message (RFC 5322) after an optional From_ line; undefined when it does not begin with a header. */
export const readMail = (message: string): Mail | undefined => {
  const text = message.replace(/^(?:\r?\n)+/, '').replace(FROM_LINE, '');
  const end = /\r?\n\r?\n/.exec(text);
  const head = end === null ? text : text.slice(0, end.index);
  const body = end === null ? '' : text.slice(end.index + end[0].length);
  const headers: (readonly [string, string])[] = [];
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const m = HEADER.exec(line);
    if (m === null) {
      if (headers.length === 0) return undefined;
      continue;
    }
    headers.push([(m[1] ?? '').toLowerCase(), (m[2] ?? '').trim()]);
  }
  return headers.length === 0 ? undefined : { headers, body };
};

export const headerOf = (mail: Mail, name: string): string | undefined =>
  mail.headers.find(([key]) => key === name)?.[1];

export const headersOf = (mail: Mail, name: string): readonly string[] =>
  mail.headers.filter(([key]) => key === name).map(([, value]) => value);

const WORD = /=\?([\w-]+)(?:\*[\w-]*)?\?([bq])\?([^?\s]*)\?=/gi;

/** A header with its encoded words (RFC 2047) decoded; a word in an unknown charset is read as Latin-1. */
export const decodeWords = (text: string): string => {
  if (!text.includes('=?')) return text;
  const joined = text.replace(/(\?=)\s+(?==\?)/g, '$1');
  return joined.replace(WORD, (_word, charset: string, encoding: string, content: string) => {
    const bytes = encoding.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : quotedBytes(content);
    return decoderOf(charset).decode(bytes);
  });
};

const quotedBytes = (text: string): Uint8Array => {
  const plain = text
    .replace(/_/g, ' ')
    .replace(/=([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
};

const decoderOf = (charset: string): TextDecoder => {
  try {
    return new TextDecoder(charset);
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder('latin1');
    throw error;
  }
};

/** Addresses in a header: what stands in angle brackets, else the bare ones; lower-cased. */
export const addressesIn = (header: string | undefined): readonly string[] => {
  if (header === undefined) return [];
  const unquoted = header.replace(/"(?:[^"\\]|\\.)*"/g, '');
  // Cut at separators first: one pattern for a whole address would take quadratic time on a header made for that.
  const words = unquoted.split(/[\s<>,;:()"]+/).filter((word) => /^[^@]+@[^@]+$/.test(word));
  return words.map((address) => address.replace(/\.$/, '').toLowerCase());
};
