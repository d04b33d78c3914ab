import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectionOf } from '../../../../core/rules/export/sigma/detection.ts';
import { sigmaText } from '../../../../core/rules/export/sigma/text-value.ts';
import { fields, filters } from '../arbitrary.ts';
import { meets } from '../meets.ts';
import { is, oneOf } from '../sample-rules.ts';
import { detects } from './read-detection.ts';

describe('texts of Sigma', () => {
  it.each([
    ['login', { kind: 'exact', value: 'login' }],
    ['', { kind: 'exact', value: '' }],
    ['C:\\x', { kind: 'exact', value: 'C:\\\\x' }],
    ['ends\\', { kind: 'exact', value: 'ends\\\\' }],
    ['a?b*', { kind: 'pattern', value: 'a?b?' }],
    ['a\\*', { kind: 'pattern', value: 'a\\\\?' }],
    ['404', { kind: 'number', digits: '404' }],
    ['-1', { kind: 'number', digits: '-1' }],
    ['123456789012345678', { kind: 'number', digits: '123456789012345678' }],
    ['4.5', { kind: 'exact', value: '4.5' }],
  ])('%j', (text, expected) => {
    expect(sigmaText(text)).toEqual(expected);
  });

  it.each(['007', '+4', '4_000', '٤', '1234567890123456789', 'a\tb', 'a\u0000'])('%j cannot be said', (text) => {
    expect(sigmaText(text).kind).toBe('impossible');
  });
});

const same = (column: string): string => column;

describe('detections', () => {
  it('puts what all must meet into one selection', () => {
    const filter = {
      all: [is('action', 'login'), oneOf('country', 'DE', 'NO'), { column: 'amount', op: '>', value: 2 } as const],
    };
    expect(detectionOf(filter, ['actor_id'], same)).toEqual({
      selection: { 'actor_id|exists': true, action: 'login', country: ['DE', 'NO'], 'amount|gt': 2 },
      condition: 'selection',
    });
  });

  it('does not let a missing value slip out of a negation', () => {
    expect(detectionOf({ not: is('country', 'DE') }, ['actor_id'], same)).toEqual({
      selection: { 'actor_id|exists': true },
      compare_1: { country: 'DE' },
      field_1: { 'country|exists': false },
      condition: 'selection and (not compare_1 or field_1)',
    });
  });

  it('keeps both of two comparisons of one column', () => {
    const filter = { all: [{ not: { not: is('action', 'a') } }, is('action', 'b')] };
    expect(detectionOf(filter, [], same)).toEqual({
      selection: { action: 'a' },
      compare_1: { action: 'b' },
      condition: 'selection and compare_1',
    });
  });

  it('says of every event what the filter says, whether or not a missing value is null', () => {
    fc.assert(
      fc.property(filters, fields, fc.boolean(), (filter, event, missingIsNull) => {
        const detection = detectionOf(filter, ['actor_id'], same);
        const expected = event['actor_id'] !== null && meets(filter, event);
        expect(detects(detection, event, { missingIsNull })).toBe(expected);
      }),
      { numRuns: 5000 },
    );
  });

  it('finds the text of a filter and no other, but for the signs that are wildcards', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\\', '*', '?', "'", '%', '_', 'Z', '0') }), (text) => {
        fc.pre(sigmaText(text).kind !== 'impossible');
        const detection = detectionOf(is('action', text), [], same);
        expect(detects(detection, { action: text }, { missingIsNull: true })).toBe(true);
        for (let i = 0; i < text.length; i++) {
          if (!'*?'.includes(text.charAt(i))) {
            const other = `${text.slice(0, i)}x${text.slice(i + 1)}`;
            expect(detects(detection, { action: other }, { missingIsNull: true })).toBe(false);
          }
        }
        expect(detects(detection, { action: `${text}x` }, { missingIsNull: true })).toBe(false);
      }),
    );
  });
});
