import { basename } from 'node:path';
import { pseudonymOf, readTable } from '../../ingest/index.ts';
import type { Case, Decision, Verdict } from '../../store/index.ts';
import { csvText, fromInertCell } from '../csv.ts';
import { NightjarError } from '../errors.ts';

const HEADER = ['actor', 'verdict', 'kind', 'note', 'decided_at'];

/** Decisions as CSV, the newest first, times in ISO 8601. */
export const decisionsCsv = (decisions: ReadonlyMap<string, Decision>): string =>
  csvText(
    HEADER,
    newestFirst(decisions).map(([actor, { verdict, kind, note, decidedAt }]) => [
      actor,
      verdict,
      kind,
      note,
      new Date(decidedAt).toISOString(),
    ]),
  );

export const newestFirst = (decisions: ReadonlyMap<string, Decision>): [string, Decision][] =>
  [...decisions].sort((a, b) => b[1].decidedAt - a[1].decidedAt || (a[0] < b[0] ? -1 : 1));

export type ReadDecisions = {
  readonly decisions: ReadonlyMap<string, Decision>;
  /** Rows whose actor the run does not know. */
  readonly unmatched: number;
};

const ACTOR_NAMES = ['actor', 'actor_id', 'user', 'user_id', 'account', 'account_id', 'id'];
const VERDICT_NAMES = ['verdict', 'label', 'decision', 'is_abuse', 'class'];
const VERDICTS: Readonly<Record<string, Verdict>> = {
  abuse: 'abuse',
  abusive: 'abuse',
  '1': 'abuse',
  true: 'abuse',
  benign: 'benign',
  '0': 'benign',
  false: 'benign',
  unsure: 'unsure',
};
const MOST_KIND = 40;
const MOST_NOTE = 4000;

/**
 * Reads decisions from a table with the columns actor and verdict, and kind, note and decided_at where there are some.
 * An actor is a pseudonym of the run or a raw identifier, which is pseudonymised under the case key. Errors: `input` for
 * a table without these columns or a verdict that is not understood.
 */
export const readDecisionsCsv = async (
  path: string,
  opened: Case,
  isKnown: (actor: string) => boolean,
): Promise<ReadDecisions> => {
  const name = basename(path);
  const { header, rows } = await readTable(path, name);
  const place = (names: readonly string[]): number =>
    header.findIndex((column) => names.includes(column.trim().toLowerCase()));
  const actorAt = place(ACTOR_NAMES);
  const verdictAt = place(VERDICT_NAMES);
  if (actorAt < 0 || verdictAt < 0) {
    throw new NightjarError('input', 'The table does not say who was decided about, and how.', {
      where: name,
      next: 'Give a CSV with the columns actor and verdict.',
    });
  }
  const [kindAt, noteAt, timeAt] = [place(['kind']), place(['note']), place(['decided_at'])];
  const token = lazily(() => pseudonymOf(opened.vault.pseudonymKey()));
  const decisions = new Map<string, Decision>();
  let unmatched = 0;
  rows.forEach((row, i) => {
    const raw = fromInertCell((row[actorAt] ?? '').trim());
    if (raw === '') return;
    const actor = isKnown(raw) ? raw : token()(raw);
    if (!isKnown(actor)) {
      unmatched++;
      return;
    }
    const verdict = VERDICTS[(row[verdictAt] ?? '').trim().toLowerCase()];
    if (verdict === undefined) {
      throw new NightjarError('input', 'A verdict is not understood.', {
        where: `${name}, record ${i + 1}`,
        next: 'Verdicts are abuse, benign and unsure, or 1 and 0.',
      });
    }
    const text = (at: number, most: number): string | null => fromInertCell(row[at] ?? '').slice(0, most) || null;
    const at = Date.parse(row[timeAt] ?? '');
    decisions.set(actor, {
      verdict,
      kind: text(kindAt, MOST_KIND),
      note: text(noteAt, MOST_NOTE),
      decidedAt: Number.isNaN(at) ? Date.now() : at,
    });
  });
  return { decisions, unmatched };
};

const lazily = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};
