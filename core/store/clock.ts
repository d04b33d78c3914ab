import { NightjarError } from '../api/errors.ts';

/**
 * The time as it is written into a case: UTC, ISO 8601. A year of more than four digits is refused before it is written:
 * a line that holds one is a line that nothing reads. Errors: `input`.
 */
export const timeNow = (): string => {
  const text = new Date().toISOString();
  if (/^\d{4}-/u.test(text)) return text;
  throw new NightjarError('input', 'The clock of this machine is set to no year of four digits.', {
    next: 'Set the clock, then try again.',
  });
};
