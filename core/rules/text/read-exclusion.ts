import { LIMITS } from '../form/limits.ts';
import { acceptWord, fault, mark, peek, type Cursor } from './cursor.ts';
import type { DraftExclusion } from './draft.ts';
import { readConditions } from './read-conditions.ts';
import { readFilter } from './read-filter.ts';
import { readDay, readText } from './read-value.ts';

/** What is left out, by whom, until when, and why: all four are needed. */
export const readExclusion = (c: Cursor, path: string): DraftExclusion | undefined => {
  const first = peek(c);
  const of = readWhat(c, path);
  if (of === undefined) return undefined;
  if (!acceptWord(c, 'owner', 'who answers for it'))
    return fault(c, 'exclusion-without-owner', 'Who answers for it?', HOW);
  const owner = readText(c, `${path}.owner`, 'an owner', LIMITS.title);
  if (owner === undefined) return undefined;
  if (!acceptWord(c, 'until', 'when it ends')) return fault(c, 'exclusion-without-end', 'When does it end?', HOW);
  const ends = readDay(c, `${path}.ends`);
  if (ends === undefined) return undefined;
  if (!acceptWord(c, 'because', 'why')) return fault(c, 'exclusion-without-reason', 'Why is it left out?', HOW);
  const reason = readText(c, `${path}.reason`, 'a reason', LIMITS.words);
  if (reason === undefined) return undefined;
  mark(c, path, first);
  return { of, owner, reason, ends };
};

const HOW = 'Write except where … owner "…" until 2027-01-01 because "…".';

const readWhat = (c: Cursor, path: string): DraftExclusion['of'] | undefined => {
  if (acceptWord(c, 'where', 'events that are left out')) {
    const where = readFilter(c, `${path}.where`);
    return where && { where };
  }
  if (acceptWord(c, 'when', 'actors that are left out')) {
    const when = readConditions(c, `${path}.when`);
    return when && { when };
  }
  return fault(c, 'unknown-word', 'What is left out?', HOW);
};
