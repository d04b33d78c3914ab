import { expect, test } from 'vitest';

import { NightjarError } from '../../../core/api/errors.ts';
import { FOREST_DEFAULTS, forestJson, isForestJson, parseForest } from '../../../core/release/private-forest/index.ts';
import { FEATURES } from './data.ts';

const events = (bounds: unknown) => ({ forest: { features: [{ name: 'events', bounds }] } });

test.each([
  ['no bounds', { forest: { features: [{ name: 'events' }] } }],
  ['one bound only', events([1])],
  ['no bound at all', events([])],
  ['bounds that do not ascend', events([1, 0])],
  ['equal bounds', events([1, 1])],
  ['marks that do not ascend', events([0, 5, 5, 9])],
  ['a bound that is text', events(['0', '1'])],
  ['a span beyond all numbers', events([-1e308, 1e308])],
  ['no features', { forest: { features: [] } }],
  ['a feature twice', { forest: { features: [...FEATURES, ...FEATURES] } }],
  ['no trees', { forest: { features: FEATURES, trees: 0 } }],
  ['half a tree', { forest: { features: FEATURES, trees: 1.5 } }],
  ['a depth that fills the memory', { forest: { features: FEATURES, depth: 13 } }],
  ['too many leaves', { forest: { features: FEATURES, trees: 10_000, depth: 12 } }],
  ['something unknown', { forest: { features: FEATURES, epsilon: 1 } }],
  ['a query', { count: 'events' }],
  ['nothing', null],
])('%s is refused, and never made up', (_, json) => {
  const refused = expect(() => parseForest(json));
  refused.toThrow(NightjarError);
  refused.toThrow(expect.objectContaining({ code: 'usage', next: expect.any(String) }));
});

test('what is left out is a public constant, and written out in the settings', () => {
  const settings = parseForest({ forest: { features: FEATURES } });
  expect(settings).toEqual({ features: FEATURES, ...FOREST_DEFAULTS });
  expect(forestJson(settings)).toEqual({ forest: { features: FEATURES, trees: 200, depth: 5, seed: 1 } });
  expect(parseForest(forestJson(settings))).toEqual(settings);
});

test('a request for a forest is known by its one member, also a bad one', () => {
  expect([{ forest: 3 }, { count: 'events' }, null, 'forest', ['forest']].map(isForestJson)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});
