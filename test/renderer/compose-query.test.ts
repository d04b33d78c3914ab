import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../core/release/index.ts';
import { parseForest } from '../../core/release/private-forest/index.ts';
import {
  assumedSize,
  boundsGroups,
  boundsRows,
  readsValue,
  stillMissing,
} from '../../renderer/routes/privacy/compose-needs.ts';
import { composedQuery } from '../../renderer/routes/privacy/compose-query.ts';
import { NEW_KEY, NOTHING_COMPOSED, type Composed } from '../../renderer/routes/privacy/composed.ts';

const form = (part: Partial<Composed>): Composed => ({ ...NOTHING_COMPOSED, ...part });
const country = { ...NEW_KEY, column: 'country', text: 'DE\n FR , PL\n\n' };
const days = { ...NEW_KEY, column: 'ts', how: 'time', from: '2026-01-01', to: '2026-01-08' } as const;
const values = { low: '0', high: ' 100 ', step: '0.5' };

describe('a composed query', () => {
  it('is that of the command line, with nothing that was left empty', () => {
    expect(composedQuery(NOTHING_COMPOSED)).toEqual({ count: 'actors', bounds: {}, level: 0.95 });
    expect(composedQuery(form({ of: 'events', keys: [country], groupsPerActor: '2' }))).toEqual({
      count: 'events',
      by: [{ column: 'country', keys: ['DE', 'FR', 'PL'] }],
      bounds: { groupsPerActor: 2 },
      level: 0.95,
    });
  });

  it('keeps values as they were written: their grid is exact', () => {
    const { bounds } = composedQuery(form({ measure: 'sum', column: 'amount', rowsPerGroup: '3', ...values }));
    expect(bounds).toEqual({ rowsPerGroup: 3, value: ['0', '100'], step: '0.5' });
  });

  it('joins several conditions, by numbers where the column is one', () => {
    const text = { column: 'action', op: 'in', value: 'view, open', isNumber: false } as const;
    const number = { column: 'amount', op: '>=', value: '5', isNumber: true } as const;
    const empty = { column: '', op: '=', value: 'x', isNumber: false } as const;
    expect(composedQuery(form({ filters: [text, empty] }))['where']).toEqual({
      column: 'action',
      in: ['view', 'open'],
    });
    expect(composedQuery(form({ filters: [text, number] }))['where']).toEqual({
      and: [
        { column: 'action', in: ['view', 'open'] },
        { column: 'amount', '>=': 5 },
      ],
    });
  });

  it('asks for a total only where there can be one', () => {
    const keys = [{ ...country, hasTotal: true }];
    expect(composedQuery(form({ keys }))['by']).toEqual([
      { column: 'country', keys: ['DE', 'FR', 'PL'], totals: ['all'] },
    ]);
    expect(composedQuery(form({ keys: [...keys, days] }))['by']).toMatchObject([
      { column: 'country' },
      { every: 'day' },
    ]);
    expect(JSON.stringify(composedQuery(form({ keys, measure: 'mean', column: 'amount' })))).not.toContain('totals');
  });

  const groups = { keys: [country], groupsPerActor: '2', rowsPerGroup: '5' };
  it.each<[string, Partial<Composed>]>([
    ['a count of actors', groups],
    ['a count of events with a total', { ...groups, of: 'events', keys: [{ ...country, hasTotal: true }] }],
    ['a sum over days', { ...groups, ...values, measure: 'sum', column: 'amount', keys: [days] }],
    ['a mean', { ...groups, ...values, measure: 'mean', column: 'amount' }],
    ['quantiles', { ...groups, ...values, measure: 'quantiles', column: 'amount' }],
    ['quantiles alone', { ...groups, ...values, measure: 'quantiles', column: 'amount', hasIntervals: false }],
    ['top groups', { ...groups, measure: 'top', keys: [{ ...country, how: 'unknown' }] }],
    ['bounds of a column', { ...values, rowsPerGroup: '5', measure: 'findBounds', column: 'amount' }],
    ['rows per actor', { rowsPerGroup: '500', measure: 'findContributions' }],
    [
      'bins of the actors table',
      { source: 'actors', keys: [{ ...country, column: 'event_count', how: 'bins', text: '0, 10' }] },
    ],
  ])('%s is read by the engine as it stands', (_, part) => {
    expect(stillMissing(form(part))).toBeNull();
    expect(() => parseQuery(composedQuery(form(part)))).not.toThrow();
  });

  it('asks for intervals of quantiles unless they are not wanted', () => {
    const of = { measure: 'quantiles', column: 'amount' } as const;
    expect(composedQuery(form(of))).toMatchObject({ quantiles: 'amount', intervals: true });
    expect(composedQuery(form({ ...of, hasIntervals: false }))).not.toHaveProperty('intervals');
  });

  it('is that of a private forest, read by the engine as it stands', () => {
    const features = ' event_count: 0, 10, 100\n\nshare:of views : 0, 0.5 , 1\n';
    const forest = form({ measure: 'forest', features, trees: '50', depth: '4' });
    expect(stillMissing(forest)).toBeNull();
    expect(composedQuery(forest)).toEqual({
      forest: {
        features: [
          { name: 'event_count', bounds: [0, 10, 100] },
          { name: 'share:of views', bounds: [0, 0.5, 1] },
        ],
        trees: 50,
        depth: 4,
      },
    });
    expect(parseForest(composedQuery(forest))).toMatchObject({ trees: 50, depth: 4, seed: 1 });
    expect(stillMissing(form({ measure: 'forest' }))).toMatch(/^Write the features of the forest/u);
    // What cannot be read is refused by name, never left out.
    const broken = composedQuery(form({ measure: 'forest', features: 'event_count', depth: 'deep' }));
    expect(() => parseForest(broken)).toThrow();
    expect(broken).toMatchObject({ forest: { features: [{ name: 'event_count', bounds: [] }], depth: 'deep' } });
  });

  it('leaves out what is no number, so that the engine names what is missing', () => {
    const broken = form({ keys: [country], groupsPerActor: 'two' });
    expect(composedQuery(broken)['bounds']).toEqual({ groupsPerActor: 'two' });
    expect(() => parseQuery(composedQuery(broken))).toThrow();
    expect(composedQuery(form({ level: 'high' }))).not.toHaveProperty('level');
  });
});

describe('what is still missing', () => {
  it('is said in the order of the form, a key by its place', () => {
    expect(stillMissing(NOTHING_COMPOSED)).toBeNull();
    expect(stillMissing(form({ measure: 'mean' }))).toBe('Choose the column that is measured.');
    expect(stillMissing(form({ keys: [country, NEW_KEY] }))).toBe('Choose the column of key 2.');
    expect(stillMissing(form({ keys: [{ ...country, text: ' ' }] }))).toMatch(/^Write the groups of key 1/u);
    expect(stillMissing(form({ keys: [{ ...days, to: '' }] }))).toMatch(/^Write the groups of key 1/u);
    expect(stillMissing(form({ keys: [{ ...country, how: 'unknown', text: '' }] }))).toBeNull();
  });
});

describe('which bounds a query needs', () => {
  it.each<[Partial<Composed>, readonly [boolean, boolean, boolean]]>([
    [{}, [false, false, false]],
    [{ of: 'events' }, [false, true, false]],
    [{ keys: [country] }, [true, false, false]],
    [{ measure: 'sum', keys: [country] }, [true, true, true]],
    [{ measure: 'findBounds' }, [false, true, true]],
    [{ measure: 'findContributions' }, [false, true, false]],
    [{ source: 'actors', measure: 'sum', keys: [country] }, [false, false, true]],
  ])('%j', (part, expected) => {
    const of = form(part);
    expect([boundsGroups(of), boundsRows(of), readsValue(of)]).toEqual(expected);
  });

  it('takes a size of groups as a whole number only', () => {
    expect(['1000', ' 7', '0', '1e3', '2.5', ''].map((groupSize) => assumedSize(form({ groupSize })))).toEqual([
      1000,
      7,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
