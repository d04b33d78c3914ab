/** With NIGHTJAR_DEBUG=1, prints where a fault of the engine itself happened. Its text may hold what a log holds: never by default. */
export const reportFault = (path: readonly string[], error: unknown): void => {
  if (process.env['NIGHTJAR_DEBUG'] !== '1') return;
  if (typeof error !== 'object' || error === null || !('code' in error) || !FAULTS.has(error.code)) return;
  const cause = 'cause' in error && error.cause instanceof Error ? error.cause : error;
  process.stderr.write(
    `nightjar: ${path.join('.')}: ${cause instanceof Error ? cause.stack : 'no error, but something thrown'}\n`,
  );
};

/** The engine's own code, and the one of an answer that does not fit the contract. */
const FAULTS = new Set<unknown>(['internal', 'INTERNAL_SERVER_ERROR']);
