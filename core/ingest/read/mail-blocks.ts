import type { Rejection } from '../plan.ts';
import { concat, type Cut, type Splitter } from './blocks.ts';
import { isFromLine } from './text-records.ts';

/** Longest mail that is read, attachments included. */
const MAX_MAIL_BYTES = 32 << 20;
const LF = 10;

/** Cuts an mbox before its last `From ` line so far; an .eml has none and comes whole. */
export const createMailSplitter = (): Splitter => {
  let rest: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  let line = 1;
  let rejections: Rejection[] = [];

  const lastSeparator = (): number => {
    for (let i = rest.lastIndexOf(LF); i > 0; i = rest.lastIndexOf(LF, i - 1)) {
      if (isFromLine(rest, i + 1) && blankBefore(rest, i)) return i + 1;
    }
    return 0;
  };
  const take = (end: number): Cut => {
    const cut = { bytes: rest.slice(0, end), firstLine: line };
    for (let i = cut.bytes.indexOf(LF); i >= 0; i = cut.bytes.indexOf(LF, i + 1)) line++;
    rest = rest.slice(end);
    return cut;
  };

  return {
    push: (chunk) => {
      rest = concat(rest, chunk);
      const end = lastSeparator();
      if (end > 0) return take(end);
      if (rest.length > MAX_MAIL_BYTES) {
        rejections.push({ line, reason: `longer than ${MAX_MAIL_BYTES} bytes`, column: null });
        take(rest.length);
      }
      return undefined;
    },
    end: () => (rest.length > 0 ? take(rest.length) : undefined),
    takeRejections: () => {
      const taken = rejections;
      rejections = [];
      return taken;
    },
  };
};

const blankBefore = (bytes: Uint8Array, newline: number): boolean =>
  bytes[newline - 1] === LF || (bytes[newline - 1] === 13 && bytes[newline - 2] === LF);
