import { describe, expect, it } from 'vitest';
import { exploreSearch, filterOf, sortOf, toggled, withoutScores } from '../../renderer/routes/explore/search.ts';

describe('the address of the explore screen', () => {
  it('gives back all that narrows the queue', () => {
    const search = exploreSearch.parse({
      from: 1,
      to: 2,
      scoreFrom: 0.5,
      evidence: 'ok',
      verdicts: ['none', 'abuse'],
      reasons: ['event_count'],
      actions: ['login'],
      find: 'abc',
      group: 0,
      rate: 0.1,
      view: 'groups',
      twins: 3,
      target: 10,
      actor: 'x',
      row: 40,
    });
    expect(filterOf(search)).toEqual({
      from: 1,
      to: 2,
      scoreFrom: 0.5,
      evidence: 'ok',
      verdicts: ['none', 'abuse'],
      reasons: ['event_count'],
      actions: ['login'],
      search: 'abc',
      group: 0,
      falseDiscoveryRate: 0.1,
    });
    expect(withoutScores(filterOf(search))).not.toHaveProperty('scoreFrom');
    expect(withoutScores(filterOf(search))).not.toHaveProperty('falseDiscoveryRate');
    expect(search.row).toBe(40);
  });

  it('leaves out what it does not understand, and keeps the rest', () => {
    const search = exploreSearch.parse({
      from: 'yesterday',
      verdicts: ['guilty'],
      row: -3,
      find: 'a'.repeat(65),
      reasons: [],
      panels: { side: 900 },
      group: -1,
      rate: 0,
      view: 'map',
      target: 99,
      to: 7,
      other: 1,
    });
    expect(filterOf(search)).toEqual({ to: 7 });
    expect(search).not.toHaveProperty('other');
    expect(search.row).toBeUndefined();
    expect(search.panels).toBeUndefined();
  });

  it('sorts by rank unless it says otherwise, the most first', () => {
    expect(sortOf(exploreSearch.parse({}))).toEqual({ by: 'rank', descending: false });
    expect(sortOf(exploreSearch.parse({ sort: 'events' }))).toEqual({ by: 'events', descending: true });
    expect(sortOf(exploreSearch.parse({ sort: 'events', ascending: true }))).toEqual({
      by: 'events',
      descending: false,
    });
    expect(sortOf(exploreSearch.parse({ sort: 'feedback' }))).toEqual({
      by: 'feedback',
      descending: false,
    });
  });

  it('puts an item in, takes it out, and leaves nothing behind', () => {
    expect(toggled(undefined, 'a')).toEqual(['a']);
    expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
    expect(toggled(['a'], 'a')).toBeUndefined();
  });
});
