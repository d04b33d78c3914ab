import { ORPCError } from '@orpc/server';
import type { ErrorDetail } from '../contract/common.ts';
import { NightjarError } from '../errors.ts';
import { pageWords } from './page-words.ts';

type Crossing = { readonly code: NightjarError['code']; readonly message: string; readonly data: ErrorDetail };

/**
 * An error as it crosses the boundary: what happened, where and what to do next, without stack, cause or value. A call that
 * was aborted is `cancelled`, a wrong input `usage`, whatever is not known `internal`.
 */
export const crossingOf = (error: unknown, isAborted = false): Crossing => {
  if (error instanceof NightjarError) {
    const { code, message, where, next } = error;
    return {
      code,
      message: pageWords(message),
      data: {
        ...(where === undefined || where.startsWith('--') ? {} : { where: withoutFolders(where) }),
        ...(next === undefined ? {} : { next: pageWords(next) }),
      },
    };
  }
  if (isAborted) return { code: 'cancelled', message: 'Cancelled.', data: {} };
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') {
    const next = 'This is a fault of the page, not of your data: reload it.';
    return { code: 'usage', message: 'The call does not fit the contract.', data: { ...fieldOf(error.data), next } };
  }
  const next = 'Try again; what was stored before is kept.';
  return { code: 'internal', message: 'Something went wrong that should not.', data: { next } };
};

/** A path of this machine as the name of its file: paths do not cross. */
const withoutFolders = (where: string): string =>
  /^(?:[A-Za-z]:)?[\\/]/u.test(where) ? (/[^\\/]+[\\/]?$/u.exec(where)?.[0] ?? '') : where;

/** Throws any error as one that the contract defines. */
export const throwAcross = (error: unknown, isAborted: boolean): never => {
  const { code, message, data } = crossingOf(error, isAborted);
  throw new ORPCError(code, { message, data, cause: error });
};

/** The path of the first part that is wrong; keys of records come from the caller and are left out. */
const fieldOf = (data: unknown): ErrorDetail => {
  if (typeof data !== 'object' || data === null || !('issues' in data) || !Array.isArray(data.issues)) return {};
  const issue: unknown = data.issues[0];
  if (typeof issue !== 'object' || issue === null || !('path' in issue) || !Array.isArray(issue.path)) return {};
  const [first]: unknown[] = issue.path;
  return typeof first === 'string' ? { where: first } : {};
};
