/** Throws unless the value has all that the pattern has: of objects the named parts, of lists every item, of text a RegExp's match. */
export const mustMatch = (value: unknown, pattern: unknown): void => {
  if (!matches(value, pattern)) throw new Error(`wanted ${show(pattern)}, saw ${show(value)}`);
};

/** What the work failed with. Throws when it did not fail. */
export const failureOf = async (work: Promise<unknown>): Promise<unknown> => {
  const [result] = await Promise.allSettled([work]);
  if (result.status === 'rejected') return result.reason;
  throw new Error(`did not fail, but came to ${show(result.value)}`);
};

const PATIENCE_MS = 20_000;

/** Asks again until the answer matches. */
export const mustBecome = async (ask: () => Promise<unknown>, pattern: unknown): Promise<void> => {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (matches(answer, pattern)) return;
    if (Date.now() > deadline) return mustMatch(answer, pattern);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

const matches = (value: unknown, pattern: unknown): boolean => {
  if (pattern instanceof RegExp) return typeof value === 'string' && pattern.test(value);
  if (typeof pattern !== 'object' || pattern === null) return Object.is(value, pattern);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(pattern) && (!Array.isArray(value) || value.length !== pattern.length)) return false;
  return Object.entries(pattern).every(([key, part]) => matches(Reflect.get(value, key), part));
};

const show = (value: unknown): string =>
  value instanceof Error ? `${value.name}: ${value.message}` : (JSON.stringify(value)?.slice(0, 500) ?? String(value));
