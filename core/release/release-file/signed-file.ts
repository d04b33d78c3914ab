import { z } from 'zod';

import { NightjarError } from '../../api/errors.ts';
import { isPublicKey, isSignedBy, type JsonValue, type SigningKey, type SigningPurpose } from '../keys/index.ts';

const hex = (length: number) => z.string().regex(new RegExp(`^[0-9a-f]{${length}}$`));
/** An exact decimal or fraction from 0 up, as `formatRational` writes it. */
export const exact = z.string().regex(/^\d+(?:\.\d+|\/[1-9]\d*)?$/);
const json: z.ZodType<JsonValue> = z.json();

/** Where what leaves comes from, what it may cost, and what it does: the first parts of every body. */
export const ORIGIN = {
  request: hex(32),
  releasedAt: z.iso.datetime(),
  software: z.strictObject({ name: z.literal('nightjar'), version: z.string() }),
  caseId: hex(32),
  unitOfPrivacy: z.strictObject({ unit: z.literal('actor'), inWords: z.string() }),
  /** What was asked for; the bounds of contributions are in it. */
  query: json,
  /** What may be spent on it. */
  epsilon: exact,
  delta: exact,
  /** What was: every run of a mechanism. */
  losses: z.array(json).min(1),
} as const;

/** By whose word it leaves, and what paid for it: the last parts of every body. */
export const PAID = {
  purpose: z.string(),
  asker: z.string(),
  approver: z.string(),
  /** What the owner of the key calls itself: a claim. */
  reviewer: z.string(),
  /** Asked and approved by one account. */
  alone: z.boolean(),
  /** The line of the ledger that paid for it. */
  ledger: z.strictObject({ seq: z.int().min(1), entry: hex(64) }),
} as const;

/** Ed25519 (RFC 8032) over "nightjar release 1" or "… 2", a line feed, and the body as canonical JSON (RFC 8785). */
export const signatureShape = z.strictObject({
  algorithm: z.literal('ed25519'),
  publicKey: z.string().refine(isPublicKey),
  value: z.string(),
});

export type Signature = Readonly<z.infer<typeof signatureShape>>;

/** What the body of a file is signed for: a version of a format is covered by its signature. */
export type FilePurpose = Extract<SigningPurpose, 'release 1' | 'release 2'>;

export const signatureOf = (body: JsonValue, key: SigningKey, purpose: FilePurpose): Signature => ({
  algorithm: 'ed25519',
  publicKey: key.publicKey,
  value: key.sign(purpose, body),
});

export const isSigned = (body: JsonValue, { publicKey, value }: Signature, purpose: FilePurpose): boolean =>
  isSignedBy(publicKey, value, purpose, body);

/** A signed file as it is written. */
export const fileBytes = (file: object): Buffer => Buffer.from(`${JSON.stringify(file)}\n`);

/**
 * Reads a signed file of one kind; whether its signature is right is for others to say. The text must be the very one that
 * was written: a file laid out anew, or with a name in it twice, which other programs might read another way, is none.
 * Errors: `input`.
 */
export const parseSigned = <File>(
  text: string,
  shape: z.ZodType<File>,
  kind: {
    readonly format: string;
    /** The newest version of the format that is read. */
    readonly version: number;
    readonly newer: string;
    readonly notThis: (where?: string) => NightjarError;
  },
): File => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw kind.notThis();
  }
  const found = shape.safeParse(value);
  if (found.success && JSON.stringify(value) === text.replace(/\r?\n$/u, '')) return found.data;
  const header = z.looseObject({ format: z.literal(kind.format), version: z.int().min(kind.version + 1) });
  if (header.safeParse(value).success) throw new NightjarError('input', kind.newer, { next: 'Use a newer Nightjar.' });
  throw kind.notThis(found.error?.issues[0]?.path.join('.'));
};
