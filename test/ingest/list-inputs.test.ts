import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { NightjarError } from '../../core/api/errors.ts';
import { listInputs, safeName } from '../../core/ingest/list-inputs.ts';

const root = mkdtempSync(join(tmpdir(), 'nightjar-list-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const at = (...parts: string[]): string => join(root, ...parts);
mkdirSync(at('logs', 'deep'), { recursive: true });
mkdirSync(at('empty'));
for (const name of ['logs/b.csv', 'logs/a.csv', 'logs/deep/c.csv', 'logs/.hidden', 'single.log'])
  writeFileSync(at(name), 'x');
symlinkSync(at('single.log'), at('logs', 'link.log'));
symlinkSync(at('gone'), at('logs', 'gone.log'));
symlinkSync(at('logs'), at('logs', 'circle'));

const failure = (paths: readonly string[]): string => {
  try {
    listInputs(paths);
  } catch (error) {
    if (error instanceof NightjarError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'none';
};

describe('inputs', () => {
  test('folders are opened, by name; links to files are followed; hidden files and links to folders are not', () => {
    expect(listInputs([at('logs')]).map(({ name, dataset }) => `${dataset}/${name}`)).toEqual([
      'logs/a.csv',
      'logs/b.csv',
      'logs/c.csv',
      'logs/link.log',
    ]);
  });

  test('a file named twice is read once, where it first stands', () => {
    const listed = listInputs([at('logs', 'b.csv'), at('logs')]).map(({ name }) => name);
    expect(listed).toEqual(['b.csv', 'a.csv', 'c.csv', 'link.log']);
    expect(listInputs([at('single.log')])).toEqual([
      { path: at('single.log'), name: 'single.log', dataset: 'single', bytes: 1 },
    ]);
  });

  test.each([
    ['missing', 'input: There is no such file.'],
    ['empty', 'input: The folder holds no files.'],
    ['logs/gone.log', 'input: There is no such file.'],
    ['single.log/inside', 'input: There is no such file.'],
  ])('%s', (name, message) => expect(failure([at(name)])).toBe(message));
});

test.each([
  ['platform.csv.gz', 'platform'],
  ['access.log', 'access'],
  ['kim@mail.example.csv', 'input-3'],
  ['kim@mail.example', 'input-3'],
  ['kim@host.log', 'input-3'],
  ['203.0.113.7.log', 'input-3'],
  ['+49 30 1234567.csv', 'input-3'],
])('the name %s is stored as %s', (name, stored) => expect(safeName(name, 2)).toBe(stored));
