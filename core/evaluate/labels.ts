import { NightjarError } from '../api/errors.ts';
import { findLabelColumns, type LabelColumns, type LabelTable } from './label-columns.ts';
import { labelOf } from './label-values.ts';

export type Label = { readonly label: 0 | 1; readonly kind?: string };

export type Labels = {
  /** By the actor's name as the table has it. */
  readonly byActor: ReadonlyMap<string, Label>;
  readonly rows: number;
  /** Rows without an actor or without a label. */
  readonly skipped: number;
  /** Actors whose rows disagree. */
  readonly conflicting: number;
};

/**
 * Reads a labels table. Labels may be 1/0, true/false, yes/no or words such as spam/ham, fraud/legit, bot/human. Several
 * rows of one actor are a vote: the majority counts, a tie is positive, as half of what somebody did is enough reason
 * to look. Of the kinds named in positive rows the most frequent counts, then the first. Throws `usage` and `input`.
 */
export const readLabels = (table: LabelTable, columns: LabelColumns = {}): Labels => {
  const at = findLabelColumns(table, columns);
  const votes = new Map<string, { for: number; against: number; kinds: Map<string, number> }>();
  const unknown = new Map<string, number>();
  let skipped = 0;
  for (const row of table.rows) {
    const actor = (row[at.actor] ?? '').trim();
    const value = (row[at.label] ?? '').trim();
    if (actor === '' || value === '') {
      skipped++;
      continue;
    }
    const label = labelOf(value);
    if (label === undefined) {
      unknown.set(value, (unknown.get(value) ?? 0) + 1);
      continue;
    }
    const vote = votes.get(actor) ?? { for: 0, against: 0, kinds: new Map<string, number>() };
    votes.set(actor, vote);
    if (label === 0) vote.against++;
    else vote.for++;
    const kind = at.kind === undefined ? '' : (row[at.kind] ?? '').trim();
    if (label === 1 && kind !== '') vote.kinds.set(kind, (vote.kinds.get(kind) ?? 0) + 1);
  }
  if (unknown.size > 0) throw unknownValues(unknown, table.header[at.label] ?? '');
  if (votes.size === 0) {
    throw new NightjarError('input', 'The labels name no actor.', {
      where: 'labels',
      next: 'Give a table with one row per actor: its name and its label.',
    });
  }
  const byActor = new Map<string, Label>();
  let conflicting = 0;
  for (const [actor, vote] of votes) {
    if (vote.for > 0 && vote.against > 0) conflicting++;
    const label = vote.for >= vote.against ? 1 : 0;
    const [kind] = [...vote.kinds].toSorted((a, b) => b[1] - a[1]);
    byActor.set(actor, label === 1 && kind !== undefined ? { label, kind: kind[0] } : { label });
  }
  return { byActor, rows: table.rows.length, skipped, conflicting };
};

/** Words of a label column may be named; anything longer or more varied could be what a log must not show. */
const MOST_NAMED = 6;
const LONGEST_NAMED = 16;

const unknownValues = (unknown: ReadonlyMap<string, number>, column: string): NightjarError => {
  const words = [...unknown.keys()];
  const rows = [...unknown.values()].reduce((sum, count) => sum + count, 0);
  const showable =
    words.length <= MOST_NAMED &&
    words.every((word) => /^[\p{L}\p{N}_ -]+$/u.test(word) && word.length <= LONGEST_NAMED);
  const which = showable ? `: ${words.join(', ')}` : `, ${words.length} different ones`;
  return new NightjarError('input', `${rows} labels are not understood${which}.`, {
    where: column,
    next: 'Use 1 and 0, or name the column that holds the labels with --label.',
  });
};
