import { NightjarError } from '../api/errors.ts';
import { labelOf } from './label-values.ts';

const ACTOR_NAMES = [
  'actor',
  'actor_id',
  'user',
  'user_id',
  'userid',
  'username',
  'account',
  'account_id',
  'id',
  'name',
  'entity',
];
const LABEL_NAMES = [
  'label',
  'labels',
  'is_abuse',
  'abuse',
  'is_fraud',
  'isfraud',
  'fraud',
  'is_bot',
  'bot',
  'is_spam',
  'spam',
  'class',
  'target',
  'y',
  'malicious',
  'outlier',
  'anomaly',
];
const KIND_NAMES = ['kind', 'abuse_kind', 'abuse_type', 'attack_type', 'attack_cat'];

export type LabelTable = {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

export type LabelColumns = {
  /** Column with the actors' names; found by its name when not given. */
  readonly actorColumn?: string;
  /** Column with the labels; found by its name, then by its values, when not given. */
  readonly labelColumn?: string;
  /** Column with the kind of abuse; found by its name when not given, and not needed. */
  readonly kindColumn?: string;
};

/** Positions of the columns a labels table is read from. Throws `usage` for a name it lacks, `input` when none is found. */
export const findLabelColumns = (
  table: LabelTable,
  asked: LabelColumns,
): { actor: number; label: number; kind: number | undefined } => {
  const names = table.header.map((name) => name.trim().toLowerCase());
  const known = (wanted: readonly string[]): number | undefined =>
    wanted.map((name) => names.indexOf(name)).find((position) => position >= 0);
  const given = (column: string | undefined): number | undefined => {
    if (column === undefined) return undefined;
    const exact = table.header.indexOf(column);
    const position = exact >= 0 ? exact : names.indexOf(column.trim().toLowerCase());
    if (position >= 0) return position;
    throw new NightjarError('usage', 'The labels have no column of that name.', {
      where: column,
      next: thereAre(table),
    });
  };
  const label = given(asked.labelColumn) ?? known(LABEL_NAMES) ?? onlyLabelLike(table);
  if (label === undefined) {
    throw new NightjarError('input', 'It is not clear which column holds the labels.', {
      where: 'labels',
      next: `Call it label, or name it with --label. ${thereAre(table)}`,
    });
  }
  if (
    asked.labelColumn === undefined &&
    !LABEL_NAMES.includes(names[label] ?? '') &&
    labelOf(names[label] ?? '') !== undefined
  )
    throw withoutHeader();
  const others = table.header.map((_, i) => i).filter((i) => i !== label);
  const actor = given(asked.actorColumn) ?? known(ACTOR_NAMES) ?? (others.length === 1 ? others[0] : undefined);
  if (actor === undefined || actor === label) {
    throw new NightjarError('input', 'It is not clear which column names the actors.', {
      where: 'labels',
      next: `Call it actor, or name it with --actor. ${thereAre(table)}`,
    });
  }
  const kind = given(asked.kindColumn) ?? known(KIND_NAMES);
  return { actor, label, kind: kind === actor || kind === label ? undefined : kind };
};

/** The error of a table whose first line is a row already: its label would be lost. */
const withoutHeader = (): NightjarError =>
  new NightjarError('input', 'The first line of the labels names no columns, but an actor and its label.', {
    where: 'labels, first line',
    next: 'Put a line above it, such as actor,label.',
  });

/** Refuses a table whose first line is a row already, as the name of an actor in it shows: it would be lost. Errors: `input`. */
export const requireHeader = (
  table: Pick<LabelTable, 'header' | 'rows'>,
  columns: LabelColumns,
  isActor: (name: string) => boolean,
): void => {
  const first = (table.header[findLabelColumns(table, columns).actor] ?? '').trim();
  if (columns.actorColumn === undefined && !ACTOR_NAMES.includes(first.toLowerCase()) && isActor(first))
    throw withoutHeader();
};

/** A column name that may be shown: the first line of a table without a header holds values instead. */
const showable = (name: string): boolean => /^[\p{L}_][\p{L}\p{N}_ .-]{0,39}$/u.test(name.trim());

const thereAre = ({ header }: LabelTable): string =>
  header.some(showable)
    ? `There are: ${header.map((name, i) => (showable(name) ? name : `(column ${i + 1})`)).join(', ')}.`
    : 'The first line must name the columns.';

/** The one column whose values are all label words, if there is exactly one. */
const onlyLabelLike = ({ header, rows }: LabelTable): number | undefined => {
  if (rows.length === 0) return undefined;
  const fitting = header.map((_, i) => i).filter((i) => rows.every((row) => labelOf(row[i] ?? '') !== undefined));
  return fitting.length === 1 ? fitting[0] : undefined;
};
