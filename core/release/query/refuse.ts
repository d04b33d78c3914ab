import { NightjarError } from '../../api/errors.ts';

/** A fault of a query: what is wrong and what to write instead. It quotes no value of the query. */
export const wrongQuery = (where: string, message: string, next: string): NightjarError =>
  new NightjarError('usage', message, { where: `query: ${where}`, next });
