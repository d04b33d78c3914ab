import { fingerprintOf, type JsonValue } from '../keys/index.ts';
import { isSigned, type FilePurpose, type Signature } from './signed-file.ts';
import { unitFaults } from './unit-of-privacy.ts';

/** What was checked, in words, and what is wrong with it; nothing where it is right. */
export type Check = { readonly what: string; readonly faults: readonly string[] };

/** What can be said of a file by itself. */
export type ReleaseVerdict = {
  readonly ok: boolean;
  readonly checks: readonly Check[];
  /** What could not be checked, as sentences: files of an older version say too little of it. */
  readonly gaps: readonly string[];
  readonly signer: {
    /** As the signer wrote it: a claim. */
    readonly name: string;
    readonly fingerprint: string;
    /** Whether the key is among those given as trusted; undefined where none were given. */
    readonly isTrusted: boolean | undefined;
  };
};

type Body = {
  readonly reviewer: string;
  readonly unitOfPrivacy: { readonly unit: string; readonly inWords: string };
} & { readonly [part: string]: JsonValue };

/** What of a file is judged, and how. */
export type Judged = {
  readonly body: Body;
  readonly signature: Signature;
  readonly purpose: FilePurpose;
  /** Fingerprints of keys. */
  readonly trusted: readonly string[] | undefined;
  readonly checks: readonly Check[];
  readonly gaps?: readonly string[];
};

/** The verdict on a signed body: its signature and key first, then what else was checked. */
export const verdictOn = ({ body, signature, purpose, trusted, checks: more, gaps = [] }: Judged): ReleaseVerdict => {
  const fingerprint = fingerprintOf(signature.publicKey);
  const isTrusted = trusted?.includes(fingerprint);
  const faults = isSigned(body, signature, purpose)
    ? []
    : ['The signature is not of this key, or the file was changed.'];
  const checks: Check[] = [
    { what: 'signature', faults },
    ...(isTrusted === false ? [{ what: 'key', faults: ['The key is not among those you trust.'] }] : []),
    { what: 'unit of privacy', faults: unitFaults(body.unitOfPrivacy) },
    ...more,
  ];
  return {
    ok: checks.every((check) => check.faults.length === 0),
    checks,
    gaps,
    signer: { name: body.reviewer, fingerprint, isTrusted },
  };
};
