const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const threeDigits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
const scientific = new Intl.NumberFormat('en-US', {
  notation: 'scientific',
  maximumSignificantDigits: 3,
});

/** A number for people: whole with thousands separators, else three significant digits. */
export const formatNumber = (value: number): string => {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return scientific.format(value);
  return Number.isInteger(value) || size >= 1000 ? grouped.format(value) : threeDigits.format(value);
};

/** A share in 0–1 as a percentage; never rounded up to 100 % or down to 0 %. */
export const formatShare = (share: number): string => {
  const percent = share * 100;
  if (percent > 99.9 && percent < 100) return 'over 99.9 %';
  if (percent > 0 && percent < 0.1) return 'under 0.1 %';
  return `${Math.abs(percent) < 10 || percent > 99 ? Math.round(percent * 10) / 10 : Math.round(percent)} %`;
};

const DURATIONS = [
  { unit: 'days', seconds: 86_400 },
  { unit: 'hours', seconds: 3600 },
  { unit: 'minutes', seconds: 60 },
  { unit: 's', seconds: 1 },
] as const;

const formatSeconds = (seconds: number): string => {
  const size = Math.abs(seconds);
  if (size > 0 && size < 1) return `${formatNumber(seconds * 1000)} ms`;
  const step = DURATIONS.find((one) => size >= 2 * one.seconds || one.seconds === 1);
  return `${formatNumber(seconds / (step?.seconds ?? 1))} ${step?.unit ?? 's'}`;
};

const BYTE_UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

const formatBytes = (bytes: number): string => {
  const power = Math.floor(Math.log10(Math.max(1, Math.abs(bytes))) / 3);
  const step = Math.min(power, BYTE_UNITS.length - 1);
  return `${formatNumber(bytes / 1000 ** step)} ${BYTE_UNITS[step] ?? 'bytes'}`;
};

/** Units in seconds that are shown in the one that suits the value. */
const IN_SECONDS: Readonly<Record<string, number>> = {
  ms: 0.001,
  milliseconds: 0.001,
  s: 1,
  seconds: 1,
  minutes: 60,
  hours: 3600,
};
/** Units that the sentence of the feature already names, or that have none to show. */
const SILENT = new Set(['', 'count', 'index', 'amount', 'measure', 'values', 'ratio']);

/**
 * A feature's value as people write it: `share` (0–1) and `%` as a percentage, durations in the
 * unit that suits, bytes in powers of 1000, counts with separators; any other unit follows.
 */
export const formatValue = (value: number, unit: string): string => {
  if (!Number.isFinite(value)) return value > 0 ? 'beyond all numbers' : 'below all numbers';
  if (unit === 'share') return formatShare(value);
  if (unit === '%') return formatShare(value / 100);
  if (unit === 'bytes') return formatBytes(value);
  const seconds = IN_SECONDS[unit];
  if (seconds !== undefined) return formatSeconds(value * seconds);
  return SILENT.has(unit) ? formatNumber(value) : `${formatNumber(value)} ${value === 1 ? singular(unit) : unit}`;
};

/** As `formatValue`, without the unit where that is a noun: "57" beside "57 addresses". */
export const formatBare = (value: number, unit: string): string =>
  isNoun(unit) && Number.isFinite(value) ? formatNumber(value) : formatValue(value, unit);

/** Whether values of a unit are written as a number and that word, as counts are: not shares, durations, bytes or indices. */
export const isNoun = (unit: string): boolean =>
  unit !== 'share' && unit !== '%' && unit !== 'bytes' && IN_SECONDS[unit] === undefined && !SILENT.has(unit);

const singular = (unit: string): string =>
  unit
    .replace(/ies$/, 'y')
    .replace(/sses$/, 'ss')
    .replace(/([^s])s$/, '$1');
