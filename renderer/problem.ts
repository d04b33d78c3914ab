import { ORPCError } from '@orpc/client';
import { z } from 'zod';
import { errorDetail, errorMap } from '../core/api/contract.ts';
import type { ErrorDetail } from '../core/api/contract.ts';
import { LineLossError, RefusedError } from './transport/connection.ts';

/** An error as people read it: what happened, where, and what they can do next. */
export type Problem = {
  readonly code: keyof typeof errorMap | 'connection';
  readonly message: string;
  readonly where?: string | undefined;
  readonly next?: string | undefined;
};

const code = z.enum(Object.keys(errorMap).filter((key): key is keyof typeof errorMap => key in errorMap));

/** What an error of a call means to the user. */
export const toProblem = (error: unknown): Problem => {
  if (error instanceof ORPCError) {
    const known = code.safeParse(error.code);
    const detail = errorDetail.safeParse(error.data);
    if (known.success) return { code: known.data, message: error.message, ...(detail.success ? detail.data : {}) };
    if (error.code === 'BAD_REQUEST') {
      return {
        code: 'usage',
        message: 'The engine did not accept this request.',
        next: 'Check what you entered and try again.',
      };
    }
    return {
      code: 'internal',
      message: 'Something went wrong inside Nightjar.',
      next: 'Try again; the case is as it was.',
    };
  }
  if (error instanceof RefusedError) {
    return { code: 'connection', message: error.message, next: 'Open the address that `nightjar open` printed.' };
  }
  if (error instanceof LineLossError) {
    const next = 'What you asked for may have been done: look before you ask again.';
    return { code: 'connection', message: error.message, next };
  }
  if (isAborted(error)) return { code: 'cancelled', message: 'Cancelled.' };
  return {
    code: 'internal',
    message: 'Something went wrong in this window.',
    next: 'Try again, or reload the window.',
  };
};

/** True for what was given up on purpose, or with its line. */
const isAborted = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

/** True where asking again may help: the line was lost under way, not a refusal and not the engine's own answer. */
export const isLineLoss = (error: unknown): boolean =>
  !(error instanceof ORPCError) && !(error instanceof RefusedError);

/** An error that came as data, such as a job's or a file's, as one that was thrown. */
export const problemAsError = ({
  code,
  message,
  where,
  next,
}: { readonly code: string; readonly message: string } & ErrorDetail): Error =>
  new ORPCError(code, {
    message,
    data: { ...(where === undefined ? {} : { where }), ...(next === undefined ? {} : { next }) },
  });
