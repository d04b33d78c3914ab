import { z } from 'zod';

import { chainRoot, entryShape, formatLine, hashShape, headShape, parseLine } from './chain.ts';

export type { ChainHead } from './chain.ts';

const ledgerShape = entryShape.extend({
  journal: headShape,
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  previous: hashShape,
});

/**
 * One line of the ledger: `journal` is the head of the journal when the line was written. The journal counts rows, so its
 * hash depends on data; `nonce`, 128 random bits that never leave the case, keeps the hash of a line, which releases name,
 * from being a test of a guess about what is behind it.
 */
export type LedgerEntry = Readonly<z.infer<typeof ledgerShape>>;

/** What a line says before anybody has said what happened: its place and time, and what it stands beside. */
export type LedgerLineStart = Omit<LedgerEntry, 'event' | 'detail' | 'hash'>;

/** What the first entry names as its predecessor: a ledger cannot be moved to another case. */
export const ledgerRoot = (caseId: string): string => chainRoot('ledger', caseId);

/** An entry as its line, newline included. */
export const formatLedgerEntry = (body: Omit<LedgerEntry, 'hash'>): { line: string; entry: LedgerEntry } =>
  formatLine(body);

/** A line (its bytes, without the newline) as an entry; undefined when any byte of it is not as it was written. */
export const parseLedgerEntry = (line: Uint8Array): LedgerEntry | undefined => parseLine(line, ledgerShape);
