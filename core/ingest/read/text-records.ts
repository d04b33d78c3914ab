/** Bytes [start, end) of a block, and on which of its lines they begin, from 0. */
export type Slice = { readonly start: number; readonly end: number; readonly line: number };

/** Lines of a block, without their ends. */
export function* splitLines(bytes: Uint8Array): Generator<Slice> {
  let line = 0;
  for (let start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    yield { start, end: end > start && bytes[end - 1] === 13 ? end - 1 : end, line };
    start = end + 1;
  }
}

/** Mails of a block: each begins at a `From ` line behind a blank one (mboxrd, RFC 4155), or the block is one mail. */
export function* splitMails(bytes: Uint8Array): Generator<Slice> {
  let start = 0;
  let startLine = 0;
  let blankBefore = true;
  for (const { start: at, end, line } of splitLines(bytes)) {
    const separator = blankBefore && isFromLine(bytes, at);
    if (separator && at > start) {
      yield { start, end: at, line: startLine };
      start = at;
      startLine = line;
    }
    blankBefore = end === at;
  }
  if (start < bytes.length) yield { start, end: bytes.length, line: startLine };
}

/** Whether a line begins with `From `: a separator where it stands behind a blank line. */
export const isFromLine = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 70 && bytes[at + 1] === 114 && bytes[at + 2] === 111 && bytes[at + 3] === 109 && bytes[at + 4] === 32;
