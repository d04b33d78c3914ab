import { microsOfCivil } from './civil.ts';
import { fractionMicros, monthOf } from './wall.ts';

/** The year of a stamp that names none, where nothing better is known: a leap year, so 29 February can be read. */
export const DEFAULT_SYSLOG_YEAR = 2000;

const SYSLOG = /^\s*([A-Za-z]{3}) +(\d{1,2})(?: +(\d{4}))? +(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?\s*$/;

/** Wall clock of `Mar 27 13:06:56` in `year`, in microseconds as if UTC, or NaN. A year in the text wins. */
export const parseSyslog = (text: string, year: number): number => {
  const m = SYSLOG.exec(text);
  return m === null ? Number.NaN : micros(m, m[3] === undefined ? year : Number(m[3]));
};

const micros = (m: RegExpExecArray, year: number): number =>
  microsOfCivil(
    year,
    monthOf(m[1] ?? ''),
    Number(m[2]),
    Number(m[4]),
    Number(m[5]),
    Number(m[6]),
    fractionMicros(m[7]),
  );

/**
 * A parser of syslog stamps in file order that keeps the year: it goes up when the month falls back by more than six
 * (December to January). A late line from the old year, met just after the turn, keeps the old year.
 */
export const syslogClock = (firstYear: number = DEFAULT_SYSLOG_YEAR): ((text: string) => number) => {
  let year = firstYear;
  let lastMonth = 0;
  return (text) => {
    const m = SYSLOG.exec(text);
    if (m === null) return Number.NaN;
    const month = monthOf(m[1] ?? '');
    if (m[3] !== undefined || Number.isNaN(month)) return micros(m, Number(m[3]));
    if (lastMonth > 0 && month - lastMonth > 6 && year > firstYear) return micros(m, year - 1);
    if (lastMonth - month > 6) year++;
    lastMonth = month;
    return micros(m, year);
  };
};
