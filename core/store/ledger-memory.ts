import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { z } from 'zod';

import { NightjarError } from '../api/errors.ts';
import { makeDirectory, replaceFile, withFileErrors } from './files.ts';
import type { ChainHead, LedgerEntry } from './ledger-format.ts';
import { parsedJson } from '../text/index.ts';

const shape = z.strictObject({
  format: z.literal('nightjar-ledger-memory'),
  caseId: z.string(),
  entries: z.int().min(1),
  hash: z.string(),
});

/**
 * What this user's configuration directory remembers of a case's ledger, outside of the case: a case that is put back
 * from an older copy, or spent from in two copies, would otherwise have its budget back. It knows nothing of what other
 * users and other machines did.
 */
export type LedgerMemory = {
  /** The head that was last written here, or undefined. Errors: `case-damaged` where the file is not as written. */
  recall(): ChainHead | undefined;
  /** Durable when it returns. */
  remember(head: ChainHead): void;
};

/** The memory of one case's ledger, beside the keyring. */
export const ledgerMemory = (keyringPath: string, caseId: string): LedgerMemory => {
  const path = join(dirname(keyringPath), 'ledgers', `${caseId}.json`);
  return {
    recall: () => {
      const text = withFileErrors(path, () => (existsSync(path) ? readFileSync(path, 'utf8') : undefined));
      if (text === undefined) return undefined;
      const found = shape.safeParse(parsedJson(text)).data;
      if (found?.caseId === caseId) return { entries: found.entries, hash: found.hash };
      const next = 'Put it back from a backup of your configuration directory.';
      throw new NightjarError('case-damaged', 'What this machine remembers of the ledger cannot be read.', {
        where: path,
        next,
      });
    },
    remember: ({ entries, hash }) => {
      const record = { format: 'nightjar-ledger-memory', caseId, entries, hash };
      withFileErrors(path, () => makeDirectory(dirname(path)));
      replaceFile(path, Buffer.from(`${JSON.stringify(record)}\n`));
    },
  };
};

/** No memory: for a case that ends with its process. */
export const noLedgerMemory: LedgerMemory = { recall: () => undefined, remember: () => undefined };

/** Whether a ledger has what is remembered of it. */
export const isRemembered = (remembered: ChainHead | undefined, entries: readonly LedgerEntry[]): boolean =>
  remembered === undefined || entries[remembered.entries - 1]?.hash === remembered.hash;
