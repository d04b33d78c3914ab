import { LIMITS } from '../form/limits.ts';
import type { Condition, EventFilter } from '../schema.ts';
import {
  acceptSymbol,
  acceptWord,
  fault,
  isSymbol,
  mark,
  needSymbol,
  peek,
  take,
  want,
  type Cursor,
} from './cursor.ts';
import { readFilter } from './read-filter.ts';
import { readColumn, readFeature } from './read-name.ts';
import { readComparison, readDuration, readNumber, readText } from './read-value.ts';
import { shown } from './hidden.ts';
import { didYouMean } from './near.ts';
import { CALLS } from './words.ts';

/** One condition on a window, or on an actor. Undefined, after a fault, where there is none. */
export const readCondition = (c: Cursor, path: string): Condition | undefined => {
  want(c, { kind: 'call' });
  const first = peek(c);
  const call = first.kind === 'word' && Object.hasOwn(CALLS, first.value) ? READERS[first.value] : undefined;
  if (call === undefined) {
    const name = first.kind === 'word' ? first.value : '';
    const known = `A condition begins with one of ${Object.keys(CALLS).join(', ')}.`;
    const message = name === '' ? 'A condition is missing here.' : `There is no condition ${shown(name)}.`;
    return fault(c, 'unknown-condition', message, didYouMean(name, Object.keys(CALLS), known));
  }
  take(c);
  if (needSymbol(c, '(', `Behind ${first.value} stands a bracket.`, `Write ${EXAMPLES[first.value]}.`) === undefined) {
    return undefined;
  }
  const condition = call(c, path);
  if (condition !== undefined) mark(c, path, first);
  return condition;
};

type Reader = (c: Cursor, path: string) => Condition | undefined;

const EXAMPLES: Readonly<Record<string, string>> = {
  count: 'count() or count(where …)',
  distinct: 'distinct(object_id)',
  sum: 'sum(amount)',
  share: 'share(where …)',
  sequence: 'sequence(… then …)',
  first_seen: 'first_seen(ip in 30 days)',
  feature: 'feature(event_count)',
  percentile: 'percentile(event_count)',
};

const READERS: Readonly<Record<string, Reader>> = {
  count: (c, path) => {
    const where = readWhere(c, path);
    if (where === undefined || close(c) === undefined) return undefined;
    const compared = readThreshold(c, path, '20');
    return compared && { kind: 'count', where: where.filter, ...compared };
  },
  distinct: (c, path) => {
    const column = readColumn(c, `${path}.column`, 'text');
    const where = column === undefined ? undefined : readWhere(c, path);
    if (column === undefined || where === undefined || close(c) === undefined) return undefined;
    const compared = readThreshold(c, path, '15');
    return compared && { kind: 'distinct', column, where: where.filter, ...compared };
  },
  sum: (c, path) => {
    const column = readColumn(c, `${path}.column`, 'number');
    const where = column === undefined ? undefined : readWhere(c, path);
    if (column === undefined || where === undefined || close(c) === undefined) return undefined;
    const compared = readThreshold(c, path, '1000');
    const unit = compared && readUnit(c, path);
    const decimals = unit === undefined ? undefined : readDecimals(c, path);
    if (compared === undefined || unit === undefined || decimals === undefined) return undefined;
    return { kind: 'sum', column, where: where.filter, decimals, unit, ...compared };
  },
  share: (c, path) => {
    if (!acceptWord(c, 'where')) return fault(c, 'missing-where', 'Of what is it the share?', SHARE);
    const of = readFilter(c, `${path}.of`);
    if (of === undefined) return undefined;
    const among = acceptWord(c, 'among', 'of which events it is the share') ? readFilter(c, `${path}.among`) : null;
    if (among === undefined || close(c) === undefined) return undefined;
    const compared = readThreshold(c, path, '0.8');
    return compared && { kind: 'ratio', of, among, ...compared };
  },
  sequence: (c, path) => {
    const steps: EventFilter[] = [];
    const open = peek(c);
    do {
      const step = readFilter(c, `${path}.steps.${steps.length}`);
      if (step === undefined) return undefined;
      steps.push(step);
    } while (acceptWord(c, 'then', 'the next step, later'));
    if (close(c) === undefined) return undefined;
    if (steps.length >= LIMITS.fewestSteps && steps.length <= LIMITS.steps) return { kind: 'sequence', steps };
    const hint = `Write ${LIMITS.fewestSteps} to ${LIMITS.steps} steps with "then" between them.`;
    return fault(c, 'wrong-steps', 'A sequence has too few or too many steps.', hint, open);
  },
  first_seen: (c, path) => {
    const column = readColumn(c, `${path}.column`, 'text');
    if (column === undefined) return undefined;
    if (!acceptWord(c, 'in', 'how far back to look')) {
      return fault(c, 'missing-lookback', 'New in what length of time?', 'Write first_seen(ip in 30 days).');
    }
    const lookback = readDuration(c, `${path}.lookback`);
    const where = lookback === undefined ? undefined : readWhere(c, path);
    if (lookback === undefined || where === undefined || close(c) === undefined) return undefined;
    want(c, { kind: 'comparison' });
    const isCompared = peek(c).kind === 'symbol' && !isSymbol(c, ',') && !isSymbol(c, ')');
    const compared = isCompared ? readThreshold(c, path, '1') : ({ op: '>=', value: 1 } as const);
    return compared && { kind: 'firstSeen', column, lookback, where: where.filter, ...compared };
  },
  feature: (c, path) => {
    const feature = readFeature(c, `${path}.feature`);
    if (feature === undefined || close(c) === undefined) return undefined;
    const compared = readThreshold(c, path, '12');
    if (compared !== undefined) want(c, { kind: 'unit', feature });
    const unit = compared && readUnit(c, path);
    return compared === undefined || unit === undefined ? undefined : { kind: 'feature', feature, unit, ...compared };
  },
  percentile: (c, path) => {
    const feature = readFeature(c, `${path}.feature`);
    if (feature === undefined || close(c) === undefined) return undefined;
    const compared = readThreshold(c, path, '99');
    return compared && { kind: 'percentile', feature, ...compared };
  },
};

const SHARE = 'Write share(where …), or share(where … among …).';

/** `where` and a filter, if they are there. */
const readWhere = (c: Cursor, path: string): { readonly filter: EventFilter | null } | undefined => {
  if (!acceptWord(c, 'where', 'which events count')) return { filter: null };
  const filter = readFilter(c, `${path}.where`);
  return filter && { filter };
};

const close = (c: Cursor): true | undefined => {
  const next = peek(c);
  const hint = next.kind === 'word' ? 'Conditions on events begin with where; a bracket ) closes.' : 'Write ).';
  return acceptSymbol(c, ')') ? true : fault(c, 'missing-bracket', 'Here a bracket should be closed.', hint);
};

const readThreshold = (c: Cursor, path: string, example: string) => {
  const op = readComparison(c, `${path}.op`);
  const value = op === undefined ? undefined : readNumber(c, `${path}.value`, example);
  return op === undefined || value === undefined ? undefined : { op, value };
};

const readUnit = (c: Cursor, path: string): string | undefined =>
  peek(c).kind === 'text' ? readText(c, `${path}.unit`, 'a unit', LIMITS.unit, true) : '';

const readDecimals = (c: Cursor, path: string): number | undefined => {
  if (!acceptWord(c, 'to', 'how exactly amounts are added: to 2 decimals')) {
    const hint = 'Write to 2 decimals, or to 0 decimals for whole numbers.';
    return fault(c, 'missing-decimals', 'How exactly are the amounts added?', hint);
  }
  const token = peek(c);
  const decimals = readNumber(c, `${path}.decimals`, '2');
  if (decimals === undefined) return undefined;
  if (!acceptWord(c, 'decimals') && !acceptWord(c, 'decimal')) {
    return fault(c, 'unknown-word', 'The word "decimals" is missing here.', 'Write to 2 decimals.');
  }
  if (Number.isInteger(decimals) && decimals >= 0 && decimals <= LIMITS.decimals) return decimals;
  return fault(c, 'bad-decimals', 'That many decimals cannot be.', `Write 0 to ${LIMITS.decimals}.`, token);
};
