import { NightjarError } from '../../api/errors.ts';
import { MICROS_PER_SECOND, SECONDS_PER_DAY } from './civil.ts';

/** Turns a wall clock (as if UTC, microseconds) into UTC microseconds. */
export type ToUtc = (localMicros: number) => number;

/**
 * The clock of a zone: 'UTC', a fixed offset '+hh:mm', or an IANA name. Where clocks go back the earlier of the two instants is
 * taken, where they go forward the time is moved on by the gap: as java.time's `ZonedDateTime.ofLocal`.
 * Throws `usage` for a zone nobody knows.
 */
export const zoneClock = (zone: string): ToUtc => {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = makeClock(zone);
  clocks.set(zone, clock);
  return clock;
};

const clocks = new Map<string, ToUtc>();

const makeClock = (zone: string): ToUtc => {
  if (/^(?:utc|gmt|z)$/i.test(zone)) return (local) => local;
  const fixed = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (fixed !== null) {
    const seconds = Number(fixed[2]) * 3600 + Number(fixed[3] ?? 0) * 60;
    const offset = (fixed[1] === '-' ? -seconds : seconds) * MICROS_PER_SECOND;
    return (local) => local - offset;
  }
  const offsetAt = ianaOffsets(zone);
  return (local) => {
    if (Number.isNaN(local)) return local;
    const seconds = Math.floor(local / MICROS_PER_SECOND);
    const before = offsetAt(seconds - SECONDS_PER_DAY);
    const after = offsetAt(seconds + SECONDS_PER_DAY);
    const useAfter = before !== after && offsetAt(seconds - before) !== before && offsetAt(seconds - after) === after;
    return local - (useAfter ? after : before) * MICROS_PER_SECOND;
  };
};

/** Offset of one UTC day: `first` until the second `changeAt`, `last` from there on. */
type DayOffset = { readonly first: number; readonly last: number; readonly changeAt: number };

/** Seconds east of UTC at a UTC second. One day is asked of Intl once; no zone changes twice within a UTC day. */
const ianaOffsets = (zone: string): ((utcSeconds: number) => number) => {
  const ask = intlOffset(zone);
  const days = new Map<number, DayOffset>();
  const dayOffset = (day: number): DayOffset => {
    const start = day * SECONDS_PER_DAY;
    const first = ask(start);
    const last = ask(start + SECONDS_PER_DAY - 1);
    let low = start;
    let high = first === last ? start : start + SECONDS_PER_DAY - 1;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (ask(middle) === first) low = middle;
      else high = middle;
    }
    return { first, last, changeAt: high };
  };
  return (utcSeconds) => {
    const day = Math.floor(utcSeconds / SECONDS_PER_DAY);
    let entry = days.get(day);
    if (entry === undefined) {
      entry = dayOffset(day);
      days.set(day, entry);
    }
    return utcSeconds < entry.changeAt ? entry.first : entry.last;
  };
};

const intlOffset = (zone: string): ((utcSeconds: number) => number) => {
  const format = intlFormat(zone);
  return (utcSeconds) => {
    const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of format.formatToParts(utcSeconds * 1000)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - utcSeconds;
  };
};

const intlFormat = (zone: string): Intl.DateTimeFormat => {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (cause) {
    throw new NightjarError(
      'usage',
      'This time zone is not known.',
      { where: 'time zone', next: "Use 'UTC', an offset such as '+02:00', or an IANA name such as 'Europe/Berlin'." },
      cause,
    );
  }
};
