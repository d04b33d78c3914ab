const LF = 0x0a;
const CR = 0x0d;
/** "From " in ASCII. */
const FROM = [0x46, 0x72, 0x6f, 0x6d, 0x20];

/**
 * Offset of the next From_ line at or after `from`: one that begins the buffer, or follows an empty line (mboxrd, RFC 4155).
 * -1 when there is none. Quoted `>From ` lines are not separators.
 */
export const nextFromLine = (buffer: Uint8Array, from: number): number => {
  for (let at = from; at >= 0 && at < buffer.length;) {
    if (isFromLine(buffer, at)) return at;
    const feed = buffer.indexOf(LF, at);
    if (feed < 0) return -1;
    at = feed + 1;
  }
  return -1;
};

const isFromLine = (buffer: Uint8Array, at: number): boolean =>
  FROM.every((code, i) => buffer[at + i] === code) && (at === 0 || followsEmptyLine(buffer, at));

const followsEmptyLine = (buffer: Uint8Array, at: number): boolean => {
  if (buffer[at - 1] !== LF) return false;
  const before = buffer[at - 2] === CR ? at - 3 : at - 2;
  return before < 0 || buffer[before] === LF;
};

/** The messages of a whole mbox, each with its From_ line; a file without one is a single message. */
export const splitMbox = (buffer: Uint8Array): readonly Uint8Array[] => {
  const messages: Uint8Array[] = [];
  let start = Math.max(0, nextFromLine(buffer, 0));
  if (start > 0) messages.push(buffer.subarray(0, start));
  while (start < buffer.length) {
    const next = nextFromLine(buffer, start + 1);
    messages.push(buffer.subarray(start, next < 0 ? buffer.length : next));
    if (next < 0) break;
    start = next;
  }
  return messages;
};

/** A message's text with the quoting of From_ lines (`>From `, `>>From `) taken back by one. */
export const unquoteFrom = (text: string): string => text.replace(/^>(>*From )/gm, '$1');
