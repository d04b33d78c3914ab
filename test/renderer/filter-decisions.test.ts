import { describe, expect, it } from 'vitest';
import type { Decision } from '../../core/api/contract.ts';
import { filterDecisions } from '../../renderer/routes/decisions/filter-decisions.ts';

const decision = (actor: string, verdict: Decision['verdict'], kind: string | null, note: string | null): Decision => ({
  actor,
  verdict,
  kind,
  note,
  decidedAt: 0,
  rank: null,
});
const ALL = [
  decision('aaa', 'abuse', 'scraper', 'Fetched every page'),
  decision('bbb', 'benign', null, null),
  decision('ccc', 'abuse', 'spam', null),
];
const actorsOf = (filter: Parameters<typeof filterDecisions>[1]): string[] =>
  filterDecisions(ALL, filter).map(({ actor }) => actor);

describe('filterDecisions', () => {
  it.each([
    [{}, ['aaa', 'bbb', 'ccc']],
    [{ verdict: 'abuse' as const }, ['aaa', 'ccc']],
    [{ kind: 'spam' }, ['ccc']],
    [{ text: 'EVERY' }, ['aaa']],
    [{ text: 'bb' }, ['bbb']],
    [{ text: '  ' }, ['aaa', 'bbb', 'ccc']],
    [{ verdict: 'benign' as const, text: 'spam' }, []],
  ])('%j', (filter, actors) => {
    expect(actorsOf(filter)).toEqual(actors);
  });
});
