import { deriveKey } from '../../anonymize/keyed-hash.ts';
import type { ColumnPlan, Encode } from '../plan.ts';
import { createTermTable, settleTable, wantsSettling, type TableLimits, type TermTable } from './term-table.ts';

/** What is remembered of the values of each planned column; shared by all who parse, replaced when it is settled. */
export type TermTables = TermTable[];

/** 80 MiB a column: two million identifiers of ordinary length. */
const TERMS: TableLimits = { slots: 1 << 22, words: 1 << 24 };
/** 17 MiB: texts are worth remembering where they are sent over and over. */
const TEXTS: TableLimits = { slots: 1 << 18, words: 1 << 22 };

/** 20 MiB: pairs of an actor and a value are hashed again where there are more. */
const PAIRS: TableLimits = { slots: 1 << 20, words: 1 << 22 };

const limitsOf = (encode: Encode | undefined): TableLimits =>
  encode?.kind === 'text' ? TEXTS : encode?.kind === 'bucket' ? PAIRS : TERMS;

/** Empty tables for these columns. The key makes their hashes the case's own: nobody can write a log that collides. */
export const createTermTables = (columns: readonly ColumnPlan[], key: Uint8Array): TermTables => {
  const seed = new DataView(deriveKey(key, 'term-tables').buffer).getInt32(0);
  return columns.map(() => createTermTable(seed));
};

export const wantSettling = (tables: TermTables): boolean => tables.some(wantsSettling);

/** Gives full tables more room, or a new start at their limit. Only while nobody parses. */
export const settleTables = (tables: TermTables, columns: readonly ColumnPlan[]): void =>
  tables.forEach((table, i) => {
    if (wantsSettling(table)) tables[i] = settleTable(table, limitsOf(columns[i]?.encode));
  });
