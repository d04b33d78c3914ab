import { durationMicros } from '../../rules/duration.ts';
import { createSuppression, type Suppression } from '../../rules/run/index.ts';
import { NightjarError } from '../errors.ts';

/** Microseconds of a lateness such as `5m`; 0 for `0` or `0s`. Errors: `usage`. */
export const latenessMicros = (text: string): number =>
  /^0[smhd]?$/.test(text) ? 0 : microsOf(text, '--lateness', '--lateness 5m');

/** What tells a group's hits of a rule once in a length of time such as `1h`. Errors: `usage`. */
export const suppressionOf = (text: string): Suppression =>
  createSuppression(microsOf(text, '--suppress', '--suppress 1h'));

const microsOf = (text: string, where: string, example: string): number => {
  const micros = durationMicros(text);
  if (micros !== undefined) return micros;
  throw new NightjarError('usage', 'This is no length of time.', {
    where,
    next: `Write a whole number and one of s, m, h, d: ${example}.`,
  });
};
