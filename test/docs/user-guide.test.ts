import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { blocksOf, readDocument, ROOT } from './documents.ts';

const run = promisify(execFile);
const directory = mkdtempSync(join(tmpdir(), 'nightjar-guide-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const blocks = blocksOf('docs/user-guide.md');
const commands = blocks.filter((block) => block.info === 'sh').flatMap((block) => block.content.trim().split('\n'));

/** Files the guide shows are named after the fence. */
for (const { info, content } of blocks) {
  const name = /^\w+ ([\w.-]+)$/u.exec(info)?.[1];
  if (name !== undefined) writeFileSync(join(directory, name), content);
}

/** Words of a command line; double quotes hold several together. */
const wordsOf = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/gu)].map((match) => match[1] ?? match[2] ?? '');

/** Stands in for the TOKEN of the guide: somebody of the case, found by ranking it again. */
const firstActor = async (): Promise<string> => {
  const { stdout } = await nightjar(['detect', '--case', 'first', '--top', '1', '--format', 'json']);
  return /"actor":\s*"(\w+)"/u.exec(stdout)?.[1] ?? '';
};

/** Stands in for the REQUEST of the guide: the one that waits. */
const firstRequest = async (): Promise<string> => {
  const { stdout } = await nightjar(['release', 'requests', '--case', 'first', '--format', 'json']);
  return /"id":\s*"(\w+)"/u.exec(stdout)?.[1] ?? '';
};

const nightjar = (args: readonly string[]): Promise<{ stdout: string; stderr: string }> =>
  run(process.execPath, [join(ROOT, 'bin/nightjar.mjs'), ...args], {
    cwd: directory,
    maxBuffer: 1 << 28,
    env: { ...process.env, XDG_CONFIG_HOME: directory, APPDATA: directory, NIGHTJAR_PASSPHRASE: '' },
  });

const outputs = new Map<string, { stdout: string; stderr: string }>();

test('shows commands', () => {
  expect(commands.length).toBeGreaterThan(12);
  for (const command of commands) expect(command).toMatch(/^nightjar [a-z]+/u);
});

// One after the other: later ones work on what earlier ones left.
test.sequential.each(commands)('%s', async (command) => {
  const words = wordsOf(command).slice(1);
  const into = words.indexOf('>');
  const args = into < 0 ? words : words.slice(0, into);
  if (args.includes('TOKEN')) args[args.indexOf('TOKEN')] = await firstActor();
  if (args.includes('REQUEST')) args[args.indexOf('REQUEST')] = await firstRequest();
  const output = await nightjar(args);
  outputs.set(command, output);
  if (into >= 0) writeFileSync(join(directory, words[into + 1] ?? ''), output.stdout);
  expect(output.stdout.length).toBeGreaterThan(10);
});

const outputOf = (start: string): { stdout: string; stderr: string } => {
  const found = [...outputs].find(([command]) => command.startsWith(start));
  if (!found) throw new Error(`The guide no longer shows "${start}".`);
  return found[1];
};

test('the numbers the guide gives are right', () => {
  expect(readDocument('docs/user-guide.md')).toContain('Thirteen records are read, ten stored and three quarantined');
  expect(outputOf('nightjar detect broken.csv').stderr).toMatch(/13 records read, 10 stored, 3 quarantined/u);
  expect(outputOf('nightjar detect auth.log').stderr).toMatch(/7 records read, 6 stored, 1 quarantined/u);
  expect(outputOf('nightjar detect door.csv').stderr).toMatch(/9 records read, 9 stored, 0 quarantined/u);
});

test('the look behind the pseudonym gives an identifier of the log, and is journalled', () => {
  const { stdout } = outputOf('nightjar reidentify');
  const [column, value = ''] = stdout.trim().split('\t');
  expect(column).toBe('actor_id');
  expect(readFileSync(join(directory, 'platform.csv'), 'utf8')).toContain(value);
  expect(readFileSync(join(directory, 'first', 'journal.ndjson'), 'utf8')).toContain('Ticket 4711');
  expect(outputOf('nightjar journal verify').stdout).toMatch(/^The journal is whole/u);
});

test('the release of the guide is checked without its case, and its ledger paid for it', () => {
  expect(outputOf('nightjar release requests').stdout).toContain('monthly report');
  expect(JSON.parse(readFileSync(join(directory, 'failures.release.json'), 'utf8'))).toMatchObject({
    format: 'nightjar-release',
    release: { unitOfPrivacy: { unit: 'actor' } },
  });
  expect(outputOf('nightjar ledger verify').stdout).toMatch(/whole/u);
});

test('the odd row of the table with one row per actor ranks first', () => {
  expect(outputOf('nightjar detect --entities').stdout).toMatch(/posts.*typical/u);
  expect(outputOf('nightjar evaluate --entities').stdout).toMatch(/isolationForest {2}1\.000/u);
});
