import { filterDepth, filterLeaves, partsOfFilter } from '../form/filter-parts.ts';
import { LIMITS } from '../form/limits.ts';
import type { EventFilter } from '../schema.ts';
import { acceptSymbol, acceptWord, fault, needSymbol, peek, spanFrom, type Cursor, type Span } from './cursor.ts';
import type { Places } from './places.ts';
import { readLeaf } from './read-leaf.ts';

/** A condition on one event: `not` binds before `and`, `and` before `or`. Undefined, after a fault, where there is none. */
export const readFilter = (c: Cursor, path: string): EventFilter | undefined => {
  const places: Places = new Map();
  const first = peek(c);
  const filter = readParts(c, places, 0, 'any');
  if (filter === undefined) return undefined;
  const span = spanFrom(c, first);
  if (filterLeaves(filter) > LIMITS.leaves) {
    const hint = `At most ${LIMITS.leaves}: use in (…), or write two rules.`;
    return fault(c, 'too-many', 'There are too many comparisons in one condition.', hint, span);
  }
  if (filterDepth(filter) > LIMITS.filterDepth) return fault(c, 'too-deep', TOO_DEEP, SIMPLER, span);
  markNodes(c, places, filter, path);
  c.spans.set(path, span);
  return filter;
};

/** Brackets and `not` that may be open: each level of a filter needs at most one. */
const MOST_OPEN = 2 * LIMITS.filterDepth;
const TOO_DEEP = 'The brackets are too deep inside each other.';
const SIMPLER = 'Write a simpler condition, or two rules.';
const WORDS = { any: 'or', all: 'and' } as const;

const readParts = (c: Cursor, places: Places, open: number, kind: 'any' | 'all'): EventFilter | undefined => {
  const first = peek(c);
  const parts: EventFilter[] = [];
  do {
    const part = kind === 'any' ? readParts(c, places, open, 'all') : readUnary(c, places, open);
    if (part === undefined) return undefined;
    parts.push(part);
  } while (acceptWord(c, WORDS[kind]));
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return placed(places, kind === 'any' ? { any: parts } : { all: parts }, spanFrom(c, first));
};

const readUnary = (c: Cursor, places: Places, open: number): EventFilter | undefined => {
  if (open > MOST_OPEN) return fault(c, 'too-deep', TOO_DEEP, SIMPLER);
  const first = peek(c);
  if (acceptWord(c, 'not')) {
    const inner = readUnary(c, places, open + 1);
    return inner === undefined ? undefined : placed(places, { not: inner }, spanFrom(c, first));
  }
  if (!acceptSymbol(c, '(')) return readLeaf(c, places);
  const inner = readParts(c, places, open + 1, 'any');
  if (inner === undefined) return undefined;
  const closed = needSymbol(c, ')', 'The bracket is not closed.', 'Write ) behind the condition that it holds.');
  return closed === undefined ? undefined : inner;
};

const placed = (places: Places, filter: EventFilter, span: Span): EventFilter => {
  places.set(filter, { '': span });
  return filter;
};

const markNodes = (c: Cursor, places: Places, filter: EventFilter, path: string): void => {
  for (const [key, span] of Object.entries(places.get(filter) ?? {})) {
    c.spans.set(key === '' ? path : `${path}.${key}`, span);
  }
  for (const { key, part } of partsOfFilter(filter)) markNodes(c, places, part, `${path}.${key}`);
};
