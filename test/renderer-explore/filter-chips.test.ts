// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { filterChips } from '../../renderer/routes/explore/filter-chips.tsx';
import { exploreSearch, filterOf, NO_FILTER } from '../../renderer/routes/explore/search.ts';

const DAY = 86_400_000;
const MONDAY = Date.UTC(2026, 2, 2);
const feature = { name: 'failure_streak', label: 'failures in a row', sentence: '', unit: 'events' };
const run = { id: 'this', features: [feature] };
const everything = exploreSearch.parse({
  from: MONDAY,
  to: MONDAY + 2 * DAY,
  scoreFrom: 1.5,
  scoreTo: 3,
  evidence: 'insufficient',
  verdicts: ['none', 'abuse'],
  reasons: ['failure_streak'],
  actions: ['login', 'view'],
  find: 'zeu',
  group: 0,
  groupRun: 'this',
  rate: 0.05,
});

describe('filter chips', () => {
  it('says every part of the filter in words', () => {
    expect(filterChips(everything, run).map((chip) => chip.text)).toEqual([
      'pseudonym has “zeu”',
      'active 2 Mar – 3 Mar',
      'score ≥ 1.50',
      'score ≤ 3.00',
      'not enough events to rank',
      'at most 5 % ordinary',
      'twins of group 1',
      'undecided',
      'abuse',
      'because of failures in a row',
      'did login',
      'did view',
    ]);
  });

  it('each takes its own part away and no other; together they take all', () => {
    const chips = filterChips(everything, run);
    for (const chip of chips) {
      const left = filterChips({ ...everything, ...chip.without }, run).map((other) => other.key);
      expect(left).toEqual(chips.map((other) => other.key).filter((key) => key !== chip.key));
    }
    expect(filterOf({ ...everything, ...NO_FILTER })).toEqual({});
    expect(filterChips(exploreSearch.parse({}), run)).toEqual([]);
  });

  it('a group of an earlier run is said to be one', () => {
    const chips = filterChips(exploreSearch.parse({ group: 3, groupRun: 'before' }), run);
    expect(chips.map(({ text }) => text)).toEqual(['twins of group 4 of an earlier run']);
  });
});
