import { expect, test } from 'vitest';
import { saysSearched, sayableIn } from '../../../core/api/rules/sayable.ts';
import { EXPORTERS } from '../../../core/rules/export/index.ts';
import { exporterOf } from '../../../core/api/rules/targets.ts';

test.each(EXPORTERS.map((exporter) => exporter.name).filter((name) => name.startsWith('sql:')))(
  '%s says features, every count, and several of them at once',
  (name) => {
    expect(sayableIn(name)).toEqual({ features: true, counts: ['count', 'distinct', 'sum'] });
  },
);

/** And a rule of one count sees nothing but what it counts. */
const ONE = { mostConditions: 1, ofCounted: true };

test('Sigma says one count a rule and no features, and the systems behind it no sums', () => {
  expect(sayableIn('sigma')).toEqual({ features: false, counts: ['count', 'distinct', 'sum'], ...ONE });
  for (const name of ['sigma:splunk', 'sigma:esql']) {
    expect(sayableIn(name), name).toEqual({ features: false, counts: ['count', 'distinct'], ...ONE });
  }
});

test('Osprey, which looks at one action at a time, says none of them', () => {
  expect(saysSearched(exporterOf('osprey'))).toBe(false);
  expect(() => sayableIn('osprey')).toThrow(/cannot run the rules that a search makes/u);
});
