import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseTimestamp } from '../../../core/ingest/time/index.ts';

type Golden = {
  readonly iso: readonly (readonly [string, number])[];
  readonly rfc2822: readonly (readonly [string, number])[];
  readonly local: readonly (readonly [string, string, number])[];
};
const golden: Golden = JSON.parse(readFileSync(new URL('../../golden/ingest-time.json', import.meta.url), 'utf8'));

describe('against CPython (test/golden/ingest-time.py)', () => {
  test('ISO stamps of the years 1700 to 2250', () => {
    for (const [text, micros] of golden.iso) {
      expect([text, parseTimestamp(text, { kind: 'iso', zone: 'UTC' })]).toEqual([text, micros]);
    }
  });

  test('mail dates', () => {
    for (const [text, micros] of golden.rfc2822) {
      expect([text, parseTimestamp(text, { kind: 'rfc2822', zone: 'UTC' })]).toEqual([text, micros]);
    }
  });

  test('wall clocks in ten zones, around their clock changes too', () => {
    expect(golden.local.length).toBeGreaterThan(500);
    for (const [zone, text, micros] of golden.local) {
      expect([zone, text, parseTimestamp(text, { kind: 'iso', zone })]).toEqual([zone, text, micros]);
    }
  });
});
