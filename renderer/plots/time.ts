/** Milliseconds since 1970, UTC; `to` is not part of it. */
export type TimeRange = { readonly from: number; readonly to: number };
export type Bins = TimeRange & { readonly count: number; readonly stepMs: number };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28, 91, 182, 364, 728, 3640].map((n) => n * DAY),
];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The finest round bins that cover a range and number no more than `most`; their edges are multiples of the step. */
export const binsOf = (range: TimeRange, most: number): Bins => {
  const last = STEPS.at(-1) ?? DAY;
  const fits = (step: number): boolean => covered(range, step).count <= most;
  const step = STEPS.find(fits) ?? last * Math.ceil((range.to - range.from) / last / Math.max(1, most - 1));
  return covered(range, step);
};

/** Where round times fall in a range, no more than `most`, with their labels (UTC). */
export const ticksOf = (range: TimeRange, most: number): readonly { readonly at: number; readonly label: string }[] => {
  const { from, stepMs, count } = binsOf(range, most + 1);
  return Array.from({ length: count + 1 }, (_, i) => from + i * stepMs)
    .filter((at) => at >= range.from && at < range.to)
    .map((at) => ({ at, label: stepMs < DAY && at % DAY !== 0 ? clock(at, stepMs) : dayLabel(at) }));
};

/** A time as `2026-03-14 09:05`, in UTC, with seconds on request. */
export const formatTime = (at: number, withSeconds = false): string =>
  new Date(at)
    .toISOString()
    .slice(0, withSeconds ? 19 : 16)
    .replace('T', ' ');

/** A range in as few words as say it: `14 Mar 09:00 – 12:00`, `14 Mar – 16 Mar`. */
export const formatRange = ({ from, to }: TimeRange): string => {
  const whole = from % DAY === 0 && to % DAY === 0;
  if (whole && to - from === DAY) return dayLabel(from);
  if (whole) return `${dayLabel(from)} – ${dayLabel(to - DAY)}`;
  const sameDay = Math.floor(from / DAY) === Math.floor((to - 1) / DAY);
  const step = from % MINUTE === 0 && to % MINUTE === 0 ? MINUTE : SECOND;
  return `${dayLabel(from)} ${clock(from, step)} – ${sameDay ? '' : `${dayLabel(to)} `}${clock(to, step)}`;
};

/** A length of time in words: 6 h, 15 min, 1 day. */
export const formatStep = (stepMs: number): string => {
  if (stepMs < MINUTE) return `${stepMs / SECOND} s`;
  if (stepMs < HOUR) return `${stepMs / MINUTE} min`;
  if (stepMs < DAY) return `${stepMs / HOUR} h`;
  return stepMs === DAY ? 'day' : `${stepMs / DAY} days`;
};

const covered = (range: TimeRange, stepMs: number): Bins => {
  const from = Math.floor(range.from / stepMs) * stepMs;
  const count = Math.max(1, Math.ceil((range.to - from) / stepMs));
  return { from, to: from + count * stepMs, count, stepMs };
};

const dayLabel = (at: number): string => {
  const date = new Date(at);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`;
};

const clock = (at: number, stepMs: number): string =>
  new Date(at).toISOString().slice(11, stepMs < MINUTE && at % MINUTE !== 0 ? 19 : 16);
