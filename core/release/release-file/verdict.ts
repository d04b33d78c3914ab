import { fingerprintOf, isSignedBy, type JsonValue } from '../keys/index.ts';
import type { Signature } from './signed-file.ts';

/** What was checked, in words, and what is wrong with it; nothing where it is right. */
export type Check = { readonly what: string; readonly faults: readonly string[] };

/** What can be said of a file by itself. */
export type ReleaseVerdict = {
  readonly ok: boolean;
  readonly checks: readonly Check[];
  readonly signer: {
    /** As the signer wrote it: a claim. */
    readonly name: string;
    readonly fingerprint: string;
    /** Whether the key is among those given as trusted; undefined where none were given. */
    readonly isTrusted: boolean | undefined;
  };
};

/** The verdict on a signed body: its signature and key first, then what else was checked. */
export const verdictOn = (
  body: { readonly reviewer: string } & { readonly [part: string]: JsonValue },
  { publicKey, value }: Signature,
  trusted: readonly string[] | undefined,
  more: readonly Check[],
): ReleaseVerdict => {
  const fingerprint = fingerprintOf(publicKey);
  const isSigned = isSignedBy(publicKey, value, 'release', body);
  const isTrusted = trusted?.includes(fingerprint);
  const checks: Check[] = [
    { what: 'signature', faults: isSigned ? [] : ['The signature is not of this key, or the file was changed.'] },
    ...(isTrusted === false ? [{ what: 'key', faults: ['The key is not among those you trust.'] }] : []),
    ...more,
  ];
  return {
    ok: checks.every(({ faults }) => faults.length === 0),
    checks,
    signer: { name: body.reviewer, fingerprint, isTrusted },
  };
};
