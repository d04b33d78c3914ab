import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { detectEntities } from '../../core/api/entities.ts';
import { openCase } from '../../core/index.ts';
import { clientOf, engineIn, readTable, refused, temporaryFolder } from './support.ts';

const folder = temporaryFolder();
const engine = engineIn(folder);
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const rankedBy = async (name: string, seed: number): Promise<string> => {
  const table = join(folder, 'table.csv');
  const rows = Array.from({ length: 60 }, (_, i) => `e${i},${i === 7 ? 900 : i % 9},${(i * 7) % 11}`);
  writeFileSync(table, `id,x,y\n${rows.join('\n')}\n`);
  const directory = join(folder, 'cases', name);
  const made = await openCase(directory, { keyringPath: join(folder, 'keyring'), create: 'if-missing' });
  await detectEntities(table, { into: made, threads: 1, explained: 1, seed, detectors: ['isolationForest', 'ecod'] });
  await made.close();
  return directory;
};

test('models that a run did not leave explain nobody of it', async () => {
  const [first, other] = [await rankedBy('One', 1), await rankedBy('Two', 2)];
  // As when a ranking ends between its models and its queue, or a backup is put back in part.
  cpSync(join(other, 'models', 'isolationForest.model'), join(first, 'models', 'isolationForest.model'));
  await engine.resume(first);
  const page = clientOf(engine);
  const sort = { by: 'rank', descending: false };
  const { column } = await readTable((await page.explore.queue({ filter: {}, sort, offset: 0, limit: 60 })).table);
  const actor = String(column('actor')[40]);
  expect(await refused(page.explore.actor({ actor }))).toMatchObject({
    code: 'case-damaged',
    message: 'A model is not the one that the run left.',
  });
});
