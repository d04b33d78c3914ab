import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, describe, expect, test, vi } from 'vitest';

import { detectFiles } from '../../core/api/detect.ts';
import {
  approveForest,
  askForest,
  parseForestFile,
  readForestFile,
  scorePrivateForest,
  verifyPrivateForest,
} from '../../core/api/private-forest.ts';
import { checkCaseLedger, setTwoPersons, viewLedger } from '../../core/api/release/index.ts';
import type { Case } from '../../core/index.ts';
import { signForest } from '../../core/release/private-forest/index.ts';
import { readReleaseColumns } from '../../core/store/index.ts';
import { ledger } from '../../main/cli/commands/ledger.ts';
import { release } from '../../main/cli/commands/release.ts';
import { runCommand } from '../main/support/run-command.ts';
import { failure } from '../store/support.ts';
import { folder } from './release/folder.ts';
import { FOREST, releaseSite, type Site } from './release/support.ts';

const ranked = async (limit: { epsilon: string; delta?: string } | undefined): Promise<Site & { into: Case }> => {
  const site = await releaseSite(limit, folder());
  const into = await site.open();
  await detectFiles(into, { inputs: [], threads: 1, explained: 0, detectors: ['isolationForest'] });
  return { ...site, into };
};

const ask = async (into: Case, epsilon = '1', forest: typeof FOREST = FOREST): Promise<string> => {
  const asked = await askForest(into, { forest, epsilon, purpose: 'for a partner' });
  if (asked.kind !== 'pending') throw new Error('It was answered already.');
  return asked.request;
};

describe('a private forest', () => {
  test('is asked for, approved, paid for, signed, stored, verified and scored with', async () => {
    const { into, key, directory } = await ranked({ epsilon: '2' });
    const request = await ask(into);
    expect(await ask(into)).toBe(request); // asking twice files one request
    expect(viewLedger(into).spent.epsilon).toBe('0');
    const { file, isRepeated } = await approveForest(into, request, key);
    expect(isRepeated).toBe(false);
    expect(viewLedger(into)).toMatchObject({ spent: { epsilon: '1' }, requests: [{ state: 'answered' }] });

    const forest = parseForestFile(file.toString('utf8'));
    expect(verifyPrivateForest(forest, [key.fingerprint])).toMatchObject({ ok: true });
    const matrix = {
      rows: 2,
      columns: 2,
      names: ['event_count', 'hour_entropy'],
      values: Float32Array.of(4, 2, 90, 0),
    };
    const scores = scorePrivateForest(forest, matrix);
    expect([...scores].every(Number.isFinite)).toBe(true);

    const again = await askForest(into, { forest: FOREST, epsilon: '1.0' });
    expect(again).toMatchObject({ kind: 'answered', file });
    expect(viewLedger(into).spent.epsilon).toBe('1');
    await into.close();
    expect(checkCaseLedger(directory)).toMatchObject({ ok: true, faults: [] });
  });

  test('is refused without a limit, and nothing is spent', async () => {
    const { into, key } = await ranked(undefined);
    const request = await ask(into);
    expect((await failure(() => approveForest(into, request, key))).next).toContain('--limit');
    expect(viewLedger(into).spent.epsilon).toBe('0');
    await into.close();
  });

  test('is refused beyond the limit, and nothing is spent', async () => {
    const { into, key } = await ranked({ epsilon: '0.75' });
    const request = await ask(into);
    expect(await failure(() => approveForest(into, request, key))).toMatchObject({ code: 'usage', where: 'epsilon' });
    expect(viewLedger(into)).toMatchObject({ spent: { epsilon: '0' }, requests: [{ state: 'pending' }] });
    await approveForest(into, await ask(into, '0.5'), key);
    const more = await ask(into, '0.3');
    expect(await failure(() => approveForest(into, more, key))).toMatchObject({ code: 'usage' });
    expect(viewLedger(into).spent.epsilon).toBe('0.5');
    await into.close();
  });

  test('may not use features of others, and is not made by one person where two are demanded', async () => {
    const { into, key } = await ranked({ epsilon: '2' });
    const others = (name: string) => ({ forest: { ...FOREST.forest, features: [{ name, bounds: [0, 1, 2] }] } });
    for (const name of ['actor_id', 'position', 'nothing_of_that_name']) {
      expect(await failure(() => ask(into, '1', others(name)))).toMatchObject({ code: 'usage', where: name });
    }
    const ofOthers = (await readReleaseColumns(into.connection, 'actors')).find(({ use }) => use === 'of-others')?.name;
    if (ofOthers === undefined) throw new Error('The log has no feature of others.');
    expect((await failure(() => ask(into, '1', others(ofOthers)))).message).toContain('depends on other actors');
    const request = await ask(into);
    setTwoPersons(into, true, key);
    expect((await failure(() => approveForest(into, request, key))).message).toContain('two persons');
    expect(viewLedger(into).spent.epsilon).toBe('0');
    await into.close();
  });

  test('holds no token of anybody', async () => {
    const { into, key } = await ranked({ epsilon: '2' });
    const { file } = await approveForest(into, await ask(into), key);
    const actors = await into.connection.runAndReadAll('SELECT DISTINCT actor_id FROM run_features');
    const text = file.toString('utf8');
    expect(actors.getRows().length).toBe(40);
    for (const [actor] of actors.getRows()) expect(text).not.toContain(String(actor));
    await into.close();
  });
});

describe('nightjar release forest', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  const run = (...args: string[]) => runCommand(release, ['forest', ...args]);

  test('asks, approves a request, and repeats what was paid for', async () => {
    const { into, directory, keyPath, root } = await ranked({ epsilon: '2' });
    await into.close();
    vi.stubEnv('XDG_CONFIG_HOME', join(root, 'configuration'));
    const bounds = join(root, 'bounds.json');
    writeFileSync(bounds, '{"event_count": [0, 10, 100], "hour_entropy": [0, 5], "unused": [0, 1]}');
    const out = join(root, 'forest.json');
    const at = ['--case', directory, '--threads', '1'];
    const asked = [...at, '--bounds', bounds, '--features', 'event_count,hour_entropy', '--epsilon', '1'];
    const filed = await run(...asked, '--trees', '20', '--depth', '3');
    const id = /Request ([0-9a-f]{32})/u.exec(filed.out)?.[1] ?? '';
    expect(id).not.toBe('');
    expect(await run(...at, '--request', id.slice(0, 8), '--key', keyPath, '--out', out)).toMatchObject({ code: 0 });
    expect(verifyPrivateForest(readForestFile(out))).toMatchObject({ ok: true });
    const first = readFileSync(out, 'utf8');
    await run(...asked, '--trees', '20', '--depth', '3', '--key', keyPath, '--out', out);
    expect(readFileSync(out, 'utf8')).toBe(first);
  });

  test('is approved by `release approve`, too, and `ledger verify` knows its file', async () => {
    const { into, directory, keyPath, key, root } = await ranked({ epsilon: '2' });
    const request = await ask(into);
    await into.close();
    vi.stubEnv('XDG_CONFIG_HOME', join(root, 'configuration'));
    const out = join(root, 'forest.json');
    const at = ['--case', directory, '--threads', '1'];
    const approval = ['approve', ...at, '--request', request.slice(0, 8), '--key', keyPath, '--out', out];
    expect(await runCommand(release, approval)).toEqual({ code: 0, out: `Released: ${out}\n`, err: '' });
    expect(verifyPrivateForest(readForestFile(out), [key.fingerprint])).toMatchObject({ ok: true });
    const check = (file: string) => runCommand(ledger, ['verify', '--case', directory, '--release', file]);
    expect(await check(out)).toMatchObject({ code: 0, out: expect.stringContaining('The ledger is whole') });

    const changed = join(root, 'changed.json');
    writeFileSync(changed, readFileSync(out, 'utf8').replace('for a partner', 'for a pardner'));
    expect(await check(changed)).toMatchObject({ code: 1, out: expect.stringMatching(/forest of .* is not signed/u) });
    // The holder of the key signs the noise again: another file for one debit.
    const { forest } = readForestFile(out);
    const trees = forest.trees.map((tree) => ({ ...tree, count: tree.count.map((x) => x + 1) }));
    writeFileSync(changed, signForest({ ...forest, trees }, key));
    expect(verifyPrivateForest(readForestFile(changed))).toMatchObject({ ok: true });
    expect(await check(changed)).toMatchObject({ code: 1, out: expect.stringContaining('one debit pays for one') });
    const other = signForest({ ...forest, ledger: { ...forest.ledger, entry: '0'.repeat(64) } }, key);
    writeFileSync(changed, other);
    expect(await check(changed)).toMatchObject({ code: 1, out: expect.stringContaining('not paid for') });
  });

  test('says which bounds are missing', async () => {
    const root = folder();
    const bounds = join(root, 'bounds.json');
    writeFileSync(bounds, '{"event_count": [0, 10]}');
    const asked = ['--case', root, '--bounds', bounds, '--features', 'hour_entropy', '--epsilon', '1'];
    expect(await run(...asked)).toMatchObject({ code: 2, err: expect.stringContaining('hour_entropy') });
  });
});
