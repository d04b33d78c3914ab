import { implement } from '@orpc/server';
import { contract } from '../contract.ts';
import { throwAcross } from '../engine/errors-across.ts';
import { requireRole, type Role } from '../roles.ts';

/** Every procedure, with errors that leave as the contract defines them. */
export const base = implement(contract).use(async ({ next, signal }) => {
  try {
    return await next();
  } catch (error) {
    return throwAcross(error, signal?.aborted === true);
  }
});

/** The one gate before every procedure: what this role may not call is refused before its input is looked at. */
export const gateFor = (role: Role) =>
  implement(contract).use(({ next, path }) => {
    try {
      requireRole(role, path);
    } catch (error) {
      return throwAcross(error, false);
    }
    return next();
  });
