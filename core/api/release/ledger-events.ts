import { z } from 'zod';

import { isPublicKey, type JsonValue } from '../../release/keys/index.ts';

const hex = (length: number) => z.string().regex(new RegExp(`^[0-9a-f]{${length}}$`));
/** An exact decimal or fraction, as `formatRational` writes it. */
const number = z.string().regex(/^\d+(?:\.\d+|\/\d+)?$/);
/**
 * By whom: fingerprint of a reviewer's key, and the signature of that key. `form` 2: over the whole line, its time and nonce
 * too; missing, as older versions signed: over the act and the line it follows.
 */
const signed = { by: hex(64), form: z.literal(2).optional(), signature: z.string() };
const json: z.ZodType<JsonValue> = z.json();
const person = z.string().min(1).max(200);

/** What each event of the ledger says. None holds a value of a log or a count that was not released. */
export const LEDGER_EVENTS = {
  /** A reviewer's key. The first is enrolled on its own word, every further one by a key that is enrolled. */
  'key.enrolled': z.strictObject({ publicKey: z.string().refine(isPublicKey), name: person, ...signed }),
  /** What all releases of the case together may cost. */
  'limit.set': z.strictObject({ epsilon: number, delta: number, conversionDelta: number, ...signed }),
  /** Whether the one who asks and the one who approves must be two persons. */
  'rule.set': z.strictObject({ twoPersons: z.boolean(), ...signed }),
  'release.requested': z.strictObject({
    request: hex(32),
    /** As it was written. */
    query: json,
    /** What may be spent, exactly. */
    epsilon: number,
    delta: number,
    purpose: z.string().max(2000),
    asker: person,
  }),
  'release.refused': z.strictObject({ request: hex(32), reason: z.string().max(2000), ...signed }),
  /** Approved and, with the same line, spent. Only after it is on disk is noise drawn. */
  'release.debited': z.strictObject({
    request: hex(32),
    /** SHA-256 of the canonical query, what may be spent, and the state of the data: equal for the same question. */
    question: hex(64),
    /** Every run of a mechanism, as the accountant reads them. */
    losses: z.array(json).min(1),
    /** Who held the key, by the account on the machine. */
    approver: person,
    /** The account that asked is the one that approved. */
    alone: z.boolean(),
    ...signed,
  }),
  /** The answer is stored: a file of the case named by its own SHA-256. A debit without one was interrupted. */
  'release.answered': z.strictObject({ request: hex(32), sha256: hex(64) }),
  /** The question had an answer already: it is given again, and costs nothing. */
  'release.repeated': z.strictObject({ request: hex(32), sha256: hex(64) }),
} as const;

export type LedgerEventName = keyof typeof LEDGER_EVENTS;
export type LedgerDetail<E extends LedgerEventName> = Readonly<z.infer<(typeof LEDGER_EVENTS)[E]>>;

/** The events that count only with a reviewer's signature. */
export type SignedEvent = 'key.enrolled' | 'limit.set' | 'rule.set' | 'release.refused' | 'release.debited';
