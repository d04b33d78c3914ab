import { takeBuffer } from '../encode/index.ts';
import type { Rejection } from '../plan.ts';
import { countLines } from './count-lines.ts';
import { lastQuotedRecordEnd } from './quoted-record-end.ts';

/** Whole records cut from a stream of bytes, and what could not be a record. */
export type Cut = {
  readonly bytes: Uint8Array;
  /** Line of the file (1-based) on which `bytes` begins. */
  readonly firstLine: number;
};

/** Splits a stream into runs of whole records. */
export type Splitter = {
  /** Takes the next bytes; the run that is now complete, if any. */
  push(chunk: Uint8Array): Cut | undefined;
  /** The rest at the end of the file. */
  end(): Cut | undefined;
  /** Records too long or never closed, as absolute lines; emptied by the call. */
  takeRejections(): readonly Rejection[];
  /** Takes the memory of a run that nobody needs any more. */
  reuse?(memory: ArrayBuffer): void;
};

/** Longest record that is read; longer ones go to quarantine. A log line beyond this is damage or an attack. */
export const MAX_RECORD_BYTES = 4 << 20;

const LF = 10;
/** Room for a run that is a little longer than the one before, in the memory of that one. */
const SLACK_BYTES = 1 << 14;
const MOST_SPARE = 8;

/** Cuts at line ends that no quote covers. `quote` is '' for plain lines. */
export const createLineSplitter = (quote: string, delimiter: string, maxRecordBytes = MAX_RECORD_BYTES): Splitter => {
  const quoteByte = quote === '' ? -1 : quote.charCodeAt(0);
  const delimiterByte = delimiter.charCodeAt(0);
  let rest = new Uint8Array(0);
  let line = 1;
  let dropping = false;
  let rejections: Rejection[] = [];
  const spare: ArrayBuffer[] = [];

  /** `rest` and what follows it. */
  const join = (fresh: Uint8Array): Uint8Array<ArrayBuffer> => {
    const length = rest.length + fresh.length;
    const joined = new Uint8Array(takeBuffer(spare, length) ?? new ArrayBuffer(length + SLACK_BYTES), 0, length);
    joined.set(rest);
    joined.set(fresh, rest.length);
    return joined;
  };

  /** Where the last complete record of `bytes` ends, or 0, and the line ends up to there. */
  const lastRecordEnd = (bytes: Uint8Array): { readonly end: number; readonly lines: number } => {
    if (quoteByte < 0 || bytes.indexOf(quoteByte) < 0) {
      const end = bytes.lastIndexOf(LF) + 1;
      return { end, lines: countLines(bytes, end) };
    }
    const end = lastQuotedRecordEnd(bytes, quoteByte, delimiterByte);
    return { end, lines: countLines(bytes, end) };
  };

  const reject = (reason: string): void => {
    rejections.push({ line, reason, column: null });
  };

  /** An over-long record: its first line is given up, and reading goes on at the next. */
  const giveUpFirstLine = (): void => {
    const newline = rest.indexOf(LF);
    const long = newline < 0 || newline > maxRecordBytes;
    reject(long ? `longer than ${maxRecordBytes} bytes` : 'quote never closed');
    if (newline < 0) {
      dropping = true;
      rest = new Uint8Array(0);
      return;
    }
    rest = rest.slice(newline + 1);
    line++;
  };

  const cut = (): Cut | undefined => {
    const { end, lines } = lastRecordEnd(rest);
    if (end === 0) return undefined;
    const bytes = rest.subarray(0, end);
    const firstLine = line;
    rest = rest.slice(end);
    line += lines;
    return { bytes, firstLine };
  };

  return {
    push: (chunk) => {
      let fresh = chunk;
      if (dropping) {
        const newline = fresh.indexOf(LF);
        if (newline < 0) return undefined;
        dropping = false;
        line++;
        fresh = fresh.subarray(newline + 1);
      }
      rest = join(fresh);
      const done = cut();
      if (done) return done;
      while (rest.length > maxRecordBytes) {
        giveUpFirstLine();
        const after = cut();
        if (after) return after;
      }
      return undefined;
    },
    end: () => {
      while (rest.length > 0) {
        const open = lastRecordEnd(concat(rest, Uint8Array.of(LF))).end === 0;
        if (!open && rest.length <= maxRecordBytes) {
          const bytes = rest;
          rest = new Uint8Array(0);
          return { bytes, firstLine: line };
        }
        giveUpFirstLine();
        const after = cut();
        if (after) return after;
      }
      return undefined;
    },
    takeRejections: () => {
      const taken = rejections;
      rejections = [];
      return taken;
    },
    reuse: (memory) => {
      spare.push(memory);
      if (spare.length > MOST_SPARE) spare.shift();
    },
  };
};

export const concat = (a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> => {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
};
