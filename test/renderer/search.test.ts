import { defaultParseSearch, defaultStringifySearch } from '@tanstack/react-router';
import { describe, expect, it } from 'vitest';
import { decisionsSearch, importSearch } from '../../renderer/routes/search.ts';

const there = (search: Record<string, unknown>): Record<string, unknown> =>
  defaultParseSearch(defaultStringifySearch(search));

describe('what the address of Import holds', () => {
  it('comes back whole after a reload', () => {
    const search = {
      grants: ['g-1', 'g_2'],
      file: 1,
      options: {
        map: [{ column: 'actor_id', fields: ['who & "what"?', '#1'] }],
        policy: { 'a=b': { kind: 'drop' as const } },
        timeZone: '+02:00',
      },
    };
    expect(importSearch.parse(there(search))).toEqual(search);
  });

  it('is left out where it makes no sense, and the rest stays', () => {
    const parsed = importSearch.parse({
      grants: 7,
      options: { year: 'x' },
      job: 'j1',
      file: -1,
      next: 'https://elsewhere',
    });
    expect(parsed).toEqual({ job: 'j1' });
  });
});

describe('what the address of Decisions holds', () => {
  it('comes back whole after a reload', () => {
    const search = {
      verdict: 'abuse' as const,
      kind: 'a "b" & c',
      text: '#50%',
      sort: { by: 'rank', descending: false },
    };
    expect(decisionsSearch.parse(there(search))).toEqual(search);
  });

  it('is left out where it makes no sense', () => {
    expect(decisionsSearch.parse({ verdict: 'guilty', kind: 3, text: 'x' })).toEqual({ text: 'x' });
  });
});
