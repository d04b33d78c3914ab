import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseRules } from '../../../core/rules/text/parse-rules.ts';
import { ruleInWords } from '../../../core/rules/text/in-words.ts';
import { printRules } from '../../../core/rules/text/print-rule.ts';
import { anyRule } from '../form/arbitrary.ts';
import { VOCABULARY } from '../validate/vocabulary.ts';

const HEAD = 'rule a "A" severity high effect review for each actor_id ';
const words = (text: string): string => {
  const { rules } = parseRules(text);
  const [rule] = rules ?? [];
  if (rule === undefined) throw new Error('not a rule');
  return ruleInWords(rule, VOCABULARY.features);
};

describe('ruleInWords', () => {
  it.each([
    [
      `${HEAD} in any 10 minutes when count() >= 20 and distinct(object_id where action = "like") > 15`,
      'It hits an actor when, within any 10 minutes, there are at least 20 events; and there are more than 15 different ' +
        'objects among events where action is "like". A hit is of high severity and is looked at by a person.',
    ],
    [
      `${HEAD} over events where action in ("a", "b") and country != "DE" in each 1 day when sum(amount) > 5 "EUR" to 2 decimals`,
      'It hits an actor when, within 1 day (windows one after the other, since 1970 UTC), the sum of amount is more than 5 ' +
        'EUR (each rounded to 2 decimals). Only events where action is "a" or "b" and country is not "DE" are looked at. ' +
        'A hit is of high severity and is looked at by a person.',
    ],
    [
      `${HEAD} when share(where outcome = "failure" among action = "login") >= 0.8`,
      'It hits an actor when, at one moment, of the events where action is "login", the share where outcome is "failure" ' +
        'is at least 0.8. A hit is of high severity and is looked at by a person.',
    ],
    [
      `${HEAD} in any 1 hour when sequence(action = "a" then action = "b") and first_seen(ip in 30 days)`,
      'It hits an actor when, within any 1 hour, events come one after the other, each later than the one before: first ' +
        'one where action is "a", then one where action is "b"; and an event has an address not seen there in the 30 days ' +
        'before. A hit is of high severity and is looked at by a person.',
    ],
    [
      'rule a "A" severity low effect label spam expires 2027-06-30 for actors when feature(event_count) >= 12 "events" ' +
        'and percentile(night_share) > 99 except when percentile(event_count) < 50 owner "bob" until 2027-01-01 because ' +
        '"night shift" known false positives "bakers", "guards"',
      'It hits an actor when event_count (How many events the actor caused) is at least 12 events; and of the actors with a ' +
        'value of night_share (Share of events between 00:00 and 06:00 UTC), more than 99 % have a lower one. Until ' +
        '2027-01-01 an actor is left out when of the actors with a value of event_count (How many events the actor ' +
        'caused), less than 50 % have a lower one (night shift; bob). A hit is of low severity and puts the label spam on ' +
        'the actor. It does not fire from 2027-06-30 on. Known to hit wrongly: bakers; guards.',
    ],
  ])('%s', (text, expected) => {
    expect(words(text)).toBe(expected);
  });

  it('says every threshold, column and length of time of any rule', () => {
    fc.assert(
      fc.property(anyRule, (rule) => {
        const said = ruleInWords(rule);
        for (const condition of rule.when) {
          if (!('value' in condition)) continue;
          const isSome = condition.kind === 'firstSeen' && condition.op === '>=' && condition.value === 1;
          if (!isSome) expect(said).toContain(String(condition.value));
        }
      }),
      { numRuns: 500 },
    );
  });
});

it('the rules in the documentation are rules, printed as they are printed', () => {
  const page = readFileSync(new URL('../../../docs/rules.md', import.meta.url), 'utf8');
  const blocks = [...page.matchAll(/```\n(rule [a-z][\s\S]*?)```/g)].map((match) => match[1] ?? '');
  expect(blocks.length).toBeGreaterThan(0);
  for (const block of blocks) {
    const parsed = parseRules(block);
    expect(parsed.diagnostics).toEqual([]);
    expect(printRules(parsed.rules ?? [])).toBe(block);
  }
});
