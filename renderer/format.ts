const COUNT = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const PERCENT = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** 1234567 → 1,234,567 */
export const count = (value: number): string => COUNT.format(value);

/** 19,840 → ≈ 20,000: an estimate, to two digits. */
export const about = (value: number): string => `≈ ${count(Number(value.toPrecision(2)))}`;

/** 0.123 → 12.3 % */
export const share = (value: number): string => `${PERCENT.format(value * 100)} %`;

/** A count with its noun: 1 row, 2 rows. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** 1500000 → 1.5 MB (powers of 1000) */
export const bytes = (value: number): string => {
  const power = Math.min(UNITS.length - 1, value < 1 ? 0 : Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** power;
  return `${power === 0 || scaled >= 100 ? Math.round(scaled) : scaled.toFixed(1)} ${UNITS[power] ?? 'B'}`;
};

/** Milliseconds as people say them: 850 ms, 12.4 s, 3 min 20 s. */
export const duration = (ms: number): string => {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** Seconds left, in steps that do not jump about. */
export const timeLeft = (seconds: number): string => {
  if (seconds < 5) return 'a few seconds left';
  if (seconds < 60) return `${Math.ceil(seconds / 5) * 5} s left`;
  return `${Math.ceil(seconds / 60)} min left`;
};

/** 2026-03-01 14:05 UTC, from milliseconds since 1970. */
export const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** 2026-03-01, from milliseconds since 1970. */
export const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** 2026-03-01 14:05 on this machine's clock: for what the user did, not for what a log says. */
export const localTime = (ms: number): string => {
  const date = new Date(ms);
  const two = (part: number): string => String(part).padStart(2, '0');
  return (
    `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ` +
    `${two(date.getHours())}:${two(date.getMinutes())}`
  );
};

const MINUTE_MS = 60_000;

/**
 * A value of a log with every character that nobody sees, or that turns the reading around, as `\u202e`: what ends in
 * gnp.exe cannot pass for exe.png. The joiner and the variation selector of emoji stay.
 */
export const revealed = (text: string): string =>
  text.replace(HIDDEN, (hidden) =>
    Array.from({ length: hidden.length }, (_, i) => `\\u${hidden.charCodeAt(i).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  );

const HIDDEN = /(?!\u200d|\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/gu;

/** How long ago: just now, 5 min ago, 3 h ago, 2 days ago, else the day. */
export const ago = (ms: number, nowMs: number): string => {
  const minutes = Math.floor((nowMs - ms) / MINUTE_MS);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return minutes < 7 * 24 * 60 ? counted(Math.floor(minutes / (24 * 60)), 'day') + ' ago' : localTime(ms).slice(0, 10);
};
