import { concat, MAX_RECORD_BYTES, type Cut, type Splitter } from './blocks.ts';
import type { Rejection } from '../plan.ts';

const LF = 10;
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const SPACE = 32;
const COMMA = 44;

/**
 * Cuts a JSON document between its records: objects one after the other (`path` undefined), the elements of an array
 * (`path` ''), or of the array at a dotted path inside an envelope such as `{"Records": […]}`. What stands outside the array
 * is no record; what stands in it is one, whatever it is.
 */
export const createJsonSplitter = (path: string | undefined): Splitter => {
  const keys = path === undefined || path === '' ? [] : path.split('.');
  const depth = path === undefined ? 0 : keys.length + 1;
  const lastKey = keys.at(-1);
  let rest: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  let scanned = 0;
  let level = 0;
  let inString = false;
  let escaped = false;
  let line = 1;
  let entered = depth === 0;
  /** Where in `rest` what is outside the array begins. */
  let outside = 0;
  /** In a record that was too long. */
  let dropping = false;
  let rejections: Rejection[] = [];

  /** What is outside the array becomes space, and lines stay lines. */
  const blank = (to: number): void => {
    for (let i = outside; i < to; i++) if (rest[i] !== LF) rest[i] = SPACE;
  };

  /** Where the last whole record ends that a closing bracket at `scanned` leaves, given the end before. */
  const closed = (end: number): number => {
    level--;
    if (!entered) return end;
    if (level === depth) return scanned + 1;
    if (level > depth) return end;
    if (depth === 0) {
      level = 0; // it closes nothing: a record that is none
      return scanned + 1;
    }
    entered = false;
    outside = scanned;
    return scanned;
  };

  /** Scans what is new; the end of the last whole record in `rest`, or 0. */
  const scan = (): number => {
    let end = 0;
    for (; scanned < rest.length; scanned++) {
      const byte = rest[scanned]!; // hot: once per byte of the document
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
      } else if (byte === QUOTE) inString = true;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        level++;
        if (!entered && level === depth && byte === OPEN_BRACKET && follows(rest, scanned, lastKey)) {
          entered = true;
          blank(scanned + 1);
        }
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        end = closed(end);
        if (dropping && level <= depth) end = endDropping(end);
      } else if (byte === COMMA && dropping && level === depth) end = endDropping(scanned);
    }
    return end;
  };

  /** The record that was too long is over: the rest of it goes. */
  const endDropping = (end: number): number => {
    dropping = false;
    outside -= end;
    scanned -= end;
    drop(end);
    return 0;
  };

  const drop = (count: number): void => {
    for (let i = rest.indexOf(LF); i >= 0 && i < count; i = rest.indexOf(LF, i + 1)) line++;
    rest = rest.slice(count);
  };

  return {
    push: (chunk) => {
      rest = concat(rest, chunk);
      const end = scan();
      if (end === 0) {
        if (entered && rest.length > MAX_RECORD_BYTES) {
          if (!dropping) rejections.push({ line, reason: `longer than ${MAX_RECORD_BYTES} bytes`, column: null });
          dropping = true;
          drop(rest.length);
          scanned = 0;
        }
        return undefined;
      }
      const cut: Cut = { bytes: rest.slice(0, end), firstLine: line };
      drop(end);
      scanned -= end;
      outside = Math.max(0, outside - end);
      return cut;
    },
    end: () => {
      const open = rest.findIndex((byte) => byte > SPACE && byte !== COMMA);
      if (entered && open >= 0 && !dropping) {
        drop(open);
        rejections.push({ line, reason: 'the JSON ends in the middle of a record', column: null });
      }
      rest = new Uint8Array(0);
      return undefined;
    },
    takeRejections: () => {
      const taken = rejections;
      rejections = [];
      return taken;
    },
  };
};

/** Whether the value at `at` stands behind this key; true where none is asked for. */
const follows = (bytes: Uint8Array, at: number, key: string | undefined): boolean => {
  if (key === undefined) return true;
  let i = at - 1;
  while (i >= 0 && (bytes[i]! <= 32 || bytes[i] === 58)) i--;
  return Buffer.from(bytes.subarray(Math.max(0, i - Buffer.byteLength(key) - 1), i + 1)).toString() === `"${key}"`;
};

/** The next value at or after `from` in a run of records, or what stands in the place of one: where it starts and ends. */
export const nextJsonValue = (bytes: Uint8Array, from: number): { start: number; end: number } | undefined => {
  let start = from;
  while (start < bytes.length && (bytes[start]! <= SPACE || bytes[start] === COMMA)) start++;
  let level = 0;
  let inString = false;
  for (let i = start; i < bytes.length; i++) {
    const byte = bytes[i]!; // hot: once per byte
    if (inString) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (level === 0 && i > start) return { start, end: i };
      level++;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      level--;
      if (level <= 0) return { start, end: i + 1 };
    } else if (level === 0 && (byte <= SPACE || byte === COMMA)) return { start, end: i };
  }
  return start < bytes.length && level === 0 ? { start, end: bytes.length } : undefined;
};
