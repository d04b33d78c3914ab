import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { detectEntities } from '../../core/api/entities.ts';

const folder = mkdtempSync(join(tmpdir(), 'nightjar-entities-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('names every column that cannot tell entities apart, also where the warning names only the first', async () => {
  const same = Array.from({ length: 30 }, (_, j) => `same_${j}`);
  const rows = Array.from({ length: 50 }, (_, i) => [(i * 37) % 50, ...same.map(() => 1)].join(','));
  const path = join(folder, 'table.csv');
  writeFileSync(path, [['x', ...same].join(','), ...rows].join('\n'));
  const { run } = (await detectEntities(path, { detectors: ['isolationForest'] })).result;
  expect(run.features).toEqual(['x']);
  expect(run.dropped.map(({ name }) => name)).toEqual(same);
  expect(run.warnings.join('\n')).toContain('same_19 and 10 more.');
});
