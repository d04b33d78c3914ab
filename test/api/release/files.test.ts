import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  approveRelease,
  makeKeyFile,
  openKeyFile,
  readReleaseFile,
  requirePlace,
  requirePlaceFor,
  verifyRelease,
  writeReleaseFiles,
} from '../../../core/api/release/index.ts';
import { mapFileError, replaceFile } from '../../../core/store/files.ts';
import { failure } from '../../store/support.ts';
import { folder } from './folder.ts';
import { ask, COUNT, releaseSite } from './support.ts';

describe('files of keys', () => {
  test('are for their owner, are never overwritten, and open under their passphrase only', async () => {
    const root = folder();
    const path = join(root, 'a.key');
    const made = await makeKeyFile(path, 'Ana', 'correct horse');
    expect((await openKeyFile(path, 'correct horse')).fingerprint).toBe(made.fingerprint);
    expect((await failure(() => openKeyFile(path))).code).toBe('vault');
    const wrong = await failure(() => openKeyFile(path, 'wrong horse'));
    writeFileSync(path, readFileSync(path, 'utf8').replace('"Ana"', '"Eve"'));
    expect((await openKeyFile(path, 'correct horse')).name).toBe('Eve'); // a name is only a claim
    const text = readFileSync(path, 'utf8');
    const secret = /"secret": "(.)/u.exec(text)?.[1];
    writeFileSync(path, text.replace(/("secret": ").(?=.)/u, `$1${secret === 'A' ? 'B' : 'A'}`));
    const changed = await failure(() => openKeyFile(path, 'correct horse'));
    expect([changed.message, changed.next]).toEqual([wrong.message, wrong.next]);
    expect((await failure(() => makeKeyFile(path, 'Ana'))).message).toContain('already');
    expect(readdirSync(root).sort()).toEqual(['a.key', 'a.key.pub']);
    expect((await failure(() => openKeyFile(`${path}.pub`))).message).toContain('no reviewer’s key');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    chmodSync(path, 0o644);
    expect((await failure(() => openKeyFile(path, 'correct horse'))).message).toContain('other users');
  });
});

test('a release is written as JSON and as a table whose cells are inert', async () => {
  const { open, key, root } = await releaseSite({ epsilon: '1' }, folder());
  const into = await open();
  const query = { ...COUNT, by: [{ column: 'country', keys: ['=1+1', 'DE', 'a,"b"'] }] };
  const { file } = await approveRelease(into, await ask(into, '1', query), key);
  await into.close();
  const { json, csv } = writeReleaseFiles(join(root, 'out.json'), file);
  expect(verifyRelease(readReleaseFile(json)).ok).toBe(true);
  const lines = readFileSync(csv, 'utf8').split('\n');
  expect(lines[0]).toBe('country,events,events_low,events_high');
  expect(lines[1]).toMatch(/^'=1\+1,-?\d+,-?\d+,-?\d+$/u);
  expect(lines[3]).toMatch(/^"a,""b""",/u);
});

test('a release takes the place of a release alone: not of a key, a query, or a log beside it', async () => {
  const root = folder();
  const at = (name: string, text?: string): string => {
    if (text !== undefined) writeFileSync(join(root, name), text);
    return join(root, name);
  };
  const refused = async (path: string): Promise<string | undefined> =>
    (await failure(() => requirePlaceFor(path))).where?.slice(root.length + 1);
  expect(await refused(at('a.key', '{"format": "nightjar-key"}'))).toBe('a.key');
  expect(await refused(at('query.json', '{"count":"events"}'))).toBe('query.json');
  at('platform.csv', 'time,user\n');
  expect(await refused(at('platform.json'))).toBe('platform.csv');
  mkdirSync(at('d'));
  expect(await refused(at('d'))).toBe('d');
  at('out.csv', 'a table');
  requirePlaceFor(at('out.json', '{"format":"nightjar-release","version":2}'));
  requirePlaceFor(at('new.json'));
  requirePlaceFor(at('empty.json', ''));
  requirePlace(at('forest.json', '{"format":"nightjar-forest","version":1}'));
});

test('what is written goes to its own place, whatever link was laid there', () => {
  const root = folder();
  const [own, out, temporary] = [join(root, 'mine.txt'), join(root, 'out.json'), join(root, 'out.json.new')];
  writeFileSync(own, 'mine');
  symlinkSync(own, temporary);
  replaceFile(out, Buffer.from('released'));
  expect([readFileSync(own, 'utf8'), readFileSync(out, 'utf8')]).toEqual(['mine', 'released']);
  expect(lstatSync(out).isFile()).toBe(true);
});

test.each([
  ['EISDIR', 'A directory is where a file should be.'],
  ['ENAMETOOLONG', 'This name is too long.'],
  ['ELOOP', 'This link leads to itself.'],
])('%s is told as what a person can mend', (code, message) => {
  const told = mapFileError(Object.assign(new Error(code), { code }), 'there');
  expect([told.code, told.message, told.where, told.next !== undefined]).toEqual(['input', message, 'there', true]);
});
