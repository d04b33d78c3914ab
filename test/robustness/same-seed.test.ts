import { createHash } from 'node:crypto';
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

/** Everything a run says but how long it took and what the actors are called. */
const fingerprint = (result: unknown, withActors = false): string => {
  const { run, actors } = resultOf.parse(result);
  const { elapsedMs: _, groups, ...settings } = run;
  const rankOf = new Map(actors.map(({ actor, rank }) => [actor, rank]));
  const ranked = groups.map(({ members, ...group }) => ({ ...group, ranks: members.map((one) => rankOf.get(one)) }));
  const rows = actors.map(({ actor, ...rest }) => (withActors ? { actor, ...rest } : rest));
  return createHash('sha256')
    .update(JSON.stringify([settings, ranked, rows]))
    .digest('hex');
};

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
    const expected = fingerprint(first);
    expect(fingerprint(await viaLibrary(small, 3))).toBe(expected);
    expect(fingerprint(await viaCommandLine(small, '--threads', '2'))).toBe(expected);
  }, 120_000);

  test('a log that workers parse', async () => {
    const expected = fingerprint(await viaCommandLine(large, '--threads', '1'));
    for (const threads of ['2', '3'])
      expect(fingerprint(await viaCommandLine(large, '--threads', threads))).toBe(expected);
  }, 120_000);

  test('a table of entities', async () => {
    const { result } = await detectEntities(table, { seed: SEED, threads: 1 });
    const expected = fingerprint(result);
    expect(fingerprint((await detectEntities(table, { seed: SEED, threads: 3 })).result)).toBe(expected);
    expect(fingerprint(await viaCommandLine('--entities', table, '--threads', '2'))).toBe(expected);
  }, 120_000);

  test('a case that is kept: the same actors too, from the command line and from the library', async () => {
    const directory = join(shop.directory, 'case');
    const env = { XDG_CONFIG_HOME: join(shop.directory, 'configuration') };
    const import_ = await nightjar(
      ['detect', small, '--case', directory, '--seed', String(SEED), '--format', 'json', '--threads', '2'],
      { env },
    );
    expect(import_.code).toBe(0);
    const keyringPath = join(env.XDG_CONFIG_HOME, 'nightjar', 'keyring');
    const prints = new Set<string>();
    for (const threads of [1, 3]) {
      const opened = await openCase(directory, { keyringPath, threads });
      const result = await detectFiles(opened, { inputs: [], seed: SEED, threads });
      await opened.close();
      prints.add(fingerprint(result, true));
    }
    const again = await nightjar(['detect', '--case', directory, '--seed', String(SEED), '--format', 'json'], { env });
    prints.add(fingerprint(JSON.parse(again.out), true));
    expect(prints.size).toBe(1);
    const other = await nightjar(['detect', '--case', directory, '--seed', '12', '--format', 'json'], { env });
    expect(prints.has(fingerprint(JSON.parse(other.out), true))).toBe(false);
  }, 120_000);
});
