import { COMPARISONS, type Comparison, type Duration } from '../schema.ts';
import { dayMicros, durationMicros } from '../duration.ts';
import { fault, isLineOver, mark, peek, spanFrom, take, want, type Cursor } from './cursor.ts';
import { shown } from './hidden.ts';
import { didYouMean } from './near.ts';

/** A finite number. −0 is 0. */
export const readNumber = (c: Cursor, path: string | null, example: string): number | undefined => {
  const token = peek(c);
  const value = Number(token.value);
  if (token.kind !== 'number') {
    const hint = token.kind === 'text' ? 'A number stands without quotes.' : `Write a number, like ${example}.`;
    return fault(c, 'missing-number', 'A number is missing here.', hint);
  }
  if (!Number.isFinite(value)) return fault(c, 'too-large', 'This number is too large.', 'Write a smaller one.');
  take(c);
  mark(c, path, token);
  const next = peek(c);
  if (next.kind === 'unknown' && next.value === '%') {
    return fault(c, 'unknown-word', 'Shares are not written in percent.', `Write ${value / 100} for ${value} %.`);
  }
  return value === 0 ? 0 : value;
};

/** A text in double quotes, of at most so many UTF-16 units, and at least one unless it may be empty. */
export const readText = (
  c: Cursor,
  path: string | null,
  what: string,
  longest: number,
  mayBeEmpty = false,
): string | undefined => {
  const token = peek(c);
  if (token.kind !== 'text') {
    const hint = token.kind === 'word' && !isLineOver(c) ? `Write it in double quotes: ${shown(token.value)}.` : QUOTES;
    return fault(c, 'missing-text', `Here ${what} is missing.`, hint);
  }
  if (token.value.length > longest) {
    return fault(c, 'too-long', 'This text is too long.', `At most ${longest} characters are kept.`);
  }
  if (token.value === '' && !mayBeEmpty) return fault(c, 'missing-text', `Here ${what} is empty.`, 'Say it in words.');
  take(c);
  mark(c, path, token);
  return token.value;
};

/** What a text needs around it. */
const QUOTES = 'Write it in double quotes, "…".';

/** `>=`, `>`, `<=`, `<` or `=`. */
export const readComparison = (c: Cursor, path: string | null): Comparison | undefined => {
  want(c, { kind: 'comparison' });
  const token = peek(c);
  const op = token.kind === 'symbol' ? COMPARISONS.find((each) => each === token.value) : undefined;
  if (op === undefined) {
    return fault(c, 'missing-comparison', 'A comparison is missing here.', MEANT.get(token.value) ?? COMPARE);
  }
  take(c);
  mark(c, path, token);
  return op;
};

export const COMPARE = 'Write >=, >, <=, < or =, and a number.';

/** What people write for a comparison, and what stands for it here. */
export const MEANT: ReadonlyMap<string, string> = new Map([
  ['==', 'Equal is =, once.'],
  ['≥', 'At least is written >=.'],
  ['≤', 'At most is written <=.'],
  ['<>', 'Unequal is !=.'],
  ['!=', 'A number of events is at least, at most or equal: >=, <= or =.'],
  ['≠', 'Unequal is !=.'],
]);

/** A day `YYYY-MM-DD` that there is. */
export const readDay = (c: Cursor, path: string | null): string | undefined => {
  const token = peek(c);
  if (token.kind !== 'date') {
    return fault(c, 'missing-date', 'A day is missing here.', 'Write it as year-month-day: 2027-06-30.');
  }
  if (dayMicros(token.value) === undefined) {
    return fault(c, 'no-such-day', 'There is no such day.', 'Look at the month and its days.');
  }
  take(c);
  mark(c, path, token);
  return token.value;
};

/** `10 minutes`, `10m`, `hour`: a whole number, or one, of seconds, minutes, hours or days. */
export const readDuration = (c: Cursor, path: string | null): Duration | undefined => {
  want(c, { kind: 'duration' });
  const first = peek(c);
  const duration = first.kind === 'duration' ? take(c).value : readInWords(c);
  if (duration === undefined) return undefined;
  mark(c, path, first);
  if (durationMicros(duration) !== undefined) return duration;
  return fault(c, 'bad-duration', 'This is no length of time that can be used.', LENGTHS, spanFrom(c, first));
};

const readInWords = (c: Cursor): string | undefined => {
  const token = peek(c);
  if (token.kind !== 'number' && token.kind !== 'word') {
    return fault(c, 'bad-duration', 'A length of time is missing here.', LENGTHS);
  }
  const count = token.kind === 'number' ? take(c).value : '1';
  const unit = peek(c);
  const letter = unit.kind === 'word' ? UNITS.get(unit.value) : undefined;
  if (letter === undefined) {
    const hint = INSTEAD.get(unit.value) ?? didYouMean(unit.value, [...UNITS.keys()].filter(isLong), LENGTHS);
    return fault(c, 'bad-duration', 'A unit of time is missing here.', hint);
  }
  take(c);
  return `${count}${letter}`;
};

const LENGTHS = 'Write a whole number of seconds, minutes, hours or days, like 10 minutes; at most 366 days.';

const UNITS: ReadonlyMap<string, string> = new Map(
  ['second', 'minute', 'hour', 'day'].flatMap((unit) => {
    const letter = unit.charAt(0);
    return [letter, unit, `${unit}s`].map((word): [string, string] => [word, letter]);
  }),
);
const isLong = (unit: string): boolean => unit.length > 1;

const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['week', 'Write 7 days.'],
  ['weeks', 'Write 7 days, 14 days and so on.'],
  ['month', 'Write 30 days.'],
  ['months', 'Write 30 days, 60 days and so on.'],
  ['year', 'Write 365 days.'],
]);
