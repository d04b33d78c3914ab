import { ID, LIMITS } from '../form/limits.ts';
import type { Rule } from '../schema.ts';
import { assembleRule, type Head } from './assemble-rule.ts';
import { fault, mark, peek, skipToPart, take, want, type Cursor } from './cursor.ts';
import type { Draft } from './draft.ts';
import { shown } from './hidden.ts';
import { didYouMean } from './near.ts';
import { CLAUSE_READERS } from './read-clauses.ts';
import { readText } from './read-value.ts';
import { CLAUSES, RESERVED } from './words.ts';

/**
 * Reads the rule whose word `rule` is at hand, up to the next one. A fault costs its part only: the rest of the rule is
 * looked at as well. Undefined where there was any.
 */
export const readRule = (c: Cursor, path: string): Rule | undefined => {
  const first = take(c);
  const head = readHead(c, path);
  if (head === undefined) skipToPart(c);
  const draft: Draft = { exclusions: [] };
  const said = new Set<string>();
  const faultsBefore = c.faults.length;
  for (;;) {
    want(c, { kind: 'clauses', said });
    const token = peek(c);
    if (token.kind === 'end' || (token.kind === 'word' && token.value === 'rule')) break;
    if (!readClause(c, draft, said, path)) skipToPart(c);
  }
  mark(c, path, first);
  // What a faulty part would have said is not missing.
  const isFaulty = c.faults.length > faultsBefore;
  if (head === undefined || isFaulty) return undefined;
  return assembleRule(c, head, draft, path);
};

const readHead = (c: Cursor, path: string): Head | undefined => {
  const token = peek(c);
  if (token.kind !== 'word' || !ID.test(token.value)) {
    const hint = 'Write it like many_likes: a letter, then a-z, 0-9 and _, at most 64.';
    const isName = token.kind === 'word' && token.value !== '' && !RESERVED.has(token.value);
    const message = isName ? `${shown(token.value)} is no name of a rule.` : 'The name of the rule is missing here.';
    return fault(c, 'bad-name', message, hint);
  }
  take(c);
  mark(c, `${path}.id`, token);
  const title = readText(c, `${path}.title`, 'a title', LIMITS.title);
  return title === undefined ? undefined : { id: token.value, title, span: token };
};

const readClause = (c: Cursor, draft: Draft, said: Set<string>, path: string): boolean => {
  const token = peek(c);
  const clause = CLAUSES.find(({ word }) => token.kind === 'word' && word === token.value);
  const reader = clause && CLAUSE_READERS[clause.word];
  if (clause === undefined || reader === undefined) {
    const words = [...CLAUSES.map(({ word }) => word), 'rule'];
    const hint = INSTEAD.get(token.value) ?? didYouMean(token.value, words, `A line begins with ${words.join(', ')}.`);
    fault(c, 'unknown-word', `Here ${shown(token.value)} does not belong.`, hint, token);
    take(c);
    return false;
  }
  if (said.has(clause.word) && !clause.isRepeated) {
    fault(c, 'said-twice', `The rule has two lines of "${clause.word}".`, 'Remove one of them.', token);
    take(c);
    return false;
  }
  said.add(clause.word);
  take(c);
  return reader(c, draft, path) !== undefined;
};

/** What people write, and what stands for it here. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['and', 'Does the line before it say something whole? Conditions begin with when.'],
  ['or', 'Put it in brackets inside a condition on events, or write a second rule.'],
  ['where', 'Write over events where, count(where …) or except where.'],
  ['within', 'Write in any 10 minutes.'],
  ['group', 'Write for each actor_id.'],
  ['title', 'The title stands behind the name of the rule: rule many_likes "Many likes".'],
  ['description', 'Write intent "…".'],
  [',', 'Numbers have no comma between their digits; conditions are joined by "and".'],
  [')', 'No bracket is open here.'],
]);
