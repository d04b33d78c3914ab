import { ID, LIMITS } from '../form/limits.ts';
import { SEVERITIES } from '../schema.ts';
import { acceptSymbol, acceptWord, fault, mark, peek, spanFrom, take, want, type Cursor } from './cursor.ts';
import type { Draft } from './draft.ts';
import { didYouMean } from './near.ts';
import { readExclusion } from './read-exclusion.ts';
import { readFilter } from './read-filter.ts';
import { readColumn } from './read-name.ts';
import { readDay, readDuration, readText } from './read-value.ts';
import { readConditions } from './read-conditions.ts';

/** Reads what stands behind the first word of a clause into the draft; undefined, after a fault, where it cannot. */
export type ClauseReader = (c: Cursor, draft: Draft, path: string) => true | undefined;

const set = <K extends keyof Draft>(draft: Draft, key: K, value: Draft[K] | undefined): true | undefined => {
  if (value === undefined) return undefined;
  draft[key] = value;
  return true;
};

/** By the first word of the clause. */
export const CLAUSE_READERS: Readonly<Record<string, ClauseReader>> = {
  intent: (c, draft, path) => set(draft, 'intent', readText(c, `${path}.intent`, 'an intent', LIMITS.words, true)),
  author: (c, draft, path) => set(draft, 'author', readText(c, `${path}.author`, 'an author', LIMITS.title, true)),
  expires: (c, draft, path) => set(draft, 'expires', readDay(c, `${path}.expires`)),

  severity: (c, draft, path) => {
    want(c, { kind: 'severity' });
    const token = peek(c);
    const severity = SEVERITIES.find((each) => token.kind === 'word' && each === token.value);
    if (severity === undefined) {
      const hint = didYouMean(token.value, SEVERITIES, `Write ${SEVERITIES.join(', ')}.`);
      return fault(c, 'unknown-severity', 'There is no such severity.', hint);
    }
    take(c);
    mark(c, `${path}.severity`, token);
    return set(draft, 'severity', severity);
  },

  effect: (c, draft, path) => {
    const first = peek(c);
    if (acceptWord(c, 'review', 'a person looks at it')) draft.effect = { kind: 'review' };
    else if (acceptWord(c, 'alert', 'somebody is told')) draft.effect = { kind: 'alert' };
    else if (acceptWord(c, 'label', 'a label is put on the actor')) {
      const token = peek(c);
      if (token.kind !== 'word' || !ID.test(token.value)) {
        return fault(
          c,
          'bad-name',
          'The name of a label is missing here.',
          'Write it like fake_engagement: a-z, 0-9 and _.',
        );
      }
      take(c);
      mark(c, `${path}.effect.label`, token);
      draft.effect = { kind: 'label', label: token.value };
    } else {
      const hint = didYouMean(first.value, ['review', 'alert', 'label'], 'Write review, alert, or label and a name.');
      return fault(c, 'unknown-effect', 'There is no such effect.', hint);
    }
    mark(c, `${path}.effect`, first);
    return true;
  },

  for: (c, draft, path) => {
    const first = peek(c);
    if (acceptWord(c, 'actors', 'by their features over the whole log')) {
      mark(c, `${path}.over`, first);
      return set(draft, 'groupBy', 'actors');
    }
    if (!acceptWord(c, 'each', 'groups of events')) {
      const hint = 'Write for each actor_id, or for actors.';
      return fault(c, 'missing-group', 'For whom does the rule look?', hint);
    }
    const columns: string[] = [];
    const firstColumn = peek(c);
    do {
      const column = readColumn(c, `${path}.groupBy.${columns.length}`, 'text');
      if (column === undefined) return undefined;
      columns.push(column);
    } while (acceptSymbol(c, ',') || acceptMistakenAnd(c));
    mark(c, `${path}.groupBy`, firstColumn);
    if (columns.length <= LIMITS.groupBy) return set(draft, 'groupBy', columns);
    return fault(
      c,
      'too-many',
      'Too many columns make a group.',
      `Write 1 to ${LIMITS.groupBy}.`,
      spanFrom(c, firstColumn),
    );
  },

  over: (c, draft, path) => {
    if (!acceptWord(c, 'events')) {
      return fault(c, 'unknown-word', 'Behind "over" stands "events".', 'Write over events where ….');
    }
    if (acceptWord(c, 'where', 'which events it sees')) return set(draft, 'where', readFilter(c, `${path}.where`));
    return set(draft, 'where', null);
  },

  in: (c, draft, path) => {
    const first = peek(c);
    const isSliding = acceptWord(c, 'any', 'a window that slides');
    if (!isSliding && !acceptWord(c, 'each', 'windows one after the other, since 1970 UTC')) {
      const hint = 'Write in any 10 minutes (it slides) or in each 10 minutes (one after the other).';
      return fault(c, 'missing-window', 'Does the window slide?', hint);
    }
    const length = readDuration(c, `${path}.window.length`);
    if (length === undefined) return undefined;
    mark(c, `${path}.window`, first);
    return set(draft, 'window', { kind: isSliding ? 'sliding' : 'tumbling', length });
  },

  when: (c, draft, path) => set(draft, 'when', readConditions(c, `${path}.when`)),

  except: (c, draft, path) => {
    const exclusion = readExclusion(c, `${path}.exclusions.${draft.exclusions.length}`);
    if (exclusion === undefined) return undefined;
    draft.exclusions.push(exclusion);
    return true;
  },

  known: (c, draft, path) => {
    if (!acceptWord(c, 'false') || !acceptWord(c, 'positives')) {
      return fault(c, 'unknown-word', 'A word is missing here.', 'Write known false positives "…", "…".');
    }
    const texts: string[] = [];
    const first = peek(c);
    do {
      const text = readText(c, `${path}.falsePositives.${texts.length}`, 'what it hits wrongly', LIMITS.title);
      if (text === undefined) return undefined;
      texts.push(text);
    } while (acceptSymbol(c, ','));
    if (peek(c).kind === 'text') return fault(c, 'missing-comma', 'Texts have commas between them.', 'Write a comma.');
    mark(c, `${path}.falsePositives`, first);
    if (texts.length <= LIMITS.falsePositives) return set(draft, 'falsePositives', texts);
    return fault(c, 'too-many', 'The list is too long.', `At most ${LIMITS.falsePositives}.`, spanFrom(c, first));
  },
};

/** `for each a and b` is understood as far as saying what is wrong with it. */
const acceptMistakenAnd = (c: Cursor): boolean => {
  const token = peek(c);
  if (token.kind !== 'word' || token.value !== 'and') return false;
  fault(c, 'missing-comma', 'Columns have commas between them.', 'Write , instead of and.');
  take(c);
  return true;
};
