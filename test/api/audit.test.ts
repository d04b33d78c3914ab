import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { auditRelease } from '../../core/api/audit.ts';
import { productPath } from '../../core/api/audit/product-path.ts';
import { createNoiseSource } from '../../core/random/noise-source.ts';
import { auditPath } from '../../core/release/audit/index.ts';
import { parseRelease, lossOfBudget } from '../../core/release/release-file/index.ts';
import { audit } from '../../main/cli/commands/audit.ts';
import type { Terminal } from '../../main/cli/terminal.ts';
import { seededSecureRandom } from '../release/support/seeded-secure-random.ts';
import { folder } from './release/folder.ts';
import { releaseSite } from './release/support.ts';

const COUNT = {
  count: 'events',
  by: [{ column: 'country', keys: ['DE', 'FR', 'IT'] }],
  bounds: { groupsPerActor: 1, rowsPerGroup: 1 },
};

describe('the product’s own path, text of the signed file included', () => {
  const audited = (path: Parameters<typeof auditPath>[2]) =>
    auditPath(COUNT, lossOfBudget('1', '0'), path, {
      runs: 1200,
      canaries: 3000,
      confidence: 0.95,
      source: createNoiseSource(seededSecureRandom('product')),
    });

  test('at a claimed ε of 1 the bound stays at or below 1, and reaches 0.7 on the worst pair and in one run', async () => {
    const found = await audited(productPath('1', '0', seededSecureRandom('honest')));
    expect(found.lowerBound).toBeLessThanOrEqual(1);
    expect(found.pairs.find(({ name }) => name === 'at the bounds')?.lowerBound).toBeGreaterThanOrEqual(0.7);
    expect(found.oneRun?.lowerBound).toBeGreaterThanOrEqual(0.7);
  });

  test('with noise cut by 30 % it exceeds 1, both ways', async () => {
    const found = await audited(productPath('10/7', '0', seededSecureRandom('cut')));
    expect(found.pairs.find(({ name }) => name === 'at the bounds')?.lowerBound).toBeGreaterThan(1);
    expect(found.oneRun?.lowerBound).toBeGreaterThan(1);
  });

  test('is a whole release file', async () => {
    const rows = { actor: new Uint32Array(0), actors: 0, keys: [{ codes: new Int32Array(0), levels: [] }] };
    const text = await productPath('1', '0', seededSecureRandom(0))(COUNT, { ...rows, value: undefined });
    expect(parseRelease(text).release.columns[0]?.value).toHaveLength(3);
  });
});

test('without a query: from imported log files on, with real randomness', async () => {
  // Confidence 1 − 1e-6 for each query: so rarely is an honest path refuted here.
  const settings = { runs: 40, canaries: 6000, confidence: 1 - 1e-6 };
  const report = await auditRelease(undefined, { epsilon: '1', ...settings });
  expect(report.audits.map(({ from }) => from)).toEqual(['import', 'import']);
  expect(report.exceeds).toBe(false);
  // One run, 6,000 canaries: about 0.8 is expected; 0.5 is more than five deviations below.
  expect(report.audits[0]?.lowerBound).toBeGreaterThan(0.5);
  expect(report.statements.join(' ')).toContain('no budget was spent');
});

test('of a case no row is read, its ledger and journal are not written, and a forbidden column is refused', async () => {
  const { directory, open } = await releaseSite({ epsilon: '4' }, folder());
  const opened = await open();
  const records = (): string[] =>
    ['ledger.ndjson', 'journal.ndjson'].map((name) => readFileSync(join(directory, name), 'utf8'));
  try {
    const before = records();
    const report = await auditRelease(opened, { epsilon: '1', runs: 30, canaries: 100, query: COUNT });
    expect(records()).toEqual(before);
    expect(report.audits[0]?.from).toBe('columns');
    expect(JSON.stringify(report)).not.toContain('example.org');
    const forbidden = { ...COUNT, by: [{ column: 'actor_id', keys: ['a'] }] };
    const refused = auditRelease(opened, { epsilon: '1', runs: 30, query: forbidden });
    await expect(refused).rejects.toMatchObject({ code: 'usage', where: 'actor_id' });
  } finally {
    await opened.close();
  }
});

describe('the command', () => {
  const run = async (values: Record<string, string>): Promise<{ code: number; out: string }> => {
    let out = '';
    const terminal: Terminal = {
      out: (text) => (out += text),
      note: () => undefined,
      columns: 100,
      env: {},
      watch: {},
    };
    return { code: await audit.run(values, [], terminal), out };
  };

  test('table and JSON', async () => {
    const query = join(folder(), 'query.json');
    writeFileSync(query, JSON.stringify(COUNT));
    const table = await run({ query, epsilon: '1', runs: '20', confidence: '0.999999' });
    expect(table.code).toBe(0);
    expect(table.out).toContain('claimed epsilon 1; proven at');
    expect(table.out).toContain('one run, many canaries');
    const json = await run({ query, epsilon: '1', runs: '20', confidence: '0.999999', format: 'json' });
    expect(JSON.parse(json.out)).toMatchObject({ audits: [{ query: COUNT, from: 'columns', exceeds: false }] });
    expect(json.out).toContain('"curve":[{"threshold"');
  });

  test.each([
    [{}],
    [{ epsilon: '0', runs: '20' }],
    [{ epsilon: '1', runs: '3' }],
    [{ epsilon: '1', confidence: '95' }],
    [{ epsilon: '1', delta: '1' }],
  ])('%o is refused', async (values: Record<string, string>) => {
    await expect(run(values)).rejects.toMatchObject({ code: 'usage' });
  });
});
