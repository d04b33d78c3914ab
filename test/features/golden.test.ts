import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { buildFeatures, featureDictionary } from '../../core/features/index.ts';
import { connect, readFeatures, typeOf, type Values } from './events.ts';

const golden = (name: string): string => fileURLToPath(new URL(`../golden/${name}`, import.meta.url));

/** Not in the pandas script: means like text_length_mean, and what tables by hand cover. */
const NOT_COMPARED = ['text_links_mean', 'text_digits_mean', 'b_NAME_ratio'];

test('all features of 2,000 generated events equal those of a pandas script to 1e-9', async () => {
  const connection = await connect();
  const columns = readFileSync(golden('features-events.csv'), 'utf8').split('\n', 1)[0]?.split(',') ?? [];
  const cast = columns.map((column) => `CAST(${column} AS ${typeOf(column)}) AS ${column}`).join(', ');
  await connection.run(
    `CREATE TABLE events AS SELECT ${cast} FROM read_csv('${golden('features-events.csv')}', all_varchar = true)`,
  );
  await buildFeatures(connection, { available: new Set(columns) });
  const values = await readFeatures(connection);
  const expected: Values = JSON.parse(readFileSync(golden('features.json'), 'utf8')).actors;

  expect(Object.keys(values)).toEqual(Object.keys(expected));
  const compared = new Set(Object.values(expected).flatMap((row) => Object.keys(row)));
  const all = featureDictionary().map(({ name }) =>
    name.replace('m_NAME', 'm_load').replace('c_NAME', 'c_plan').replace('share_name', 'share_do_0'),
  );
  expect(all.filter((name) => !compared.has(name))).toEqual(NOT_COMPARED);
  const wrong: string[] = [];
  for (const [actor, row] of Object.entries(expected)) {
    for (const [name, x] of Object.entries(row)) {
      const ours = values[actor]?.[name];
      const close =
        typeof ours === 'number' && x !== null ? Math.abs(ours - x) <= 1e-9 * Math.max(1, Math.abs(x)) : ours === x;
      if (!close) wrong.push(`${actor} ${name}: ${String(ours)}, expected ${String(x)}`);
    }
  }
  expect(wrong).toEqual([]);
  connection.closeSync();
});
