import { durationMicros } from '../../rules/duration.ts';
import { NightjarError } from '../errors.ts';

/** Microseconds of a lateness such as `5m`; 0 for `0` or `0s`. Errors: `usage`. */
export const latenessMicros = (text: string): number => {
  const micros = /^0[smhd]?$/.test(text) ? 0 : durationMicros(text);
  if (micros !== undefined) return micros;
  throw new NightjarError('usage', 'This is no length of time.', {
    where: '--lateness',
    next: 'Write a whole number and one of s, m, h, d: --lateness 5m.',
  });
};
