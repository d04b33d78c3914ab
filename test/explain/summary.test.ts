import { describe, expect, it } from 'vitest';
import { changeSentence } from '../../core/explain/change-sentence.ts';
import { clauseOf } from '../../core/explain/clause.ts';
import { reasonSentence } from '../../core/explain/sentence.ts';
import { peerColumn, placeOf } from '../../core/explain/peers.ts';
import { summarySentence } from '../../core/explain/summary.ts';
import { featureDictionary } from '../../core/features/index.ts';

const column = (values: readonly number[], levels = 0) =>
  peerColumn(Float64Array.from(values), [...values.keys()], levels);
const nan = Number.NaN;

const textOf = (name: string, unit: string, value: number, peers: readonly number[], levels = 0): string | undefined =>
  clauseOf({ name, sentence: name, unit }, value, column(peers, levels), placeOf(column(peers, levels), value, true))
    ?.text;

describe('clauseOf', () => {
  it.each([
    ['event_count', 'events', 812, [18, 20, 22], 'causes 41 times as many events as its peers'],
    ['event_count', 'events', 45, [18, 20, 22], 'causes 2.3 times as many events as its peers'],
    ['event_count', 'events', 30, [18, 20, 22], 'causes 30 events (typical: 20)'],
    ['event_count', 'events', 1, [18, 20, 22], 'causes only 1 event (typical: 20)'],
    ['event_count', 'events', 0, [18, 20, 22], 'causes no events (typical: 20)'],
    ['event_count', 'events', 20.5, [18, 20, 22], undefined],
    ['event_count', 'events', nan, [18, 20, 22], undefined],
    ['event_count', 'events', 4, [], undefined],
    ['ip_count', 'addresses', 57, [1, 3, 3], 'comes from 57 addresses (typical: 3)'],
    ['failure_share', 'share', 0.8, [0.02, 0.03, 0.04], 'fails in 80 % of its attempts (typical: 3 %)'],
    ['failure_share', 'share', 0.01, [0.2, 0.3, 0.4], 'fails in only 1 % of its attempts (typical: 30 %)'],
    ['failure_share', 'share', 0, [0.2, 0.3, 0.4], 'fails in none of its attempts (typical: 30 %)'],
    ['failure_streak', 'events', 31, [1, 2, 3], 'fails 31 times in a row (typical: 2)'],
    ['gap_median_s', 'seconds', 0.4, [200, 240, 300], 'typically pauses for only 400 ms (typical: 4 minutes)'],
    ['gap_burstiness', 'index', -0.9, [0.1, 0.2, 0.3], 'acts at more regular intervals than its peers'],
    ['amount_max', 'amount', 9000, [20, 30, 40], 'moves up to 300 times as much as its peers at once'],
    ['action_share_login', 'share', 0.9, [0.1, 0.2, 0.3], 'spends 90 % of its events on login (typical: 20 %)'],
    ['c_plan_rarity', 'bits', 9, [1, 1, 2], 'has a plan that hardly anybody else has'],
    ['V14', '', 812, [30, 40, 50], 'has an unusually high V14 of 812 (typical: 40)'],
    ['V14', '', -3.25, [30, 40, 50], 'has an unusually low V14 of -3.25 (typical: 40)'],
  ])('of %s in %s: %d among %j', (name, unit, value, peers, expected) => {
    expect(textOf(name, unit, value, peers)).toBe(expected);
  });

  it('says how many share a category, never which', () => {
    const peers = [...Array.from({ length: 99 }, () => 7), 3];
    expect(textOf('plan', '', 3, peers, 9)).toBe('has a plan that nobody else has');
    expect(textOf('plan', '', 3, [...peers, 3], 9)).toBe('has a plan that only 1 % of its peers have');
    expect(textOf('plan', '', 7, peers, 9)).toBe(undefined);
  });

  it('has its own words for every feature of the catalogue, filled in at every level', () => {
    for (const { name, unit } of featureDictionary()) {
      if (name.includes('NAME')) continue;
      for (const [value, peers] of [
        [0.99, [0.1, 0.2, 0.3]],
        [0.01, [0.5, 0.6, 0.7]],
        [0, [0.5, 0.6, 0.7]],
        [900, [10, 20, 30]],
      ] as const) {
        const text = textOf(name, unit, value, peers) ?? '';
        expect(text).toMatch(/^(typically )?[a-z]+s /u);
        expect(text).not.toMatch(/[{}]|unusually|NaN|undefined|only 0 (?!s)|only no |only none/u);
      }
    }
  });
});

describe('summarySentence', () => {
  const clause = (topic: string, text: string) => ({ topic, text });
  const [one, two, three, four] = ['a', 'b', 'c', 'd'].map((topic) => clause(topic, `does ${topic}`));
  const all = [one, two, three, four].flatMap((each) => each ?? []);
  const company = (others: number, basis: 'features' | 'events', isStrongest: boolean) => ({
    others,
    basis,
    isStrongest,
  });
  it.each([
    [all.slice(0, 1), undefined, 'Does a.'],
    [all.slice(0, 2), undefined, 'Does a and does b.'],
    [[...all.slice(0, 1), clause('a', 'says it again'), ...all.slice(1)], undefined, 'Does a, does b and does c.'],
    [all, company(11, 'features', false), 'Does a, does b, does c and acts like 11 others.'],
    [all, company(11, 'features', true), 'Acts like 11 others, does a and does b.'],
    [all, company(7, 'events', true), 'Does the same at the same times as 7 others, does a and does b.'],
    [[], company(1, 'features', false), 'Acts like 1 other.'],
    [[], undefined, 'Combines common values in an uncommon way: events, failed attempts and V14.'],
  ])('of %j in company %j', (clauses, others, expected) => {
    expect(summarySentence(clauses, ['event_count', 'failure_share', 'V14', 'V15'], others)).toBe(expected);
  });

  it('says so where nothing stands out', () => {
    expect(summarySentence([], [])).toBe('Does not stand out.');
    expect(summarySentence([], ['V14'])).toBe('Stands out by V14.');
  });
});

describe('changeSentence', () => {
  const change = (feature: string, unit: string, from: number | null, to: number, isCategory = false) => ({
    feature,
    from,
    to,
    isCategory,
    words: { name: feature, sentence: feature, unit },
  });

  it('says what would do, in units', () => {
    expect(changeSentence([change('event_count', 'events', 812, 40)])).toBe(
      'Would look ordinary with 40 events instead of 812.',
    );
    expect(
      changeSentence([
        change('ip_count', 'addresses', 57, 1),
        change('failure_share', 'share', 0.8, 0.031),
        change('gap_median_s', 'seconds', null, 245.5),
        change('plan', '', 3, 1, true),
      ]),
    ).toBe(
      'Would look ordinary with 1 address instead of 57, failed attempts at about 3.1 % instead of 80 %, typical pause at about 4.09 minutes instead of a value that is not known and the most common plan.',
    );
  });
});

describe('a long changeSentence', () => {
  it('names three changes and counts the others', () => {
    const one = { feature: 'V1', from: 9, to: 2, isCategory: false, words: { name: 'V1', sentence: 'V1', unit: '' } };
    expect(changeSentence([one, one, one, one])).not.toContain('more');
    expect(changeSentence([one, one, one, one, one])).toBe(
      'Would look ordinary with V1 at 2 instead of 9, V1 at 2 instead of 9, V1 at 2 instead of 9 and 2 more features at ordinary values.',
    );
  });
});

describe('reasonSentence', () => {
  const words = { name: 'objects', sentence: 'Objects touched.', unit: 'objects' };
  const peers = column([10, 20, 30, 40, 50]);

  it('says what the other features let one expect, where the value is common by itself', () => {
    expect(reasonSentence(words, 30, peers, placeOf(peers, 30, true), 12.345)).toBe(
      'Objects touched: 30 objects; typical is 30 objects (common by itself, but about 12 objects would be expected given the rest).',
    );
    expect(reasonSentence(words, 99, peers, placeOf(peers, 99, false), 12.345)).toContain('(the highest of 6 actors)');
  });

  it('says of a category how many share it', () => {
    const levels = column([4, 4, 4, 2, 1], 6);
    expect(reasonSentence(words, 2, levels, placeOf(levels, 2, true))).toBe(
      'Objects touched: shared by none of 4 actors (one of 6 levels).',
    );
    expect(reasonSentence(words, 4, levels, placeOf(levels, 4, true))).toBe(
      'Objects touched: shared by 50 % of 4 actors (one of 6 levels).',
    );
  });
});
