import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { ABUSIVE, HARMLESS, PEOPLE, writeLabels, writePeople } from '../feedback/table.ts';
import { detect } from '../../main/cli/commands/detect.ts';
import { evaluate } from '../../main/cli/commands/evaluate.ts';
import { label } from '../../main/cli/commands/label.ts';
import { rerank } from '../../main/cli/commands/rerank.ts';
import { runCommand } from './support/run-command.ts';

const COMMANDS = { detect, evaluate, label, rerank };
const folder = mkdtempSync(join(tmpdir(), 'nightjar-commands-'));
const directory = join(folder, 'case');

const run = (name: keyof typeof COMMANDS, ...args: string[]) =>
  runCommand(COMMANDS[name], [...args, '--case', directory, '--threads', '1']);

const document = z.object({
  run: z.object({ labels: z.record(z.string(), z.number()) }),
  actors: z.array(z.object({ rank: z.number(), rankBefore: z.number(), verdict: z.string().nullable() })),
});

beforeAll(async () => {
  vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'config'));
  const people = writePeople(folder);
  const ranked = await run(
    'detect',
    '--entities',
    people,
    '--id',
    'id',
    '--detectors',
    'isolationForest',
    '--top',
    '1',
  );
  expect(ranked.code).toBe(0);
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('labels are stored, ranked by, shown beside the ranking, and taken back', async () => {
  const labels = writeLabels(folder, [
    ...ABUSIVE.slice(0, 3).map((name) => [name, '1'] as const),
    ...HARMLESS.slice(0, 3).map((name) => [name, '0'] as const),
    ['nobody@example.org', '1'],
  ]);
  const labelled = await run('label', '--labels', labels);
  expect(labelled).toMatchObject({
    code: 0,
    out:
      '7 rows read: 6 verdicts stored, 0 were there already.\n1 names are not in the ranking and were left out.\n' +
      'The case now holds 3 abuse, 3 benign, 0 unsure.\n',
  });

  const json = await run('rerank', '--format', 'json');
  expect(json.code).toBe(0);
  const { run: how, actors } = document.parse(JSON.parse(json.out));
  expect(how.labels).toEqual({ abuse: 3, benign: 3, unsure: 0, used: 6 });
  expect(actors).toHaveLength(PEOPLE.length);
  expect(actors.filter(({ verdict }) => verdict !== null)).toHaveLength(6);
  const table = await run('rerank', '--top', '8');
  expect(table.out.split('\n')[0]).toMatch(/^ {1,}rank {2}before actor/u);
  expect(table.out).toContain('Resembles');
  expect(table.out).toContain(`… and ${PEOPLE.length - 8} more (--top N)`);
  expect(table.err).toContain('ranked by 3 abuse and 3 benign verdicts');
  const csv = await run('rerank', '--format', 'csv', '--top', '2');
  expect(csv.out.split('\n')[0]).toBe('rank,rank_before,actor,verdict,score,percentile,p_value,evidence,events,why');
  for (const { out, err } of [json, table, csv]) expect(out + err).not.toContain('@example.org');

  const truth = writeLabels(
    folder,
    PEOPLE.map((name) => [name, ABUSIVE.includes(name) ? '1' : '0'] as const),
  );
  const evaluated = await run('evaluate', '--labels', truth);
  expect(evaluated.out).toContain('left out because the re-ranking was told about them: 6');
  expect(evaluated.out).toMatch(/^feedback +\d/mu);

  for (let i = 0; i < 3; i++) expect((await run('rerank', '--undo')).code).toBe(0);
  expect(await run('rerank', '--undo')).toMatchObject({ code: 1, err: 'There is no re-ranking to take away.\n' });
  const undone = await run('label', '--undo');
  expect(undone.out).toBe('Taken back: import 6 decisions. The case now holds 0 abuse, 0 benign, 0 unsure.\n');
  expect(await run('label', '--undo')).toMatchObject({ code: 1, err: 'There is no verdict to take back.\n' });
  expect(readFileSync(join(directory, 'journal.ndjson'), 'utf8')).not.toContain('@example.org');
});

test('wrong usage ends with 2 and says what to do', async () => {
  const nothing = await run('rerank');
  expect(nothing.code).toBe(2);
  expect(nothing.err).toContain('nightjar label --case DIR --labels FILE');
  expect(await run('label')).toMatchObject({ code: 2, err: expect.stringContaining('--labels is missing') });
  expect(await run('label', '--undo', '--labels', 'x')).toMatchObject({ code: 2 });
  expect(await run('label', 'x.csv')).toMatchObject({ code: 2, err: expect.stringContaining('Give --labels FILE') });
  expect(await run('rerank', '--format', 'xml')).toMatchObject({ code: 2 });
});
