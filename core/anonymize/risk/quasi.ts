import { NightjarError } from '../../api/errors.ts';
import { BUCKET_PREFIX, EVENT_COLUMNS, MEASURE_PREFIX } from '../../ingest/schema.ts';

/** One column of the table of actors, and how it comes from the events. */
export type ActorColumn =
  /** Of the times: events, days with events, the busiest hour of the day (UTC), the first and the last day. */
  | { readonly name: string; readonly kind: 'events' | 'active_days' | 'hour' | 'first_day' | 'last_day' }
  /** Of a text column: the value of most events, all values, how many values. Of a number: the median, the sum. */
  | { readonly name: string; readonly kind: 'mode' | 'set' | 'count' | 'median' | 'sum'; readonly column: string }
  /** A feature of the latest ranking, or a column of a table that was read ready-made. */
  | { readonly name: string; readonly kind: 'feature'; readonly column: string };

export type Known = {
  /** Event columns that hold something. */
  readonly events: ReadonlySet<string>;
  /** Features of the latest ranking. */
  readonly features: ReadonlySet<string>;
};

/**
 * Understands names such as `country`, `device_id:count`, `country:set`, `amount:sum`, `hour`, `first_day`, `night_share`.
 * A text column alone stands for the value of most events, a number for the median. Throws `usage` for what the case
 * does not hold or a column given twice, also in other words (`country` and `country:mode`).
 */
export const parseActorColumns = (names: readonly string[], known: Known, option: string): readonly ActorColumn[] => {
  const columns = names.map((name) => parseOne(name, known, option));
  if (new Set(columns.map(meaningOf)).size < columns.length)
    throw wrong(option, 'A column is named twice.', 'Name each column once.');
  return columns;
};

/** What a column stands for, whatever it is called: `country` and `country:mode` are the same. */
export const meaningOf = (of: ActorColumn): string => JSON.stringify([of.kind, 'column' in of ? of.column : null]);

const FROM_TIMES = ['active_days', 'hour', 'first_day', 'last_day'] as const;
const OF_TEXT = ['mode', 'set', 'count'] as const;
const OF_NUMBERS = ['median', 'sum'] as const;
/** They order rows or stand for texts; nobody knows them of a person. */
const NOT_KNOWABLE = new Set(['ts', 'event_id', 'actor_id', 'seq', 'text_signature', 'text_digest']);

/** Buckets are numbers under a key and differ from actor to actor: nobody can know one of a person, or compare two. */
const isKnowable = (column: string): boolean => !NOT_KNOWABLE.has(column) && !column.startsWith(BUCKET_PREFIX);

const parseOne = (name: string, { events, features }: Known, option: string): ActorColumn => {
  if (name === 'events' && events.has('actor_id')) return { name, kind: 'events' };
  const ofTimes = FROM_TIMES.find((kind) => kind === name);
  if (ofTimes !== undefined && events.has('ts')) return { name, kind: ofTimes };
  const [column = '', how, ...rest] = name.split(':');
  if (events.has(column) && isKnowable(column) && rest.length === 0) {
    const allowed: readonly ('mode' | 'set' | 'count' | 'median' | 'sum')[] = isNumber(column) ? OF_NUMBERS : OF_TEXT;
    const kind = how === undefined ? allowed[0] : allowed.find((each) => each === how);
    if (kind !== undefined) return { name, kind, column };
    const ways = allowed.map((each) => `${column}:${each}`).join(', ');
    throw wrong(option, 'A column cannot be taken together like that.', `Write ${ways}.`);
  }
  if (features.has(name)) return { name, kind: 'feature', column: name };
  throw wrong(option, 'The case has no such column.', `Choose from ${choices({ events, features })}.`);
};

const isNumber = (column: string): boolean =>
  column.startsWith(MEASURE_PREFIX) || EVENT_COLUMNS.some(({ name, type }) => name === column && type === 'DOUBLE');

/** Names by themselves that stand for something in a case with these event columns. */
export const knowableColumns = (events: ReadonlySet<string>): readonly string[] => [
  ...(events.has('actor_id') ? ['events'] : []),
  ...(events.has('ts') ? FROM_TIMES : []),
  ...[...events].filter(isKnowable),
];

const choices = ({ events, features }: Known): string => {
  const listed = knowableColumns(events);
  return listed.length > 0 ? `${listed.join(', ')}, or a feature of the ranking` : [...features].join(', ');
};

const wrong = (where: string, message: string, next: string): NightjarError =>
  new NightjarError('usage', message, { where, next });
