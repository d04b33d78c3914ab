import type { TimeFormat } from '../time/format.ts';
import { createTimeParser } from '../time/parse.ts';
import { syslogClock } from '../time/syslog.ts';
import { zoneClock } from '../time/zone.ts';
import type { ParserOptions } from './schema.ts';

/** A line of syslog. `micros` is NaN where the stamp cannot be read. */
export type SyslogLine = {
  readonly micros: number;
  readonly program: string;
  readonly message: string;
};

const STAMP = String.raw`[A-Z][a-z]{2} [ \d]\d(?: \d{4})? \d\d:\d\d:\d\d(?:\.\d+)?|\d{4}-\d\d-\d\dT[\d:.,]+(?:Z|[+-]\d\d:?\d\d)?`;
/** Priority (RFC 3164), version (RFC 5424), stamp, host, then the tag. */
const LINE = new RegExp(String.raw`^(?:<\d{1,3}>)?(?:1 )?(${STAMP}) (\S+) (.*)$`, 's');
/** `sshd[123]: text`, `dovecot: text`, and RFC 5424's `sshd 123 - - text`. */
const TAG = /^([^\s:[\]]+)(?:\[\d+\])?: ?(.*)$/s;
const TAG_5424 = /^(\S+) (?:\d+|-) \S+ (?:-|\[.*?\]) (.*)$/s;

/** A parser of syslog lines in file order (BSD, ISO-stamped and RFC 5424); undefined for a line of another shape. */
export const syslogReader = (options: ParserOptions = {}): ((line: string) => SyslogLine | undefined) => {
  const clock = syslogClock(options.year);
  const toUtc = zoneClock(options.zone ?? 'UTC');
  const iso: TimeFormat = { kind: 'iso', zone: options.zone ?? 'UTC' };
  const parseIso = createTimeParser(iso);
  return (line) => {
    const m = LINE.exec(line);
    if (m === null) return undefined;
    const [, stamp = '', , rest = ''] = m;
    const tag = TAG.exec(rest) ?? TAG_5424.exec(rest);
    if (tag === null) return undefined;
    const micros = /^\d/.test(stamp) ? parseIso(stamp) : toUtc(clock(stamp));
    return { micros, program: tag[1] ?? '', message: tag[2] ?? '' };
  };
};

/** Whether a line has the shape of syslog. */
export const isSyslogLine = (line: string): boolean => LINE.test(line);
