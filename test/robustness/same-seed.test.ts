import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
// The library as it is installed: the test runner's own loader would make each of these runs three times as long.
import { createTemporaryCase, detectEntities, detectFiles, openCase, type DetectResult } from 'nightjar';
import { writeSample } from '../../samples/index.ts';
import { nightjar, workshop } from './support.ts';
import { writeFileSync } from 'node:fs';

const shop = workshop();
afterAll(shop.remove);
const small = join(shop.directory, 'small.csv');
/** Beyond 8 MB, so that parsing workers start. */
const large = join(shop.directory, 'large.csv');
const table = join(shop.directory, 'table.csv');
const SEED = 11;

beforeAll(async () => {
  await writeSample({ events: 20_000, seed: 3, out: small, labels: `${small}.labels` });
  await writeSample({ events: 70_000, seed: 4, out: large, labels: `${large}.labels` });
  const rows = Array.from(
    { length: 1200 },
    (_, i) => `e${i},${(i * 7919) % 1009},${(i * i) % 97},${i % 13},${i === 7 ? 1e6 : i}`,
  );
  writeFileSync(table, `id,a,b,c,d\n${rows.join('\n')}\n`);
}, 120_000);

const resultOf = z.object({
  run: z.looseObject({ elapsedMs: z.number(), groups: z.array(z.looseObject({ members: z.array(z.string()) })) }),
  actors: z.array(z.looseObject({ actor: z.string(), rank: z.number() })),
});

/** Everything a run says but how long it took and what the actors are called, by the path to each value. */
const told = (result: unknown, withActors = false): ReadonlyMap<string, unknown> => {
  const { run, actors } = resultOf.parse(result);
  const { elapsedMs: _, groups, ...settings } = run;
  const rankOf = new Map(actors.map(({ actor, rank }) => [actor, rank]));
  const ranked = groups.map(({ members, ...group }) => ({ ...group, ranks: members.map((one) => rankOf.get(one)) }));
  const rows = actors.map(({ actor, ...rest }) => (withActors ? { actor, ...rest } : rest));
  const values = new Map<string, unknown>();
  const tell = (path: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) values.set(path, value);
    else for (const [key, inner] of Object.entries(value)) tell(`${path}/${key}`, inner);
  };
  tell('', JSON.parse(JSON.stringify({ settings, groups: ranked, actors: rows })));
  return values;
};

/** The first places where one result says something else than another. */
const differences = (one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): readonly string[] =>
  [...new Set([...one.keys(), ...other.keys()])]
    .filter((path) => !Object.is(one.get(path), other.get(path)))
    .map((path) => `${path}: ${String(one.get(path))}, ${String(other.get(path))}`)
    .slice(0, 20);

const viaCommandLine = async (...args: string[]): Promise<unknown> => {
  const ran = await nightjar(['detect', ...args, '--seed', String(SEED), '--format', 'json']);
  expect(ran.err).not.toContain('nightjar:');
  expect(ran.code).toBe(0);
  return JSON.parse(ran.out);
};

const viaLibrary = async (file: string, threads: number): Promise<DetectResult> => {
  const temporary = await createTemporaryCase({ threads });
  try {
    return await detectFiles(temporary, { inputs: [file], seed: SEED, threads });
  } finally {
    await temporary.close();
  }
};

describe('one seed, one answer, whatever the threads, the entry point and the key of the pseudonyms', () => {
  test('a log that one thread parses', async () => {
    const first = await viaLibrary(small, 1);
    expect(first.actors.length).toBeGreaterThan(500);
    expect(first.actors[0]?.reasons.length).toBeGreaterThan(0);
    const expected = told(first);
    expect(differences(expected, told(await viaLibrary(small, 3)))).toEqual([]);
    expect(differences(expected, told(await viaCommandLine(small, '--threads', '2')))).toEqual([]);
  }, 120_000);

  test('a log that workers parse', async () => {
    const expected = told(await viaLibrary(large, 1));
    expect(differences(expected, told(await viaLibrary(large, 3)))).toEqual([]);
    expect(differences(expected, told(await viaCommandLine(large, '--threads', '2')))).toEqual([]);
  }, 120_000);

  test('a table of entities', async () => {
    const { result } = await detectEntities(table, { seed: SEED, threads: 1 });
    const expected = told(result);
    const again = await detectEntities(table, { seed: SEED, threads: 3 });
    expect(differences(expected, told(again.result))).toEqual([]);
    expect(differences(expected, told(await viaCommandLine('--entities', table, '--threads', '2')))).toEqual([]);
  }, 120_000);

  test('a case that is kept: the same actors too, from the command line and from the library', async () => {
    const directory = join(shop.directory, 'case');
    const env = { XDG_CONFIG_HOME: join(shop.directory, 'configuration') };
    const detect = async (...args: string[]): Promise<ReadonlyMap<string, unknown>> => {
      const ran = await nightjar(['detect', ...args, '--case', directory, '--format', 'json'], { env });
      expect(ran.code).toBe(0);
      return told(JSON.parse(ran.out), true);
    };
    await detect(small, '--seed', String(SEED), '--threads', '2');
    const keyringPath = join(env.XDG_CONFIG_HOME, 'nightjar', 'keyring');
    const expected = await detect('--seed', String(SEED));
    for (const threads of [1, 3]) {
      const opened = await openCase(directory, { keyringPath, threads });
      const result = await detectFiles(opened, { inputs: [], seed: SEED, threads });
      await opened.close();
      expect(differences(expected, told(result, true))).toEqual([]);
    }
    expect(differences(expected, await detect('--seed', '12'))).not.toEqual([]);
  }, 120_000);
});
