import { inRange } from './civil.ts';
import { parseDayStep, parseEpoch } from './epoch.ts';
import type { TimeFormat } from './format.ts';
import { isoCarriesZone, parseIso } from './iso.ts';
import { DEFAULT_SYSLOG_YEAR, parseSyslog } from './syslog.ts';
import type { WallTime } from './wall.ts';
import { parseClf, parseCompact, parseDayMonth, parseRfc2822 } from './wall.ts';
import type { ToUtc } from './zone.ts';
import { zoneClock } from './zone.ts';

export type TimestampParser = (text: string) => number;

/**
 * A parser of one format: microseconds since 1970-01-01 UTC, exact, or NaN for what is not a time of that format or lies
 * outside the years 1700 to 2250. Throws `usage` for a zone nobody knows.
 */
export const createTimeParser = (format: TimeFormat): TimestampParser => {
  const toUtc = zoneClock(format.zone);
  switch (format.kind) {
    case 'iso':
      return format.zone === 'UTC'
        ? parseIso
        : (text) => (isoCarriesZone(text) ? parseIso(text) : toUtc(parseIso(text)));
    case 'epoch-s':
      return (text) => parseEpoch(text, 's');
    case 'epoch-ms':
      return (text) => parseEpoch(text, 'ms');
    case 'epoch-us':
      return (text) => parseEpoch(text, 'us');
    case 'epoch-ns':
      return (text) => parseEpoch(text, 'ns');
    case 'day-step':
      return parseDayStep;
    case 'clf':
      return (text) => resolve(parseClf(text), toUtc);
    case 'rfc2822':
      return (text) => resolve(parseRfc2822(text), toUtc);
    case 'syslog':
      return (text) => inRange(toUtc(parseSyslog(text, format.year ?? DEFAULT_SYSLOG_YEAR)));
    case 'us':
    case 'eu': {
      const order = format.kind;
      return (text) => resolve(parseDayMonth(text, order), toUtc);
    }
    case 'compact':
      return (text) => resolve(parseCompact(text), toUtc);
  }
};

/** One timestamp: see `createTimeParser`, which is the faster way to many. */
export const parseTimestamp = (text: string, format: TimeFormat): number => createTimeParser(format)(text);

const resolve = (wall: WallTime | undefined, toUtc: ToUtc): number => {
  if (wall === undefined || Number.isNaN(wall.local)) return Number.NaN;
  return inRange(wall.offset === undefined ? toUtc(wall.local) : wall.local - wall.offset);
};
