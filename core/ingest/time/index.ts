export type { TimeFormat, TimeKind } from './format.ts';
export { utc } from './format.ts';
export { isoCarriesZone, parseIso, parseIsoBytes } from './iso.ts';
export type { TimestampParser } from './parse.ts';
export { parseTimestamp, createTimeParser } from './parse.ts';
export type { TimeSniff } from './sniff.ts';
export { sniffTimeFormat } from './sniff.ts';
export { DEFAULT_SYSLOG_YEAR, syslogClock } from './syslog.ts';
export { zoneClock } from './zone.ts';
