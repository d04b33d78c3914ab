/** What can go wrong, as a closed set: a caller may switch over it. */
export type ErrorCode =
  | 'usage' // the call itself is wrong
  | 'input' // a file or table cannot be read as asked
  | 'case-locked' // another process holds the case
  | 'case-newer' // the case was written by a newer version
  | 'case-damaged' // the case directory does not hold together
  | 'vault' // no vault, wrong passphrase, or a sealed part that does not open
  | 'disk-full'
  | 'memory' // the memory limit does not suffice
  | 'cancelled'
  | 'internal';

export type ErrorDetail = {
  /** File, column, option or place the error is about. Never a raw value from a log. */
  readonly where?: string;
  /** What the user can do next, as one sentence. */
  readonly next?: string;
};

/** An error a person can act on: `message` says what happened. */
export class NightjarError extends Error {
  readonly code: ErrorCode;
  readonly where: string | undefined;
  readonly next: string | undefined;

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'NightjarError';
    this.code = code;
    this.where = detail.where;
    this.next = detail.next;
  }
}

/** Process exit code of an error: 2 for wrong usage or unreadable input, 130 after a cancel, else 1. */
export const exitCodeOf = (error: unknown): number => {
  if (!(error instanceof NightjarError)) return 1;
  if (error.code === 'usage' || error.code === 'input') return 2;
  return error.code === 'cancelled' ? 130 : 1;
};

/** Throws the `cancelled` error when the signal has fired. */
export const throwIfCancelled = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted) throw new NightjarError('cancelled', 'Cancelled.');
};
