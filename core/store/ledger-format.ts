import { createHash } from 'node:crypto';

import { z } from 'zod';

import { canonicalJson, type JsonObject } from './json.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const headShape = z.strictObject({ entries: z.int().min(0), hash });
const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), z.json());
const entryShape = z.strictObject({
  seq: z.int().min(1),
  at: z.iso.datetime(),
  event: z.string(),
  detail: jsonObject,
  journal: headShape,
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  previous: hash,
  hash,
});

/** How long a chain is, and the hash of its last entry. */
export type ChainHead = Readonly<z.infer<typeof headShape>>;

/**
 * One line of the ledger. `hash` is SHA-256 over the line's own text without it. `journal` is the head of the journal
 * when the line was written. The journal counts rows, so its hash depends on data; `nonce`, 128 random bits that never
 * leave the case, keeps the hash of a line, which releases name, from being a test of a guess about what is behind it.
 */
export type LedgerEntry = Readonly<z.infer<typeof entryShape>>;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What the first entry names as its predecessor: a ledger cannot be moved to another case. */
export const ledgerRoot = (caseId: string): string => sha256(`nightjar-ledger ${caseId}`);

/** An entry as its line, newline included. */
export const formatLedgerEntry = (body: Omit<LedgerEntry, 'hash'>): { line: string; entry: LedgerEntry } => {
  const text = canonicalJson(body);
  const entry = { ...body, hash: sha256(text) };
  return { line: `${text.slice(0, -1)},"hash":"${entry.hash}"}\n`, entry };
};

/** A line (its bytes, without the newline) as an entry; undefined when any byte of it is not as it was written. */
export const parseLedgerEntry = (line: Uint8Array): LedgerEntry | undefined => {
  const text = Buffer.from(line).toString('utf8');
  const tail = /,"hash":"([0-9a-f]{64})"\}$/.exec(text);
  if (tail === null) return undefined;
  const found = createHash('sha256')
    .update(line.subarray(0, line.length - tail[0].length))
    .update('}');
  if (found.digest('hex') !== tail[1]) return undefined;
  try {
    return entryShape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // a line that is not JSON is not an entry: the caller reports it as changed
  }
};
