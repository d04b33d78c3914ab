import { describe, expect, test } from 'vitest';

import { NightjarError } from '../../../core/api/errors.ts';
import { parseRational } from '../../../core/math/rational.ts';
import { canonicalQuery, parseQuery } from '../../../core/release/index.ts';

const failureOf = (json: unknown): NightjarError => {
  try {
    parseQuery(json);
  } catch (error) {
    if (error instanceof NightjarError) return error;
    throw error;
  }
  throw new Error('It should have failed.');
};

const COUNTRIES = { column: 'country', keys: ['DE', 'FR'] };

test('reads a whole query', () => {
  expect(
    parseQuery({
      sum: 'amount',
      by: [
        COUNTRIES,
        { column: 'ts', every: 'day', from: '2025-03-01', to: '2025-03-03' },
        { column: 'amount', bins: [0, 10, 100] },
      ],
      where: { and: [{ column: 'action', '=': 'pay' }, { not: { column: 'outcome', in: ['failure', 'unknown'] } }] },
      bounds: { groupsPerActor: 3, rowsPerGroup: 2, value: [-1, '2.5'], step: 0.1 },
      level: 0.9,
    }),
  ).toEqual({
    source: 'events',
    measure: { kind: 'sum', column: 'amount' },
    by: [
      { kind: 'keys', column: 'country', keys: ['DE', 'FR'] },
      {
        kind: 'time',
        column: 'ts',
        every: 'day',
        fromUs: Date.UTC(2025, 2, 1) * 1000,
        toUs: Date.UTC(2025, 2, 3) * 1000,
      },
      { kind: 'bins', column: 'amount', edges: [0, 10, 100] },
    ],
    where: {
      and: [
        { column: 'action', op: '=', value: 'pay' },
        { not: { column: 'outcome', op: 'in', values: ['failure', 'unknown'] } },
      ],
    },
    bounds: {
      groupsPerActor: 3,
      rowsPerGroup: 2,
      grid: { step: parseRational('0.1'), lowCells: -10, highCells: 25 },
    },
    level: 0.9,
  });
});

describe('a missing bound is an error, never a default', () => {
  const by = [COUNTRIES];
  test.each([
    ['groups per actor', { count: 'events', by, bounds: { rowsPerGroup: 1 } }, 'bounds.groupsPerActor'],
    ['rows per group', { count: 'events', by, bounds: { groupsPerActor: 1 } }, 'bounds.rowsPerGroup'],
    ['no bounds at all', { count: 'events', by }, 'bounds.groupsPerActor'],
    ['rows, nothing grouped', { count: 'events' }, 'bounds.rowsPerGroup'],
    ['groups, actors counted', { count: 'actors', by }, 'bounds.groupsPerActor'],
    ['unknown keys', { count: 'actors', by: [{ column: 'action', keys: 'unknown' }] }, 'bounds.groupsPerActor'],
    ['value', { sum: 'amount', bounds: { rowsPerGroup: 1, step: 1 } }, 'bounds.value'],
    ['step', { mean: 'amount', bounds: { rowsPerGroup: 1, value: [0, 1] } }, 'bounds.step'],
    ['value of actors', { source: 'actors', variance: 'event_count' }, 'bounds.value'],
  ])('%s', (_, query, where) => {
    const error = failureOf(query);
    expect([error.code, error.where]).toEqual(['usage', `query: ${where}`]);
    expect(error.next).toContain('never guessed');
  });
});

test('a bound that the query allows once only is 1', () => {
  expect(parseQuery({ count: 'actors' }).bounds).toEqual({ groupsPerActor: 1, rowsPerGroup: 1, grid: undefined });
  expect(parseQuery({ source: 'actors', count: 'actors', by: [] }).bounds.groupsPerActor).toBe(1);
  expect(failureOf({ count: 'actors', bounds: { rowsPerGroup: 2 } }).where).toBe('query: bounds.rowsPerGroup');
});

const whole = { groupsPerActor: 1, rowsPerGroup: 1 };
test.each<[string, unknown, string]>([
  ['nothing measured', { bounds: whole }, 'measure'],
  ['two things measured', { count: 'events', sum: 'amount', bounds: whole }, 'measure'],
  ['an unheard-of part', { count: 'events', bounds: whole, epsilon: 1 }, 'as a whole'],
  ['four dimensions', { count: 'events', by: Array.from({ length: 4 }, () => COUNTRIES), bounds: whole }, 'by'],
  ['a column twice', { count: 'events', by: [COUNTRIES, COUNTRIES], bounds: whole }, 'by.1'],
  ['a key twice', { count: 'events', by: [{ column: 'c', keys: ['a', 'a'] }], bounds: whole }, 'by.0'],
  ['edges that fall', { count: 'events', by: [{ column: 'c', bins: [1, 0] }], bounds: whole }, 'by.0'],
  [
    'half a day',
    {
      count: 'events',
      by: [{ column: 'ts', every: 'day', from: '2025-03-01', to: '2025-03-01T12:00Z' }],
      bounds: whole,
    },
    'by.0',
  ],
  [
    'a day that is none',
    { count: 'events', by: [{ column: 'ts', every: 'day', from: '2025-02-30', to: '2025-03-30' }], bounds: whole },
    'by.0.from',
  ],
  [
    'half a group',
    { count: 'events', by: [COUNTRIES], bounds: { groupsPerActor: 0.5, rowsPerGroup: 1 } },
    'bounds.groupsPerActor',
  ],
  ['no rows', { count: 'events', bounds: { rowsPerGroup: 0 } }, 'bounds.rowsPerGroup'],
  ['bounds off the grid', { sum: 'a', bounds: { rowsPerGroup: 1, value: [0, 1], step: 0.3 } }, 'bounds.value'],
  ['bounds that fall', { sum: 'a', bounds: { rowsPerGroup: 1, value: [1, 0], step: 1 } }, 'bounds.value'],
  ['no step', { sum: 'a', bounds: { rowsPerGroup: 1, value: [0, 1], step: 0 } }, 'bounds.step'],
  ['too fine a grid', { sum: 'a', bounds: { rowsPerGroup: 1, value: [0, 1], step: '1e-13' } }, 'bounds.step'],
  ['values of a count', { count: 'events', bounds: { rowsPerGroup: 1, value: [0, 1], step: 1 } }, 'bounds'],
  [
    'two comparisons',
    { count: 'events', where: { column: 'a', '<': 1, '>': 0 }, bounds: { rowsPerGroup: 1 } },
    'where',
  ],
  ['mixed types', { count: 'events', where: { column: 'a', in: [1, 'b'] }, bounds: { rowsPerGroup: 1 } }, 'where'],
  ['events of actors', { source: 'actors', count: 'events' }, 'count'],
  ['probabilities of a sum', { sum: 'a', probabilities: [0.5], bounds: { rowsPerGroup: 1 } }, 'probabilities'],
  [
    'a probability of 1',
    { quantiles: 'a', probabilities: [0.5, 1], bounds: { rowsPerGroup: 1, value: [0, 1], step: 1 } },
    'probabilities',
  ],
])('refuses %s', (_, query, where) => {
  const error = failureOf(query);
  expect([error.code, error.where]).toEqual(['usage', `query: ${where}`]);
});

test('no error quotes a value of the query', () => {
  const secret = 'ana@example.org';
  for (const query of [
    { count: 'events', by: [{ column: 'c', keys: [secret, secret] }], bounds: whole },
    { count: 'events', where: { column: 'c', in: [1, secret] }, bounds: { rowsPerGroup: 1 } },
    { count: secret },
    { count: 'events', where: { column: 'ts', '=': secret }, bounds: { rowsPerGroup: 1 } },
  ]) {
    const { message, where, next } = failureOf(query);
    expect(`${message} ${where} ${next}`).not.toContain(secret);
  }
});

test('the canonical text does not depend on how a query was written', () => {
  const one = parseQuery({ sum: 'a', bounds: { value: [0, 1], step: 0.5, rowsPerGroup: 1 }, by: [] });
  const two = parseQuery({
    bounds: { rowsPerGroup: 1, step: '0.50', value: ['0', '1.0'] },
    source: 'events',
    sum: 'a',
  });
  expect(canonicalQuery(one)).toBe(canonicalQuery(two));
  const other = parseQuery({ sum: 'a', bounds: { value: [0, 1], step: 0.25, rowsPerGroup: 1 } });
  expect(canonicalQuery(other)).not.toBe(canonicalQuery(one));
});
