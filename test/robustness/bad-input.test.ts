import { chmodSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { badInputDocument } from './bad-input-document.ts';
import { SECRETS, type BadInput } from './bad-input.ts';
import { BAD_INPUTS } from './bad-inputs.ts';
import { runBadInput } from './run-bad-input.ts';
import { workshop } from './support.ts';

const shop = workshop();
afterAll(shop.remove);

const matches = (line: string, expected: string): boolean => {
  const parts = expected.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'u').test(line);
};

const holds = async (row: BadInput, skip: (why: string) => void): Promise<void> => {
  const directory = mkdtempSync(join(shop.directory, 'row-'));
  chmodSync(directory, 0o755);
  const run = await runBadInput(row, directory);
  if (run === undefined) return skip('this machine cannot make this input');
  const { ran, said, kept } = run;
  const same = said.length === row.says.length && said.every((line, i) => matches(line, row.says[i] ?? ''));
  expect(same ? row.says : said).toEqual(row.says);
  expect(ran.code).toBe(row.exit);
  const [read = 0, stored = 0, quarantined = 0] = row.kept ?? [];
  expect(read).toBe(stored + quarantined);
  expect(kept).toMatchObject({ events: stored, quarantine: quarantined, read, stored, quarantined });
  for (const secret of SECRETS) expect(ran.err + ran.out).not.toContain(secret);
  expect(ran.err).not.toMatch(/^\s+at /mu);
  if (row.exit === 0) expect(() => void JSON.parse(ran.out)).not.toThrow();
  else expect(ran.out).toBe('');
};

for (const [group, rows] of BAD_INPUTS) {
  describe(group, () => {
    for (const row of rows) test.concurrent(row.name, ({ skip }) => holds(row, skip));
  });
}

test('docs/bad-input.md is current', async () => {
  await expect(badInputDocument()).toMatchFileSnapshot('../../docs/bad-input.md');
});
