import type { IncomingHttpHeaders } from 'node:http';

/**
 * True for a request that our own page, or a person at this machine, can have sent: to exactly our host (a name that was
 * rebound to loopback is another) and, where it says so, from exactly our origin. What changes or reads something
 * (`needsOrigin`) must say so.
 */
export const isSameOrigin = (headers: IncomingHttpHeaders, port: number, needsOrigin: boolean): boolean => {
  if (headers.host !== `127.0.0.1:${port}`) return false;
  if (headers.origin === undefined) return !needsOrigin;
  return headers.origin === `http://127.0.0.1:${port}`;
};
