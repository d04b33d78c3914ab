import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { nightjar, workshop } from './support.ts';

const shop = workshop();
afterAll(shop.remove);
const table = join(shop.directory, 'table.csv');
const RESULT = z.object({
  run: z.object({ backend: z.string() }),
  actors: z.array(z.object({ actor: z.string() })),
});

beforeAll(() => {
  const rows = Array.from(
    { length: 200 },
    (_, i) => `e${i},${(i * 31) % 97},${(i * 31) % 97},${i === 7 ? 900 : i % 5}`,
  );
  writeFileSync(table, `id,a,b,c\n${rows.join('\n')}\n`);
});

// Each finds files of its own at run time, which a bundle does not see.
test.each(['simd', 'wasm', 'cpu'])('the command line trains on %s', async (backend) => {
  const args = [
    '--entities',
    table,
    '--id',
    'id',
    '--detectors',
    'autoencoder',
    '--backend',
    backend,
    '--seed',
    '1',
    '--format',
    'json',
  ];
  const { code, out, err } = await nightjar(['detect', ...args]);
  expect(code, err).toBe(0);
  const { run, actors } = RESULT.parse(JSON.parse(out));
  expect(run.backend).toBe(backend);
  expect(actors).toHaveLength(200);
});
