import { MICROS_PER_SECOND, microsOfCivil } from './civil.ts';

/** A wall clock as microseconds as if UTC, and the offset the text names (undefined when it names none). */
export type WallTime = { readonly local: number; readonly offset: number | undefined };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** 1 to 12 of an English month name or its first three letters, NaN for anything else. */
export const monthOf = (name: string): number => {
  const index = MONTHS.indexOf(name.slice(0, 3).toLowerCase());
  return index < 0 ? Number.NaN : index + 1;
};

/** Microseconds of a fraction of a second written in digits; what lies below a microsecond is cut off. */
export const fractionMicros = (digits: string | undefined): number =>
  digits === undefined ? 0 : Number(digits.slice(0, 6).padEnd(6, '0'));

/** Names RFC 2822 section 4.3 defines, in hours; a name it does not define tells nothing, and reads as UTC. */
const NAMED_HOURS: Readonly<Record<string, number>> = {
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
};

/** Microseconds east of UTC of `Z`, `UTC`, `±hh`, `±hhmm`, `±hh:mm` or a zone name of RFC 2822; undefined without one. */
const offsetOf = (zone: string | undefined): number | undefined => {
  if (zone === undefined || zone === '') return undefined;
  const digits = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (digits === null) return (NAMED_HOURS[zone.toUpperCase()] ?? 0) * 3600 * MICROS_PER_SECOND;
  const seconds = Number(digits[2]) * 3600 + Number(digits[3] ?? 0) * 60;
  return (digits[1] === '-' ? -seconds : seconds) * MICROS_PER_SECOND;
};

const CLF =
  /^\s*\[?(\d{1,2})\/([A-Za-z]{3})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?: ([+-]\d\d:?\d\d|Z))?\]?\s*$/;

/** `17/May/2015:10:05:03 +0000`, the stamp of web servers, with or without brackets. */
export const parseClf = (text: string): WallTime | undefined => {
  const m = CLF.exec(text);
  if (m === null) return undefined;
  const local = microsOfCivil(
    Number(m[3]),
    monthOf(m[2] ?? ''),
    Number(m[1]),
    Number(m[4]),
    Number(m[5]),
    Number(m[6]),
    fractionMicros(m[7]),
  );
  return { local, offset: offsetOf(m[8]) };
};

const RFC2822 =
  /^\s*(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})[\s-]+([A-Za-z]{3,9})[\s-]+(\d{2,4})\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([+-]\d{4}|[A-Za-z]{1,5})?\s*(?:\([^()]*\))?\s*$/;

/** `Thu, 22 Aug 2002 18:26:25 +0700` of mail headers, the obsolete forms of RFC 2822 section 4.3 included. */
export const parseRfc2822 = (text: string): WallTime | undefined => {
  const m = RFC2822.exec(text);
  if (m === null) return undefined;
  const year = fullYear(m[3] ?? '');
  const second = Number(m[6] ?? 0);
  const local = microsOfCivil(year, monthOf(m[2] ?? ''), Number(m[1]), Number(m[4]), Number(m[5]), second, 0);
  return { local, offset: offsetOf(m[7]) };
};

/** Two digits: 00 to 49 are 2000 to 2049, the rest 1950 to 1999; three digits count from 1900 (RFC 2822 section 4.3). */
const fullYear = (digits: string): number => {
  const year = Number(digits);
  if (digits.length >= 4) return year;
  return digits.length === 3 || year >= 50 ? 1900 + year : 2000 + year;
};

const DATE_FIRST =
  /^\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:,?[ T]+(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:\s*([AaPp])\.?[Mm]\.?)?)?(?:\s*(Z|UTC|GMT|[+-]\d\d:?\d\d))?\s*$/;

/** `MM/DD/YYYY` ('us') or `DD.MM.YYYY` ('eu'), with `/`, `.` or `-`, and a time of 24 hours or with AM and PM. */
export const parseDayMonth = (text: string, order: 'us' | 'eu'): WallTime | undefined => {
  const m = DATE_FIRST.exec(text);
  if (m === null) return undefined;
  const [first, second] = [Number(m[1]), Number(m[3])];
  const half = m[9]?.toLowerCase();
  const written = Number(m[5] ?? 0);
  if (half !== undefined && (written < 1 || written > 12)) return undefined;
  const hour = half === undefined ? written : (written % 12) + (half === 'p' ? 12 : 0);
  const [month, day] = order === 'us' ? [first, second] : [second, first];
  const year = fullYear(m[4] ?? '');
  const local = microsOfCivil(year, month, day, hour, Number(m[6] ?? 0), Number(m[7] ?? 0), fractionMicros(m[8]));
  return { local, offset: offsetOf(m[10]) };
};

const COMPACT =
  /^\s*(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(\d\d)?(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?\s*$/i;

/** `20260131T101112Z`, `20260131101112`, `20260131`: ISO 8601 basic. */
export const parseCompact = (text: string): WallTime | undefined => {
  const m = COMPACT.exec(text);
  if (m === null) return undefined;
  const [hour, minute, second] = [Number(m[4] ?? 0), Number(m[5] ?? 0), Number(m[6] ?? 0)];
  const local = microsOfCivil(Number(m[1]), Number(m[2]), Number(m[3]), hour, minute, second, fractionMicros(m[7]));
  return { local, offset: offsetOf(m[8]) };
};
