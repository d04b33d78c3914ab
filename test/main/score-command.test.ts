import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { detectFiles } from '../../core/api/detect.ts';
import {
  approveForest,
  askForest,
  parseForestFile,
  scorePrivateForest,
  writeForestFile,
  type ForestFile,
} from '../../core/api/private-forest.ts';
import { forestOf, signForest } from '../../core/release/private-forest/index.ts';
import { leafOf } from '../../core/release/private-forest/leaf-of.ts';
import { score } from '../../main/cli/commands/score.ts';
import { FOREST, releaseSite } from '../api/release/support.ts';
import { runCommand } from './support/run-command.ts';

const QUEUE = z.object({
  run: z.object({ detectors: z.array(z.string()), features: z.array(z.string()), warnings: z.array(z.string()) }),
  actors: z.array(
    z.object({
      actor: z.string(),
      rank: z.number(),
      score: z.number(),
      percentile: z.number(),
      evidence: z.enum(['ok', 'insufficient']),
      detectors: z.record(z.string(), z.number()),
      reasons: z.array(z.object({ feature: z.string(), value: z.number().nullable(), sentence: z.string() })),
    }),
  ),
});

const place = mkdtempSync(join(tmpdir(), 'nightjar-score-'));
let site: Awaited<ReturnType<typeof releaseSite>>;
const forest = join(place, 'forest.json');
const table = join(place, 'partner.csv');
/** The partner's actors: all alike, but one that does fifty times as much. */
const ROWS = Array.from({ length: 60 }, (_, i) => [i === 17 ? 95 : 2 + (i % 3), i === 17 ? 4.5 : 0.5] as const);

/** The forest with the partner's own counts, so that what it says does not hang on chance. */
const withoutNoise = (made: ForestFile): Buffer => {
  const { splits } = forestOf(made);
  const columns = [0, 1].map((j) => Float64Array.from(ROWS, (row) => row[j] ?? Number.NaN));
  const { depth } = FOREST.forest;
  const trees = made.forest.trees.map((tree, t) => {
    const count = tree.count.map(() => 0);
    for (const row of ROWS.keys()) count[leafOf(splits, depth, t, columns, row)]! += 1; // a leaf of the tree
    return { ...tree, count };
  });
  return signForest({ ...made.forest, trees }, site.key);
};

const run = (...args: string[]) => runCommand(score, ['--threads', '1', ...args]);
const ranked = async (...args: string[]) => {
  const { code, out, err } = await run(...args, '--format', 'json');
  expect([code, err.includes('fingerprint')], err).toEqual([0, true]);
  return QUEUE.parse(JSON.parse(out));
};

beforeAll(async () => {
  vi.stubEnv('XDG_CONFIG_HOME', join(place, 'configuration'));
  site = await releaseSite({ epsilon: '8' }, place);
  const into = await site.open();
  await detectFiles(into, { inputs: [], threads: 1, explained: 0, detectors: ['isolationForest'] });
  const asked = await askForest(into, { forest: FOREST, epsilon: '8', purpose: 'for a partner' });
  if (asked.kind !== 'pending') throw new Error('It was answered already.');
  const made = parseForestFile((await approveForest(into, asked.request, site.key)).file.toString('utf8'));
  await into.close();
  writeForestFile(forest, withoutNoise(made));
  writeFileSync(
    table,
    `who,event_count,hour_entropy,other\n${ROWS.map(([n, h], i) => `p${i},${n},${h},1`).join('\n')}\n`,
  );
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true, force: true });
});

describe('nightjar score', () => {
  test('ranks a partner’s actors by the forest alone, with a percentile and reasons', async () => {
    const { run: said, actors } = await ranked('--forest', forest, '--entities', table, '--id', 'who');
    expect(said).toMatchObject({ detectors: ['privateForest'], features: ['event_count', 'hour_entropy'] });
    expect(actors).toHaveLength(60);
    const [first, second] = actors;
    expect(first?.reasons.map(({ feature }) => feature).toSorted()).toEqual(['event_count', 'hour_entropy']);
    expect(first?.reasons.find(({ feature }) => feature === 'event_count')?.value).toBe(95);
    expect(first?.percentile).toBeGreaterThan(second?.percentile ?? 100);
    // The order and the scores are those of the forest in the file.
    const scores = scorePrivateForest(parseForestFile(readFileSync(forest, 'utf8')), {
      rows: ROWS.length,
      columns: 2,
      names: ['event_count', 'hour_entropy'],
      values: Float32Array.from(ROWS.flat()),
    });
    expect(actors.map(({ detectors }) => detectors['privateForest'])).toEqual([...scores].toSorted((a, b) => b - a));
  });

  test('ranks the actors of a case, of which it keeps nothing', async () => {
    const at = ['--forest', forest, '--case', site.directory];
    const { actors } = await ranked(...at);
    expect(actors).toHaveLength(40);
    const again = await ranked(...at);
    expect(again).toEqual({ run: again.run, actors });
    const into = await site.open();
    const tables = await into.connection.runAndReadAll(
      "SELECT count(*)::INT FROM duckdb_tables() WHERE table_name = 'features'",
    );
    const runs = await into.connection.runAndReadAll('SELECT count(*)::INT FROM runs');
    expect([tables.getRows(), runs.getRows()]).toEqual([[[0]], [[1]]]);
    await into.close();
  });

  test('says whose forest it is, and prints it for people too', async () => {
    const { code, out, err } = await run('--forest', forest, '--entities', table, '--id', 'who', '--top', '1');
    expect(code).toBe(0);
    expect(out).toMatch(/rank actor .* privateForest\n +1 \S+/u);
    expect(out).toContain('event_count: 95; typical is 3');
    expect(err).toContain(`fingerprint ${site.key.fingerprint}.`);
  });

  test.each([
    ['a forest that was changed', () => ['--forest', changed(), '--entities', table], 'The forest is not used'],
    ['no forest', () => ['--forest', table, '--entities', table], 'no file of a private forest'],
    ['nothing to score', () => ['--forest', forest], 'Name what is to be scored.'],
    ['two things to score', () => ['--forest', forest, table, '--entities', table], 'one of them'],
    ['a table without a feature', () => ['--forest', forest, '--entities', lacking()], 'does not give a feature'],
    ['a feature that is text', () => ['--forest', forest, '--entities', spoken()], 'holds no numbers here'],
    ['no --forest', () => ['--entities', table], '--forest is missing'],
  ])('refuses %s', async (_, args, says) => {
    const { code, out, err } = await run(...args());
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(says);
  });

  const changed = (): string => {
    const path = join(place, 'changed.json');
    writeFileSync(
      path,
      readFileSync(forest, 'utf8').replace(/"count":\[(-?\d+)/u, (_, count) => `"count":[${Number(count) + 1}`),
    );
    return path;
  };
  test('passes on what reading said, and names a feature that is known of nobody', async () => {
    const path = join(place, 'gaps.csv');
    const rows = ROWS.map(([n], i) => `${i % 20 === 0 ? '' : `p${i}`},${n},,${i % 30 === 7 ? 'x' : i}`);
    writeFileSync(path, `who,event_count,hour_entropy,other\n${rows.join('\n')}\n`);
    const { run: said } = await ranked('--forest', forest, '--entities', path, '--id', 'who');
    expect(said.warnings).toEqual([
      '3 of 60 records went to quarantine: who: no actor (3).',
      '2 values of "other" are no numbers and count as missing.',
      '"hour_entropy" is not known of any actor: the forest takes it for lower than all others.',
    ]);
  });

  const spoken = (): string => {
    const path = join(place, 'spoken.csv');
    writeFileSync(
      path,
      `who,event_count,hour_entropy\n${ROWS.map(([, h], i) => `p${i},${i % 3 ? 'few' : 'many'},${h}`).join('\n')}\n`,
    );
    return path;
  };
  const lacking = (): string => {
    const path = join(place, 'lacking.csv');
    writeFileSync(path, `who,event_count\n${ROWS.map(([n], i) => `p${i},${n}`).join('\n')}\n`);
    return path;
  };
});
