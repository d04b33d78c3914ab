import { inRange, MICROS_PER_SECOND, microsOfCivil } from './civil.ts';

// Plain indexing of the bytes throughout: this runs once per record, and a read past the end gives `undefined`, which no
// comparison below accepts as a digit.

/**
 * Microseconds since 1970-01-01 UTC of an ISO 8601 / RFC 3339 stamp in `buffer[start, end)`, or NaN. Read are
 * `YYYY-MM-DD` or `YYYY/MM/DD`, then nothing or `T` or a space and `hh:mm[:ss[.fraction]]`, then nothing, `Z`, `UTC`, `GMT`,
 * `±hh`, `±hhmm` or `±hh:mm`. A stamp without a zone is taken as UTC. Digits below a microsecond are cut off.
 */
export const parseIsoBytes = (buffer: Uint8Array, start: number, end: number): number => {
  if (end - start < 10) return Number.NaN;
  const year = pair(buffer, start) * 100 + pair(buffer, start + 2);
  const dash = buffer[start + 4];
  if ((dash !== 0x2d && dash !== 0x2f) || buffer[start + 7] !== dash) return Number.NaN;
  const month = pair(buffer, start + 5);
  const day = pair(buffer, start + 8);
  if (end - start === 10) return inRange(microsOfCivil(year, month, day, 0, 0, 0, 0));
  const separator = buffer[start + 10];
  if ((separator !== 0x54 && separator !== 0x20 && separator !== 0x74) || end - start < 16) return Number.NaN;
  if (buffer[start + 13] !== 0x3a) return Number.NaN;
  const hour = pair(buffer, start + 11);
  const minute = pair(buffer, start + 14);
  let second = 0;
  let micros = 0;
  let at = start + 16;
  if (at < end && buffer[at] === 0x3a) {
    if (at + 3 > end) return Number.NaN;
    second = pair(buffer, at + 1);
    at += 3;
    if (at < end && (buffer[at] === 0x2e || buffer[at] === 0x2c)) {
      const first = ++at;
      let scale = 100_000;
      for (; at < end && isDigit(buffer[at]!); at++) {
        micros += (buffer[at]! - 0x30) * scale;
        scale = Math.floor(scale / 10);
      }
      if (at === first || at - first > 9) return Number.NaN;
    }
  }
  return inRange(microsOfCivil(year, month, day, hour, minute, second, micros) - zoneOffset(buffer, at, end));
};

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Two digits as a number, NaN when they are not digits. */
const pair = (buffer: Uint8Array, at: number): number => {
  const high = buffer[at]! - 0x30;
  const low = buffer[at + 1]! - 0x30;
  return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? high * 10 + low : Number.NaN;
};

/** Offset of a zone in microseconds east of UTC: 0 when there is none, NaN when it cannot be read. */
const zoneOffset = (buffer: Uint8Array, from: number, end: number): number => {
  let at = from;
  if (at === end) return 0;
  if (buffer[at] === 0x20) at++;
  const sign = buffer[at];
  if (at + 1 === end && (sign === 0x5a || sign === 0x7a)) return 0;
  if (at + 3 === end && isUtcName(buffer, at)) return 0;
  if (sign !== 0x2b && sign !== 0x2d) return Number.NaN;
  const hours = pair(buffer, at + 1);
  const minutesAt = at + 3 + (buffer[at + 3] === 0x3a && at + 3 < end ? 1 : 0);
  const minutes = minutesAt === end && minutesAt === at + 3 ? 0 : pair(buffer, minutesAt);
  const length = minutesAt === end ? minutesAt : minutesAt + 2;
  if (length !== end || !(hours <= 18) || !(minutes <= 59)) return Number.NaN;
  return (sign === 0x2d ? -1 : 1) * (hours * 3600 + minutes * 60) * MICROS_PER_SECOND;
};

const isUtcName = (buffer: Uint8Array, at: number): boolean => {
  const name = ((buffer[at]! | 0x20) << 16) | ((buffer[at + 1]! | 0x20) << 8) | (buffer[at + 2]! | 0x20);
  return name === 0x757463 || name === 0x676d74;
};

/** Longest stamp that is read: date, time, nine digits, a space and a zone. */
const MAX_LENGTH = 40;
const scratch = new Uint8Array(MAX_LENGTH);

/** As `parseIsoBytes`, from a string; surrounding blanks are ignored. */
export const parseIso = (text: string): number => {
  const length = text.length;
  if (length > MAX_LENGTH) return length < 1000 && text.trim().length < length ? parseIso(text.trim()) : Number.NaN;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    scratch[i] = code < 128 ? code : 0xff;
  }
  let start = 0;
  let end = length;
  while (start < end && scratch[start] === 0x20) start++;
  while (end > start && scratch[end - 1] === 0x20) end--;
  return parseIsoBytes(scratch, start, end);
};

/** Whether the text of an ISO stamp names its zone. */
export const isoCarriesZone = (text: string): boolean =>
  /:\d\d(?:[.,]\d+)? ?(?:z|utc|gmt|[+-]\d\d(?::?\d\d)?)\s*$/i.test(text);
