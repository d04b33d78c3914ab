import { createToken, isSameToken } from './token.ts';

const LIFETIME_MS = 60_000;

export type LaunchCodes = { readonly issue: () => string; readonly redeem: (code: string) => boolean };

/** Codes that open the app once: a browser's command line can be read by other users of the machine, the token must not. */
export const createLaunchCodes = (now: () => number = Date.now): LaunchCodes => {
  const open = new Map<string, number>();
  return {
    issue: () => {
      const code = createToken();
      open.set(code, now() + LIFETIME_MS);
      return code;
    },
    redeem: (code) => {
      for (const [known, until] of open) {
        if (!isSameToken(code, known)) continue;
        open.delete(known);
        return now() < until;
      }
      return false;
    },
  };
};
