import { implement } from '@orpc/server';
import { contract } from '../contract.ts';
import { throwAcross } from '../engine/errors-across.ts';

/** Every procedure, with errors that leave as the contract defines them. */
export const base = implement(contract).use(async ({ next, signal }) => {
  try {
    return await next();
  } catch (error) {
    return throwAcross(error, signal?.aborted === true);
  }
});
