import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { compareRational, parseRational, rational, type Rational } from '../../../core/math/rational.ts';
import { l1Sensitivity, l2SensitivitySquared, odometer, spent } from '../../../core/release/accounting/index.ts';
import { countLeaves } from '../../../core/release/private-forest/count-leaves.ts';
import { growSplits } from '../../../core/release/private-forest/grow.ts';
import { parseForest, planPrivateForest } from '../../../core/release/private-forest/index.ts';
import { lossOfBudget } from '../../../core/release/release-file/index.ts';
import { FEATURES, rowsOf, SMALL } from './data.ts';

const value = fc.oneof(
  fc.double({ min: -50, max: 2000, noNaN: true }),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, 10, 1000),
);
/** Actors may have several rows, or none. */
const tables = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), value, value), { maxLength: 40 });

test('one actor more or less moves the counts by the claimed reach at most, whatever the data', () => {
  fc.assert(
    fc.property(
      tables,
      fc.integer({ min: 0, max: 9 }),
      fc.record({ trees: fc.integer({ min: 1, max: 5 }), depth: fc.integer({ min: 1, max: 5 }), seed: fc.nat() }),
      (rows, removed, chosen) => {
        const settings = parseForest({ forest: { features: FEATURES, ...chosen } });
        const splits = growSplits(settings);
        const whole = countLeaves(settings, splits, rowsOf(rows));
        const without = countLeaves(settings, splits, rowsOf(rows.filter(([actor]) => actor !== removed)));
        const moved = whole.map((count, i) => count - (without[i] ?? 0));
        const { reach } = planPrivateForest(settings, lossOfBudget('1', '0'));
        const most = Number(reach.sensitivity.numerator);
        expect(Math.max(...moved.map(Math.abs))).toBeLessThanOrEqual(most);
        expect(moved.filter((each) => each !== 0).length).toBeLessThanOrEqual(reach.coordinates);
        // The reach is met exactly: one leaf of each tree, in one direction.
        const isThere = rows.some(([actor]) => actor === removed);
        expect(moved.reduce((sum, each) => sum + each, 0)).toBe(isThere ? settings.trees : 0);
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  ['1', '0', { kind: 'discrete-laplace', scale: rational(6) }],
  ['0.5', '0', { kind: 'discrete-laplace', scale: rational(12) }],
  ['4', '0', { kind: 'discrete-laplace', scale: rational(3, 2) }],
])('ε %s, δ %s over six trees is this noise', (epsilon, delta, noise) => {
  const plan = planPrivateForest(SMALL, lossOfBudget(epsilon, delta));
  expect(plan.noise).toEqual(noise);
  expect(plan.events).toEqual([{ ...noise, coordinates: 6, sensitivity: rational(1) }]);
  expect(odometer(plan.events).epsilon).toEqual(parseRational(epsilon));
});

test('with δ and many trees Gaussian noise is narrower, and it costs no more than was asked', () => {
  const settings = parseForest({ forest: { features: FEATURES } });
  const plan = planPrivateForest(settings, lossOfBudget('1', '0.000001'));
  const [event] = plan.events;
  if (event?.kind !== 'discrete-gaussian') throw new Error('The noise is not Gaussian.');
  expect([l1Sensitivity(event), l2SensitivitySquared(event)]).toEqual([rational(200), rational(200)]);
  const least: Rational = spent(plan.events, parseRational('0.000001')).epsilon ?? rational(99);
  expect(compareRational(least, rational(1))).toBeLessThanOrEqual(0);
  // σ² of one tree alone would cost 200 times as much ρ.
  expect(compareRational(odometer(plan.events).rho, rational(1, 10))).toBe(-1);
});

test('few trees keep Laplace noise though there is a δ', () => {
  expect(planPrivateForest(SMALL, lossOfBudget('1', '0.000001')).noise.kind).toBe('discrete-laplace');
});
