import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { findLabelColumns, requireHeader } from '../../evaluate/label-columns.ts';
import { labelOf } from '../../evaluate/index.ts';
import { pseudonymOf, readTable } from '../../ingest/index.ts';
import type { Case, Decision, Verdict } from '../../store/index.ts';
import { fromInertCell } from '../csv.ts';
import { NightjarError } from '../errors.ts';
import { lazily } from '../lazily.ts';

export type VerdictColumns = { readonly actorColumn?: string; readonly labelColumn?: string };

/** What a labels file says. */
export type ReadVerdicts = {
  /** By pseudonym; of an actor named more than once, what its last row says. */
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly rows: number;
  /** Rows without an actor or without a label. */
  readonly skipped: number;
  /** Names in the file that the run does not know. */
  readonly unknown: number;
  /** Actors whose rows disagree. */
  readonly conflicting: number;
  /** Of the file. */
  readonly sha256: string;
};

const UNSURE: ReadonlySet<string> = new Set(['unsure', 'unknown', 'maybe', '?']);
const MOST_KIND = 40;
const MOST_NOTE = 4000;

/**
 * Reads verdicts from a labels file: columns for the actor (a pseudonym of the case or a raw identifier, which is
 * pseudonymised under the case key) and the label (abuse, benign, unsure; 1, 0; spam, ham and the like), and kind, note and
 * decided_at where there are some. Errors: `usage` for a column that is not there, `input` for a file that cannot be read
 * or a label that is not understood, `vault` where the key is gone.
 */
export const readVerdicts = async (
  path: string,
  opened: Case,
  isKnown: (actor: string) => boolean,
  columns: VerdictColumns = {},
): Promise<ReadVerdicts> => {
  const name = basename(path);
  const table = await readTable(path, name);
  const ours = table.header.find((column) => column.trim().toLowerCase() === 'verdict');
  const asked = ours === undefined ? columns : { labelColumn: ours, ...columns };
  const at = findLabelColumns(table, asked);
  const place = (column: string): number =>
    table.header.findIndex((each, i) => i !== at.actor && i !== at.label && each.trim().toLowerCase() === column);
  const others = { kind: place('kind'), note: place('note'), time: place('decided_at') };
  const token = lazily(() => pseudonymOf(opened.vault.pseudonymKey()));
  requireHeader(table, asked, (raw) => isKnown(raw) || isKnown(token()(raw)));
  const now = Date.now();
  const decisions = new Map<string, Decision>();
  const unknown = new Set<string>();
  const conflicting = new Set<string>();
  let skipped = 0;
  table.rows.forEach((row, i) => {
    const raw = fromInertCell((row[at.actor] ?? '').trim());
    const word = (row[at.label] ?? '').trim();
    if (raw === '' || word === '') {
      skipped++;
      return;
    }
    const verdict = verdictOf(word);
    if (verdict === undefined) {
      throw new NightjarError('input', 'A label is not understood.', {
        where: `${name}, record ${i + 1}`,
        next: 'Labels are abuse, benign and unsure, or 1 and 0; --label names their column.',
      });
    }
    const actor = isKnown(raw) ? raw : token()(raw);
    if (!isKnown(actor)) {
      unknown.add(actor);
      return;
    }
    const before = decisions.get(actor);
    if (before !== undefined && before.verdict !== verdict) conflicting.add(actor);
    const text = (column: number, most: number): string | null => {
      const value = fromInertCell(row[column] ?? '');
      if (value.length > most) throw tooLong(table.header[column] ?? '', most, `${name}, record ${i + 1}`);
      return value || null;
    };
    const decidedAt = Date.parse(row[others.time] ?? '');
    decisions.set(actor, {
      verdict,
      kind: text(others.kind, MOST_KIND),
      note: text(others.note, MOST_NOTE),
      decidedAt: Number.isNaN(decidedAt) ? now : decidedAt,
    });
  });
  return {
    decisions,
    rows: table.rows.length,
    skipped,
    unknown: unknown.size,
    conflicting: conflicting.size,
    sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
  };
};

const tooLong = (column: string, most: number, where: string): NightjarError =>
  new NightjarError('input', `A ${column.trim().toLowerCase()} is longer than ${most} characters.`, {
    where,
    next: 'Shorten it: nothing was stored.',
  });

const verdictOf = (word: string): Verdict | undefined => {
  if (UNSURE.has(word.toLowerCase())) return 'unsure';
  const label = labelOf(word);
  if (label === undefined) return undefined;
  return label === 1 ? 'abuse' : 'benign';
};
