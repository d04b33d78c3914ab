import { describe, expect, test } from 'vitest';
import { previewRelease } from '../../../core/api/privacy/preview.ts';
import { releasedBefore } from '../../../core/api/privacy/released-before.ts';
import { solveForWidth } from '../../../core/api/privacy/solve.ts';
import { ledgerReader, type LedgerState } from '../../../core/api/release/ledger-state.ts';
import { ledgerState } from '../../../core/api/release/ledger-acts.ts';
import { approveRelease, askRelease } from '../../../core/api/release/index.ts';
import { parseQuery } from '../../../core/release/index.ts';
import type { JsonValue } from '../../../core/release/keys/index.ts';
import { folder } from '../release/folder.ts';
import { releaseSite } from '../release/support.ts';

const EMPTY: LedgerState = ledgerReader('0'.repeat(32)).state;
const KEYS = { column: 'country', keys: ['DE', 'FR', 'IT'] };
const GRID = { value: [0, 100], step: 1 };

const plan = (query: JsonValue, epsilon = '0.5', groupSize?: number, delta = '0') =>
  previewRelease({ query, epsilon, delta }, EMPTY, () => ({ groupSize }));

const partOf = (of: ReturnType<typeof plan>, cause: RegExp) => of.error.find((each) => cause.test(each.cause));

describe('what is told before a release', () => {
  test('of a count of actors: its width by hand, its groups, and what is not known', () => {
    const told = plan({ count: 'actors', by: [KEYS], bounds: { groupsPerActor: 2 } });
    // Laplace of scale 2 / 0.5 = 4: P(|X| > 11) = 2 e^(-12/4) / (1 + e^(-1/4)) = 0.056, P(|X| > 12) = 0.044.
    expect(told).toMatchObject({ halfWidth: 12, unit: 'actors', groups: 3, keys: ['country'], threshold: null });
    expect(told.preview).toEqual([['DE'], ['FR'], ['IT']]);
    expect(told.cost).toMatchObject({ epsilon: '0.5', delta: '0' });
    expect(told.budget).toMatchObject({ limit: null, fits: false });
    // E|X| = 1 / sinh(1 / 4)
    expect(partOf(told, /noise/iu)?.part).toMatchObject({ known: true, basis: 'public', to: 1 / Math.sinh(0.25) });
    expect(partOf(told, /left out/u)?.part).toEqual({
      known: false,
      needs: 'a released histogram of groups per actor',
    });
    expect(told.error).toHaveLength(2);
  });

  test('more ε narrows the curve, point by point, through the width that is told', () => {
    const { curve, halfWidth } = plan({ count: 'actors', by: [KEYS], bounds: { groupsPerActor: 2 } }, '1');
    expect(curve).toHaveLength(31);
    expect(curve.map((point) => point.halfWidth)).toEqual(curve.map((point) => point.halfWidth).sort((a, b) => b - a));
    expect(curve.find(({ epsilon }) => epsilon === 1)?.halfWidth).toBe(halfWidth);
  });

  test('an actor who counts once has nothing to leave out', () => {
    const told = plan({ count: 'actors' });
    expect(partOf(told, /left out/u)?.part).toMatchObject({ known: true, to: 0 });
    expect(told).toMatchObject({ groups: 1, keys: [], preview: [[]] });
  });

  test('a mean has a width only for a size that is assumed, in the unit of its column', () => {
    const query = { mean: 'amount', by: [KEYS], bounds: { groupsPerActor: 1, rowsPerGroup: 1, ...GRID } };
    expect(plan(query)).toMatchObject({ halfWidth: null, curve: [], unit: 'of amount' });
    const [small, large] = [plan(query, '1', 100), plan(query, '1', 10_000)];
    expect(small.halfWidth).toBeGreaterThan(10 * (large.halfWidth ?? Number.NaN));
    expect(partOf(large, /noise/iu)?.part).toMatchObject({ known: true, basis: 'assumed' });
    expect(partOf(large, /cut off/u)?.part).toEqual({ known: false, needs: 'a released histogram of the values' });
  });

  test('totals stand before the groups they are of, and are counted among them', () => {
    const told = plan({
      count: 'events',
      by: [{ ...KEYS, totals: ['all'] }],
      bounds: { groupsPerActor: 1, rowsPerGroup: 1 },
    });
    expect(told.preview).toEqual([['all'], ['DE'], ['FR'], ['IT']]);
    expect(told.groups).toBe(4);
    const days = { column: 'ts', every: 'day', from: '2024-01-01', to: '2024-01-03', totals: ['all'] };
    expect(plan({ count: 'events', by: [days], bounds: { groupsPerActor: 1, rowsPerGroup: 1 } }).preview).toEqual([
      ['all'],
      ['2024-01-01T00:00:00Z'],
      ['2024-01-02T00:00:00Z'],
    ]);
  });

  test.each([
    ['findBounds', { findBounds: 'amount', beyond: 5, bounds: { rowsPerGroup: 3, ...GRID } }, 'values in each bin'],
    ['findContributions', { findContributions: 'rows', beyond: 5, bounds: { rowsPerGroup: 64 } }, 'actors in each bin'],
  ])('%s has noise on its bins, and no width of one number', (_, query, unit) => {
    const told = plan(query);
    expect(told).toMatchObject({ unit, halfWidth: null, curve: [] });
    expect(told.statistics).toMatchObject([{ name: 'bins' }]);
  });

  test('unknown keys are not named; whether a group is shown is told for the size assumed', () => {
    const query = { count: 'actors', by: [{ column: 'country', keys: 'unknown' }], bounds: { groupsPerActor: 1 } };
    const told = plan(query, '1', 40, '0.000001');
    expect(told).toMatchObject({ groups: null, preview: [] });
    expect(told.threshold).toBeGreaterThan(0);
    // bound 14 at δ = 1e-6: a group of 40 is never lost, one of 1 always
    expect(partOf(told, /not shown/u)?.part).toMatchObject({ known: true, to: expect.closeTo(0, 6) });
    expect(partOf(plan(query, '1', 1, '0.000001'), /not shown/u)?.part).toMatchObject({ to: expect.closeTo(1, 3) });
  });

  test('a bound that is missing is an error, never a default', () => {
    expect(() => plan({ count: 'events', by: [KEYS], bounds: { groupsPerActor: 1 } })).toThrow('rowsPerGroup');
  });
});

describe('an accuracy, solved for ε', () => {
  const query = { count: 'actors', by: [KEYS], bounds: { groupsPerActor: 2 } };

  test('is the smallest that a plan of the same query keeps', () => {
    const solved = solveForWidth({ query, delta: '0', within: 50, groupSize: 1000 });
    expect(solved).toMatchObject({ unit: 'actors', halfWidth: 50 });
    expect(plan(query, solved.epsilon).halfWidth).toBe(50);
    // By the tail 2 q^51 / (1 + q) ≤ 0.05, q = e^(-ε/2).
    const q = Math.exp(-Number(solved.epsilon) / 2);
    expect((2 * q ** 51) / (1 + q)).toBeLessThanOrEqual(0.05);
    const less = Math.exp(-(Number(solved.epsilon) - 2e-6) / 2);
    expect((2 * less ** 51) / (1 + less)).toBeGreaterThan(0.05);
  });

  test('is refused where no ε gives it, or the measure has no width', () => {
    const mean = { mean: 'amount', bounds: { rowsPerGroup: 1, ...GRID } };
    expect(() => solveForWidth({ query: mean, delta: '0', within: 1e-9, groupSize: 10 })).toThrow(
      'No epsilon up to 100',
    );
    const top = { top: 3, of: 'actors', by: [{ column: 'country', keys: 'unknown' }], bounds: { groupsPerActor: 1 } };
    expect(() => solveForWidth({ query: top, delta: '0.000001', within: 5, groupSize: 10 })).toThrow();
  });
});

describe('numbers that were released before', () => {
  const search = { findContributions: 'rows', beyond: 2, bounds: { rowsPerGroup: 64 } };
  const count = (rowsPerGroup: number, where?: JsonValue): JsonValue => ({
    count: 'events',
    bounds: { rowsPerGroup },
    ...(where === undefined ? {} : { where }),
  });

  test('tell what bounds leave out, for the same rows only; nothing else of the case is told', async () => {
    const { open, key } = await releaseSite({ epsilon: '200' }, folder());
    const from = await open();
    const told = (query: JsonValue) =>
      previewRelease({ query, epsilon: '1', delta: '0' }, ledgerState(from), (of) => releasedBefore(from, of.query));
    const leftOut = (query: JsonValue) => told(query).error.find(({ cause }) => /left out/u.test(cause))?.part;
    const before = told(count(2));
    expect(leftOut(count(2))).toMatchObject({ known: false });

    const asked = await askRelease(from, { query: search, epsilon: '100', purpose: 'bounds' });
    if (asked.kind !== 'pending') throw new Error('It was answered already.');
    expect(leftOut(count(2))).toMatchObject({ known: false }); // asked is not released
    await approveRelease(from, asked.request, key);
    // 40 people of 4 rows, in a bin of 4…7: 2…5 rows beyond a bound of 2 each; at ε = 100 the noise is 0 nearly surely
    expect(leftOut(count(2))).toEqual({ known: true, from: 80, to: 200, basis: 'released' });
    expect(leftOut(count(7))).toMatchObject({ known: true, to: 0 });
    expect(leftOut(count(2, { column: 'country', '=': 'DE' }))).toMatchObject({ known: false });
    // What is not about that search stays as it was before it.
    const after = told(count(2));
    expect({ ...after, error: [], budget: null }).toEqual({ ...before, error: [], budget: null });
    await from.close();
  });

  test('a search over other values is none for these', async () => {
    const { open } = await releaseSite({ epsilon: '1' }, folder());
    const from = await open();
    const sum = parseQuery({ sum: 'amount', bounds: { rowsPerGroup: 1, ...GRID } });
    expect(releasedBefore(from, sum)).toEqual({});
    await from.close();
  });
});
