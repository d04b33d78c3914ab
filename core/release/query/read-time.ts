import { wrongQuery } from './refuse.ts';

/** Microseconds since 1970 of a UTC time as `2025-03-01` or `2025-03-01T12:30:00Z`. Errors: `usage`. */
export const readTime = (text: string | number, where: string): number => {
  const parsed = typeof text === 'string' && FORM.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse rolls the 30th of February over to March: what comes back must read the same.
  const same = Number.isFinite(parsed) && new Date(parsed).toISOString().startsWith(String(text).slice(0, 10));
  if (!same) {
    throw wrongQuery(where, 'A time is not understood.', 'Write UTC times like 2025-03-01 or 2025-03-01T12:30:00Z.');
  }
  return parsed * 1000;
};

const FORM = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z)?$/;
