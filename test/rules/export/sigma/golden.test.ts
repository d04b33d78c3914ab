import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type SigmaGolden, sigmaSample } from '../../../golden/rules-sigma.ts';
import { SIGMA_RULES } from '../sample-rules.ts';

const golden = JSON.parse(
  readFileSync(new URL('../../../golden/rules-sigma.json', import.meta.url), 'utf8'),
) as SigmaGolden;

describe('pySigma’s SQLite backend, as it ran over these documents and records', () => {
  it.each(SIGMA_RULES)('finds of $id what our engine finds', (rule) => {
    const kept = golden.rules[rule.id];
    const { fixtures, sha256 } = sigmaSample(rule);
    // Another document or other records were never run: see test/golden/rules-sigma.ts.
    expect(sha256).toBe(kept?.sha256);
    expect(fixtures.hits.map(({ group, at }) => [group, at])).toEqual(kept?.hits);
  });
});
