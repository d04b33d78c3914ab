import { describe, expect, it } from 'vitest';

import { completeAt } from '../../../core/rules/text/complete.ts';
import { VOCABULARY } from '../validate/vocabulary.ts';

const HEAD = 'rule a_rule "A rule"\n  severity low\n  effect review\n  for each actor_id\n';

/** `|` is where the person types. */
const inserts = (text: string): readonly string[] => {
  const offset = text.indexOf('|');
  return completeAt(text.replace('|', ''), offset, VOCABULARY).options.map(({ insert }) => insert);
};

describe('completeAt', () => {
  it.each([
    ['|', ['rule']],
    ['ru|', ['rule']],
    [`${HEAD}  se|`, []],
    ['rule a_rule "A rule"\n  se|', ['severity']],
    ['rule a_rule "A rule"\n  severity |', ['informational', 'low', 'medium', 'high', 'critical']],
    ['rule a_rule "A rule"\n  severity h|', ['high']],
    ['rule a_rule "A rule"\n  effect |', ['review', 'alert', 'label']],
    ['rule a_rule "A rule"\n  for |', ['actors', 'each']],
    ['rule a_rule "A rule"\n  for each a|', ['actor_id', 'action']],
    [`${HEAD}  over events where ac|`, ['actor_id', 'action']],
    [`${HEAD}  over events where action |`, ['>=', '>', '<=', '<', '=', 'is', 'in', 'not in']],
    [`${HEAD}  over events where action = |`, ['"like"', '"follow"', '"login"', '"password_change"']],
    [`${HEAD}  over events where action = "l|`, ['"like"', '"login"']],
    [`${HEAD}  over events where action in ("like", "f|`, ['"follow"']],
    [`${HEAD}  over events where c_plan is |`, ['present', 'missing']],
    [`${HEAD}  in |`, ['any', 'each']],
    [`${HEAD}  when dis|`, ['distinct(']],
    [`${HEAD}  when distinct(|`, ['actor_id', 'action', 'object_id', 'ip', 'country', 'outcome', 'c_plan']],
    [`${HEAD}  when sum(|`, ['amount', 'm_size']],
    [`${HEAD}  when feature(n|`, ['night_share']],
    [`${HEAD}  when feature(event_count) >= 12 "e|`, ['"events"']],
    [`${HEAD}  when count() >= 20 a|`, ['and', 'author']],
    [`${HEAD}  when count() |`, ['>=', '>', '<=', '<', '=']],
    [`${HEAD}  # a comment ac|`, []],
    [`${HEAD}  when count() >= 20\n  except where action = "like" owner "bob" u|`, ['until']],
    // What stands behind the place, and rules before it, do not matter.
    [`${HEAD}  when count() >= 20\n\n${HEAD}  when perc|\n  known false positives "x"`, ['percentile(']],
    ['rule broken "x"\n  whn cout()\n\nrule b "B"\n  severity c|', ['critical']],
  ])('%s', (text, expected) => {
    expect(inserts(text)).toEqual(expected);
  });

  it('offers what the rule has not said yet, and the next rule where this one is whole', () => {
    const missing = 'intent|author|expires|over events where|in any|in each|when|except where|except when';
    expect(inserts(`${HEAD}  |`)).toEqual([...missing.split('|'), 'known false positives']);
    expect(inserts(`${HEAD}  in any 1 hour\n  when count() >= 3\n|`)).toEqual([
      'and',
      'intent',
      'author',
      'expires',
      'over events where',
      'except where',
      'except when',
      'known false positives',
      'rule',
    ]);
  });

  it('says what an option means, and replaces the word at hand', () => {
    const text = `${HEAD}  when feature(nig`;
    expect(completeAt(text, text.length, VOCABULARY)).toEqual({
      from: text.length - 3,
      options: [
        { label: 'night_share', insert: 'night_share', detail: 'Share of events between 00:00 and 06:00 UTC. (share)' },
      ],
    });
  });

  it('writes a name or a value so that it can be read', () => {
    const vocabulary = {
      columns: [{ name: 'c_user role', type: 'text' as const }],
      values: new Map([['c_user role', ['say "hi"', 'a\u202eb']]]),
    };
    const column = completeAt(`${HEAD}  over events where c`, `${HEAD}  over events where c`.length, vocabulary);
    expect(column.options).toEqual([]);
    const start = `${HEAD}  over events where `;
    expect(completeAt(start, start.length, vocabulary).options[0]?.insert).toBe('`c_user role`');
    const value = `${HEAD}  over events where \`c_user role\` = `;
    expect(completeAt(value, value.length, vocabulary).options).toEqual([
      { label: 'say "hi"', insert: '"say \\"hi\\""', detail: '' },
      { label: 'a\\u202eb', insert: '"a\\u202eb"', detail: '' },
    ]);
  });
});
