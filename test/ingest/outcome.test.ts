import { expect, test } from 'vitest';
import { normaliseOutcome, outcomeWarnings } from '../../core/ingest/outcome.ts';

test.each([
  ['granted', 'success'],
  ['302', 'success'],
  ['yes', 'success'],
  ['Ja', 'success'],
  ['Failed', 'failure'],
  ['denied', 'failure'],
  ['no', 'failure'],
  ['nein', 'failure'],
  ['northern', 'unknown'],
  ['shipped', 'unknown'],
  ['', 'unknown'],
])('outcome of "%s"', (text, outcome) => expect(normaliseOutcome(text)).toBe(outcome));

test('a field of outcomes is warned about where a tenth of it is not understood, and no value is named', () => {
  const [warning, ...others] = outcomeWarnings('result', [...Array.from({ length: 9 }, () => 'ok'), 'zurückgestellt']);
  expect(others).toEqual([]);
  expect(warning).toMatch(/^10 % of the sampled "result" say neither .* \(--map c_result=result\)\.$/u);
  expect(warning).not.toContain('zurück');
});

test('what says nothing, and a stray value, is no reason to warn', () => {
  expect(outcomeWarnings('result', ['ok', 'failed', '', '-', 'NULL', 'unknown', 'n/a'])).toEqual([]);
  expect(outcomeWarnings('result', [...Array.from({ length: 99 }, () => 'ok'), 'odd'])).toEqual([]);
  expect(outcomeWarnings('result', [])).toEqual([]);
});
