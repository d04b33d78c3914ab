import { NightjarError } from '../errors.ts';

/** The error of a call that needs a ranking, for a case without one. */
export const notRanked = (directory: string): NightjarError =>
  new NightjarError('input', 'The case has not been ranked yet.', {
    where: directory,
    next: 'Run `nightjar detect --case DIR` first.',
  });
