import { describe, expect, it } from 'vitest';

import { TOKEN_LENGTH } from '../../../core/anonymize/pseudonym.ts';
import { checkLeaks, gatherEvidence, type LeakEvidence } from '../../../core/rules/leak/index.ts';
import { PSEUDONYM_LENGTH } from '../../../core/rules/leak/check-texts.ts';
import { probesOf } from '../../../core/rules/leak/probes.ts';
import { tellingPart } from '../../../core/rules/leak/telling-part.ts';
import { parseRules } from '../../../core/rules/text/parse-rules.ts';
import type { Rule } from '../../../core/rules/schema.ts';

const HEAD = 'rule a_rule "A rule" severity low effect review ';
const TOKEN = 'aB3dE5gH7jK9';

const read = (text: string): Rule => {
  const parsed = parseRules(text);
  expect(parsed.diagnostics).toEqual([]);
  const [rule] = parsed.readable;
  if (rule === undefined) throw new Error('not a rule');
  return rule;
};

/** Evidence of a case in which everything is common. */
const commonEvidence = (rule: Rule): LeakEvidence => {
  const { parts, literals } = probesOf(rule);
  return {
    k: 10,
    isPseudonym: (word) => word.toLowerCase() === TOKEN.toLowerCase(),
    actorsByLiteral: new Map(literals.map(({ path }) => [path, 10])),
    sides: new Map([...parts.map(({ path }) => path), ''].map((path) => [path, { firing: 10, other: 10 }])),
    hits: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    withoutExclusion: rule.exclusions.map(() => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    others: [],
  };
};

const leaks = (
  text: string,
  change: (evidence: LeakEvidence) => Partial<LeakEvidence> = () => ({}),
): readonly string[] => {
  const rule = read(text);
  const evidence = commonEvidence(rule);
  return checkLeaks(rule, { ...evidence, ...change(evidence) }).map(({ code, at }) => `${code} ${at}`);
};

const EVENTS = `${HEAD} for each actor_id over events where action = "like" in any 10 minutes when count() >= 20`;

describe('checkLeaks', () => {
  it.each([
    // What may leave when everything in it is common.
    [EVENTS, []],
    [`${HEAD} for each ip in any 1 hour when distinct(actor_id) >= 5 and first_seen(device_id in 30 days)`, []],
    [`${HEAD} for actors when percentile(event_count) >= 99.5 and feature(night_share) >= 0.35`, []],
    [`${HEAD} for each actor_id when share(where outcome = "failure") >= 0.995`, []],
    // Columns of identities, keyed hashes and buckets; columns that nobody knows.
    [`${HEAD} for each ip over events where actor_id = "x" when count() >= 2`, ['identity-column where.value']],
    [
      `${HEAD} for each ip over events where object_id not in ("x", "y") when count() >= 2`,
      ['identity-column where.not.values.0', 'identity-column where.not.values.1'],
    ],
    [`${HEAD} for each ip when count(where text_digest = 5) >= 2`, ['identity-column when.0.where.value']],
    [`${HEAD} for each ip when count(where seq > 50) >= 2`, ['identity-column when.0.where.value']],
    [`${HEAD} for each ip when sum(b_card) > 5 to 0 decimals`, ['identity-column when.0.column']],
    [`${HEAD} for each ip when count(where unheard_of = "x") >= 2`, ['identity-column when.0.where.value']],
    // Numbers off the grid.
    [`${HEAD} for each ip when count() >= 123`, ['off-grid when.0.value']],
    [`${HEAD} for each ip when count(where amount >= 499.99) >= 2`, ['off-grid when.0.where.value']],
    [`${HEAD} for each ip in any 86317s when count() >= 2`, ['off-grid window.length']],
    [`${HEAD} for each ip in any 1 day when first_seen(device_id in 1234 minutes)`, ['off-grid when.0.lookback']],
    [`${HEAD} for actors when percentile(event_count) >= 98.76`, ['off-grid when.0.value']],
    [`${HEAD} for actors when feature(night_share) >= 0.995`, ['off-grid when.0.value']],
    // Texts.
    [
      `rule a_rule "Like ${TOKEN}" severity low effect review for each ip when count() >= 2`,
      ['pseudonym title', 'identifier title'],
    ],
    [`rule rule_${TOKEN.toLowerCase()} "A" severity low effect review for each ip when count() >= 2`, ['pseudonym id']],
    [
      `rule a_rule "A" severity low effect label x${TOKEN.toLowerCase()}y for each ip when count() >= 2`,
      ['pseudonym effect.label'],
    ],
    [`${HEAD} author "ana@example.org" for each ip when count() >= 2`, ['identifier author']],
    [`${HEAD} for each ip when count(where action = "from 203.0.113.7") >= 2`, ['identifier when.0.where.value']],
    [`${HEAD} for each \`c_${TOKEN}\` when count() >= 2`, ['pseudonym groupBy.0']],
    [
      `${HEAD} for actors when feature(\`action_${TOKEN}_share\`) >= 2 "${TOKEN}"`,
      ['pseudonym when.0.unit', 'pseudonym when.0.feature', 'identifier when.0.unit'],
    ],
    [
      `${EVENTS} except where action = "x" owner "203.0.113.7" until 2027-01-01 because "see https://intra/7"`,
      ['identifier exclusions.0.owner', 'identifier exclusions.0.reason'],
    ],
    [`${EVENTS} known false positives "tester 4012888888881881"`, ['identifier falsePositives.0']],
  ])('%s', (text, expected) => {
    expect(leaks(text)).toEqual(expected);
  });

  it('refuses a value that too few actors show', () => {
    expect(leaks(EVENTS, () => ({ actorsByLiteral: new Map([['where.value', 9]]) }))).toEqual([
      'rare-value where.value',
    ]);
    expect(leaks(EVENTS, () => ({ actorsByLiteral: new Map() }))).toEqual(['rare-value where.value']);
  });

  it.each([
    [{ firing: 9, other: 100 }, true],
    [{ firing: 10, other: 10 }, false],
    [{ firing: 100, other: 9 }, true],
    [{ firing: 100, other: 0 }, true],
  ])('a threshold with %j actors on its sides: refused %s', (sides, isRefused) => {
    const change = (e: LeakEvidence) => ({ sides: new Map([...e.sides, ['when.0', sides]]) });
    expect(leaks(EVENTS, change)).toEqual(isRefused ? ['few-actors when.0'] : []);
  });

  it('a value without a threshold may hold for everybody', () => {
    const all = (e: LeakEvidence) => ({ sides: new Map([...e.sides, ['where', { firing: 100, other: 0 }]]) });
    expect(leaks(EVENTS, all)).toEqual([]);
    const some = (e: LeakEvidence) => ({ sides: new Map([...e.sides, ['where', { firing: 100, other: 3 }]]) });
    expect(leaks(EVENTS, some)).toEqual(['few-actors where']);
  });

  it('refuses what there is no evidence of', () => {
    expect(leaks(EVENTS, () => ({ sides: new Map() }))).toEqual([
      'few-actors when.0',
      'few-actors where',
      'few-actors ',
    ]);
    const excluding = `${EVENTS} except where country = "SE" owner "bob" until 2027-01-01 because "office"`;
    expect(leaks(excluding, () => ({ withoutExclusion: [] }))).toEqual(['difference exclusions.0']);
  });

  it('holds rules of one export apart, and a rule from itself without an exclusion', () => {
    const many = Array.from({ length: 20 }, (_, i) => i);
    const other = (hits: readonly number[]) => leaks(EVENTS, () => ({ others: [{ rule: 'b', hits }] }));
    expect(other(many.slice(0, 10))).toEqual([]);
    expect(other(many)).toEqual([]);
    expect(other(many.slice(0, 11))).toEqual(['difference ']);
    expect(other(many.slice(1, 10))).toEqual(['difference ']);
    expect(other(many.slice(10))).toEqual([]);
    const excluding = `${EVENTS} except where country = "SE" owner "bob" until 2027-01-01 because "office"`;
    expect(leaks(excluding, () => ({ withoutExclusion: [many] }))).toEqual([]);
    expect(leaks(excluding, () => ({ withoutExclusion: [many.slice(0, 13)] }))).toEqual(['difference exclusions.0']);
  });

  it('says neither a value nor a number of actors', () => {
    const rule = read(
      `${HEAD} for each ip over events where country = "Atlantis" when count(where amount > 4711.42) >= 7777`,
    );
    const found = checkLeaks(rule, {
      ...commonEvidence(rule),
      actorsByLiteral: new Map([['where.value', 3]]),
      sides: new Map(),
    });
    expect(found.length).toBeGreaterThan(4);
    for (const { message, hint } of found) expect(`${message} ${hint}`).not.toMatch(/Atlantis|4711\.42|7777|\b3\b/);
  });

  it.each([0, 1, 2.5, Number.NaN])('refuses to work with k = %d', (k) => {
    expect(() => leaks(EVENTS, () => ({ k }))).toThrow(/too small/);
  });
});

describe('gatherEvidence', () => {
  it('asks once for what is asked twice', async () => {
    const rule = read(`${HEAD} for each actor_id over events where action = "a" when count(where action = "a") >= 2`);
    let asked: readonly Rule[] = [];
    const evidence = await gatherEvidence(rule, [], {
      k: 10,
      isPseudonym: () => false,
      hitActors: async (rules) => {
        asked = rules;
        return new Map(rules.map(({ id }, i) => [id, [i, 100 + i]]));
      },
    });
    expect(new Set(asked.map(({ id }) => id)).size).toBe(asked.length);
    const bare = asked.map((probe) => JSON.stringify({ ...probe, id: '' }));
    expect(new Set(bare).size).toBe(bare.length);
    expect([...evidence.sides.keys()]).toEqual(['when.0', 'where', 'when.0.where', '']);
    expect(evidence.sides.get('where')).toEqual(evidence.sides.get('when.0.where'));
  });
});

it('knows how long a pseudonym is', () => expect(PSEUDONYM_LENGTH).toBe(TOKEN_LENGTH));

it.each([
  ['ana@example.org', 'an e-mail address'],
  ['write to <ana@example.org>', 'an e-mail address'],
  ['203.0.113.7', 'an IP address'],
  ['2001:db8::7', 'an IP address'],
  ['from 2001:db8::7 again', 'an IP address'],
  ['123e4567-e89b-12d3-a456-426614174000', 'a UUID'],
  ['d41d8cd98f00b204e9800998ecf8427e', 'a long token'],
  ['DE89 3704 0044 0532 0130 00', 'an account number'],
  ['arn:aws:iam::1:user/x', 'a resource of an account'],
  ['see https://intra.example/7', 'an address of a page'],
  ['/home/ana/x', 'a home directory'],
  ['4012888888881881', 'a long number'],
  ['+49 30 1234567', 'a long number'],
  ['4012 8888 8888 1881', 'a long number'],
  [TOKEN, 'a pseudonym'],
  ['like', undefined],
  ['password_change', undefined],
  ['Trust & Safety', undefined],
  ['until 2027-06-30', undefined],
  ['2027-06-30 10:00', undefined],
  ['events per day, 99.5 %', undefined],
  ['version 1.2.3', undefined],
  ['internationalisation', undefined],
])('%s: %s', (text, expected) => {
  expect(tellingPart(text)).toBe(expected);
});
