import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, expect, test, vi } from 'vitest';

import { approveRelease } from '../../../core/api/release/index.ts';
import { parseRelease } from '../../../core/release/release-file/index.ts';
import { ledger } from '../../../main/cli/commands/ledger.ts';
import { release } from '../../../main/cli/commands/release.ts';
import { runCommand } from '../../main/support/run-command.ts';
import { folder } from './folder.ts';
import { ask, COUNT, releaseSite } from './support.ts';

const COMMANDS = { release, ledger };

const run = (name: keyof typeof COMMANDS, ...args: string[]) => runCommand(COMMANDS[name], args);

afterEach(() => {
  vi.unstubAllEnvs();
});

const prepared = async () => {
  const root = folder();
  vi.stubEnv('XDG_CONFIG_HOME', join(root, 'configuration'));
  const { directory } = await releaseSite(undefined, root);
  const query = join(root, 'query.json');
  writeFileSync(query, JSON.stringify(COUNT));
  const at = ['--case', directory, '--threads', '1'];
  const key = join(root, 'ana.key');
  expect(await run('release', 'keygen', '--out', key, '--name', 'Ana')).toMatchObject({ code: 0 });
  return { root, directory, query, at, key };
};

test('a release: a key, a limit, a request, its approval, and verifying it without the case', async () => {
  const { root, query, at, key } = await prepared();
  const ask = ['--query', query, '--epsilon', '0.5', '--purpose', 'a report'];
  const filed = await run('release', ...at, ...ask);
  expect(filed).toMatchObject({ code: 0, out: expect.stringContaining('Nothing was spent') });
  const id = /Request ([0-9a-f]{32})/u.exec(filed.out)?.[1] ?? '';
  expect((await run('release', ...at, ...ask)).out).toContain(id); // asking twice files one request

  const out = join(root, 'counts.json');
  const approve = ['release', 'approve', ...at, '--request', id.slice(0, 6), '--key', key, '--out', out] as const;
  expect(await run(...approve)).toMatchObject({ code: 2, err: expect.stringContaining('not enrolled') });
  const limited = await run('ledger', ...at, '--limit', '1', '--key', key);
  expect(limited.out).toContain('Limit      epsilon 1, delta 0');
  expect(await run(...approve)).toMatchObject({ code: 0, out: expect.stringContaining('counts.csv') });
  expect((await run('release', 'requests', ...at)).out).toMatch(/answered[^]*a report/u);

  const verified = await run('release', 'verify', out);
  expect(verified.code).toBe(0);
  expect(verified.out).toContain('compare the fingerprint');
  expect((await run('release', 'verify', out, '--trust', `${key}.pub`)).out).toContain('one of the keys you trust');
  const other = join(root, 'eve.key');
  await run('release', 'keygen', '--out', other);
  expect(await run('release', 'verify', out, '--trust', `${other}.pub`)).toMatchObject({ code: 1 });
  writeFileSync(join(root, 'changed.json'), readFileSync(out, 'utf8').replace('a report', 'a resort'));
  expect(await run('release', 'verify', join(root, 'changed.json'))).toMatchObject({
    code: 1,
    out: expect.stringContaining('WRONG  signature'),
  });

  // The same question has its answer again, byte for byte.
  const again = join(root, 'again.json');
  const repeated = await run('release', ...at, ...ask, '--key', key, '--out', again);
  expect(repeated).toMatchObject({ code: 0, err: expect.stringContaining('It cost nothing') });
  expect(readFileSync(again)).toEqual(readFileSync(out));
  const shown = await run('ledger', ...at, '--format', 'json');
  expect(JSON.parse(shown.out)).toMatchObject({ spent: { epsilon: '0.5' }, remaining: { epsilon: '0.5' } });
  expect(await run('ledger', 'verify', ...at.slice(0, 2), '--release', out)).toMatchObject({ code: 0 });
});

test('asked and approved in one go, the limit, two persons, a refusal', async () => {
  const { root, query, at, key } = await prepared();
  await run('ledger', ...at, '--limit', '1', '--key', key);
  const out = join(root, 'one.json');
  const go = ['--query', query, '--key', key, '--out', out];
  expect(await run('release', ...at, '--epsilon', '0.75', ...go)).toMatchObject({ code: 0 });
  expect((await run('ledger', ...at)).out).toContain('alone');
  expect(await run('release', ...at, '--epsilon', '0.5', ...go)).toMatchObject({
    code: 2,
    err: expect.stringContaining('more than is left'),
  });
  await run('ledger', ...at, '--two-persons', 'on', '--key', key);
  expect(await run('release', ...at, '--epsilon', '0.1', ...go)).toMatchObject({
    code: 2,
    err: expect.stringContaining('two persons'),
  });
  const { out: requests } = await run('release', 'requests', ...at, '--format', 'json');
  const pending: { id: string; state: string }[] = JSON.parse(requests);
  const open = pending.filter(({ state }) => state === 'pending');
  expect(open).toHaveLength(1);
  const refusal = ['--request', open[0]?.id ?? '', '--key', key, '--reason', 'too much'];
  expect(await run('release', 'refuse', ...at, ...refusal)).toMatchObject({ code: 0 });
  expect((await run('release', 'requests', ...at)).out).toContain('refused: too much');
});

test('wrong usage ends with 2 and says what to do', async () => {
  const { root, query, at, key } = await prepared();
  expect(await run('release', ...at, '--query', query)).toMatchObject({
    code: 2,
    err: expect.stringContaining('--epsilon'),
  });
  expect(await run('release', ...at, '--query', join(root, 'none.json'), '--epsilon', '1')).toMatchObject({ code: 2 });
  const nowhere = join(root, 'none', 'x.json');
  const early = await run('release', ...at, '--query', query, '--epsilon', '1', '--key', key, '--out', nowhere);
  expect(early).toMatchObject({ code: 2, err: expect.stringContaining('no such directory') });
  expect(await run('release', 'undo', ...at)).toMatchObject({ code: 2 });
  expect(await run('release', 'verify')).toMatchObject({ code: 2 });
  expect(await run('ledger', ...at, '--limit', '1')).toMatchObject({ code: 2, err: expect.stringContaining('--key') });
  expect(await run('ledger', 'audit', ...at)).toMatchObject({ code: 2 });
});

test('verify names what a file of an older version does not hold', async () => {
  const root = folder();
  const { open, key } = await releaseSite({ epsilon: '2' }, root);
  const into = await open();
  const keys = ['DE', 'FR', 'IT', 'AT', 'CH', 'PL'];
  const chosen = { top: 2, of: 'actors', by: [{ column: 'country', keys }], bounds: { groupsPerActor: 6 } };
  const { file } = await approveRelease(into, await ask(into, '1', chosen), key);
  await into.close();
  const path = join(root, 'top.json');
  writeFileSync(path, file);
  const now = await run('release', 'verify', path);
  expect(now).toMatchObject({ code: 0 });
  expect(now.out).not.toContain('not checked');
  const { release: body } = parseRelease(file.toString());
  const older = { ...body, noised: body.noised.slice(0, 1) };
  const signature = { algorithm: 'ed25519', publicKey: key.publicKey, value: key.sign('release 1', older) };
  writeFileSync(path, `${JSON.stringify({ format: 'nightjar-release', version: 1, release: older, signature })}\n`);
  const then = await run('release', 'verify', path);
  expect(then).toMatchObject({ code: 0 });
  expect(then.out).toContain('not checked: The ranks are taken as they are written');
});
