import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { openCase } from '../../core/index.ts';
import { askRelease, approveRelease, makeKeyFile, openKeyFile, setLimit } from '../../core/api/release/index.ts';
import { detect } from '../../main/cli/commands/detect.ts';
import { open } from '../../main/cli/commands/open.ts';
import { reidentify } from '../../main/cli/commands/reidentify.ts';
import { vault } from '../../main/cli/commands/vault.ts';
import { writeLog } from '../api/logs.ts';
import { clientOf, engineIn, jobEnded, refused } from '../api/support.ts';
import { scratch } from '../store/support.ts';
import { runCommand } from './support/run-command.ts';

const COMMANDS = { detect, open, reidentify, vault };

const run = (name: keyof typeof COMMANDS, args: readonly string[], env: Record<string, string> = {}) =>
  runCommand(COMMANDS[name], args, env);

let root: string;
beforeEach(() => {
  root = scratch();
  vi.stubEnv('XDG_CONFIG_HOME', join(root, 'configuration'));
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A ranked case; the pseudonyms of its queue, the oddest first. */
const ranked = async (env: Record<string, string> = {}) => {
  const directory = join(root, 'case');
  const at = ['--case', directory, '--threads', '1'];
  const log = writeLog(root);
  const args = [log, ...at, '--detectors', 'isolationForest', '--format', 'json'];
  const { code, out } = await run('detect', args, env);
  expect(code).toBe(0);
  const actors = [...out.matchAll(/"actor":"([^"]+)"/gu)].map((found) => found[1] ?? '');
  return { directory, at, log, actors };
};

describe('reidentify', () => {
  test('answers for one, for several, and for strangers, with a reason', async () => {
    const { directory, at, actors } = await ranked();
    const [a = '', b = ''] = actors;
    const one = await run('reidentify', [...at, '--actor', a, '--reason', 'ticket 4711']);
    expect([one.code, one.out, one.err]).toEqual([0, 'actor_id\tbot@example.org\n', '']);
    const both = await run('reidentify', [...at, '--actor', `${a}, ${b},${a},nobody`, '--reason', 'ticket 4712']);
    expect([both.code, both.err]).toEqual([1, 'The vault does not know 1 of these pseudonyms.\n']);
    expect(both.out).toMatch(
      new RegExp(`^${a}\tactor_id\tbot@example.org\n${b}\tactor_id\tuser\\d+@example.org\n$`, 'u'),
    );
    expect(await run('reidentify', [...at, '--actor', a, '--reason', '?'])).toMatchObject({ code: 2, out: '' });
    expect(await run('reidentify', [...at, '--actor', ' , ', '--reason', 'ticket'])).toMatchObject({
      code: 2,
      out: '',
    });
    const looks = readFileSync(join(directory, 'journal.ndjson'), 'utf8').match(/"vault\.reidentify"/gu);
    expect(looks).toHaveLength(4);
  });
});

describe('vault passphrase', () => {
  test('takes the new one from a file or the environment, never as an argument', async () => {
    const { at } = await ranked({ NIGHTJAR_PASSPHRASE: 'old words' });
    writeFileSync(join(root, 'new.txt'), 'new words\n');
    const from = ['--new-passphrase-file', join(root, 'new.txt')];
    expect(await run('vault', ['passphrase', ...at, ...from], { NIGHTJAR_PASSPHRASE: 'wrong' })).toMatchObject({
      code: 1,
    });
    expect(await run('vault', ['passphrase', ...at], { NIGHTJAR_PASSPHRASE: 'old words' })).toMatchObject({ code: 2 });
    const changed = await run('vault', ['passphrase', ...at, ...from], { NIGHTJAR_PASSPHRASE: 'old words' });
    expect(changed).toMatchObject({ code: 0, out: expect.stringContaining('was changed') });
    expect(JSON.stringify(changed)).not.toContain('words');
    const again = { NIGHTJAR_PASSPHRASE: 'new words', NIGHTJAR_NEW_PASSPHRASE: 'third words' };
    expect(await run('vault', ['passphrase', ...at], again)).toMatchObject({ code: 0 });
    expect(await run('vault', ['passphrase', ...at, 'words'], again)).toMatchObject({ code: 2 });
    expect(await run('vault', ['passphrase', ...at, '--new-passphrase', 'x'], again).catch(String)).toMatchObject({
      code: 2,
    });
  });

  test('says what a vault without one is sealed by', async () => {
    const { at } = await ranked();
    expect(await run('vault', ['passphrase', ...at], { NIGHTJAR_NEW_PASSPHRASE: 'x' })).toMatchObject({
      code: 1,
      err: expect.stringContaining('sealed under the keyring, not a passphrase'),
    });
  });
});

describe('vault destroy', () => {
  test('ends looks and imports, and nothing else: the case ranks, labels its actors and releases', async () => {
    const { directory, at, log, actors } = await ranked();
    const [a = ''] = actors;
    expect(await run('vault', ['verify', '--case', directory])).toMatchObject({
      code: 1,
      out: expect.stringContaining('was not destroyed'),
    });
    expect(await run('vault', ['destroy', '--case', directory])).toMatchObject({ code: 2 });
    const done = await run('vault', ['destroy', '--case', directory, '--reason', 'end of\u001b[31m retention']);
    expect(done).toMatchObject({ code: 0, err: expect.stringContaining('somewhere else') });
    expect(done.out).toMatch(
      / {2}keys {5}[0-9a-f]{32}\n {2}header {3}SHA-256 [0-9a-f]{64}\n {2}journal {2}[0-9a-f]{64}\n/u,
    );
    expect(done.out).not.toContain('\u001b');
    const verified = await run('vault', ['verify', '--case', directory]);
    expect(verified).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing here makes or undoes a pseudonym'),
    });
    const json = await run('vault', ['verify', '--case', directory, '--format', 'json']);
    expect(JSON.parse(json.out)).toMatchObject({ ok: true, destruction: { sealing: 'keyring' } });

    const look = await run('reidentify', [...at, '--actor', a, '--reason', 'ticket 4711']);
    expect(look).toMatchObject({ code: 1, out: '', err: expect.stringContaining('was destroyed on') });
    const more = writeLog(root, 'more.csv');
    writeFileSync(more, readFileSync(log, 'utf8').replace('view', 'like'));
    const again = await run('detect', [more, ...at, '--detectors', 'isolationForest']);
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('Import into a new case') });

    const engine = engineIn(root, { keyringPath: join(root, 'configuration', 'nightjar', 'keyring') });
    const client = clientOf(engine);
    await engine.resume(directory);
    expect(await client.case.current()).toMatchObject({ sealing: 'none', isRanked: true });
    expect(await client.case.recents()).toMatchObject([{ needsPassphrase: false }]);
    const job = await client.jobs.startDetect({ detectors: ['isolationForest'] });
    expect((await jobEnded(client, job.job)).state).toBe('done');
    expect((await client.explore.actor({ actor: a })).rank).toBe(1);
    await client.decisions.set({ actors: [a], verdict: 'abuse' });
    const grants = [engine.grant(more, 'file').id];
    const imported = await jobEnded(client, (await client.jobs.startImport({ grants })).job);
    expect(imported).toMatchObject({ state: 'failed', error: { code: 'vault' } });
    expect(await refused(client.decisions.importCsv({ grant: grants[0] ?? '' }))).toMatchObject({ code: 'input' });
    await engine.close();

    const keyPath = join(root, 'ana.key');
    await makeKeyFile(keyPath, 'Ana');
    const key = await openKeyFile(keyPath);
    const opened = await openCase(directory, { threads: 1 });
    setLimit(opened, { epsilon: '1' }, key);
    const query = {
      count: 'events',
      by: [{ column: 'action', keys: ['view', 'download'] }],
      bounds: { groupsPerActor: 2, rowsPerGroup: 10 },
    };
    const asked = await askRelease(opened, { query, epsilon: '1', delta: '0', purpose: 'after the end' });
    if (asked.kind !== 'pending') throw new Error('it should be pending');
    expect(await approveRelease(opened, asked.request, key, {})).toMatchObject({ isRepeated: false });
    await opened.close();
    expect(await run('vault', ['verify', '--case', directory])).toMatchObject({ code: 0 });
  });

  test('of a case without a vault says that there is nothing', async () => {
    const { directory } = await ranked();
    const other = join(root, 'shut');
    const log = writeLog(root, 'other.csv');
    const args = [log, '--case', other, '--threads', '1', '--no-vault', '--detectors', 'isolationForest'];
    expect(await run('detect', args)).toMatchObject({ code: 0 });
    const done = await run('vault', ['destroy', '--case', other, '--reason', 'end of retention']);
    expect(done).toMatchObject({ code: 1, err: expect.stringContaining('nothing to destroy') });
    expect(await run('vault', ['shred', '--case', directory])).toMatchObject({ code: 2 });
  });
});

test('open refuses a role there is none of', async () => {
  expect(await run('open', ['--role', 'admin'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--role takes one of: investigator, reviewer.'),
  });
});
