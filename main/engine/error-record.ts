import { NightjarError, type ErrorCode } from '../../core/api/errors.ts';
import type { ErrorRecord } from './messages.ts';

const CODES: readonly ErrorCode[] = [
  'usage',
  'input',
  'case-locked',
  'case-newer',
  'case-damaged',
  'vault',
  'disk-full',
  'memory',
  'cancelled',
];

/** An error as plain data. What is none of ours keeps its kind only: its text might hold what a log holds. */
export const toErrorRecord = (error: unknown): ErrorRecord => {
  if (isNightjarError(error)) {
    return { code: error.code, message: error.message, where: error.where, next: error.next };
  }
  const kind = error instanceof Error ? error.name : typeof error;
  return { code: 'internal', message: `Something went wrong that should not (${kind}).` };
};

/** The error again, on the other side. */
export const fromErrorRecord = ({ code, message, where, next }: ErrorRecord): NightjarError =>
  new NightjarError(CODES.find((known) => known === code) ?? 'internal', message, {
    ...(where === undefined ? {} : { where }),
    ...(next === undefined ? {} : { next }),
  });

const isNightjarError = (error: unknown): error is NightjarError => error instanceof NightjarError;
