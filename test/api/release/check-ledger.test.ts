import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { approveRelease, askRelease, checkCaseLedger, viewLedger } from '../../../core/api/release/index.ts';
import { openCase, type Case } from '../../../core/index.ts';
import { parseRelease, signRelease } from '../../../core/release/release-file/index.ts';
import { storeRelease } from '../../../core/store/ledger-answers.ts';
import { failure } from '../../store/support.ts';
import { folder } from './folder.ts';
import { ask, COUNT, releaseSite } from './support.ts';

describe('a ledger that was tampered with', () => {
  test('is found by its signatures, its limit, its answers, and the releases it should have paid for', async () => {
    const { open, key, directory, root, keyringPath } = await releaseSite({ epsilon: '2' }, folder());
    const copy = join(root, 'older');
    cpSync(directory, copy, { recursive: true });
    const into = await open();
    const { file, sha256 } = await approveRelease(into, await ask(into), key);
    await into.close();
    const release = parseRelease(file.toString());
    expect(checkCaseLedger(directory, [release])).toMatchObject({ ok: true });

    // The case was put back from an older copy: the release gives it away, and this machine lets nothing be spent.
    expect(checkCaseLedger(copy)).toMatchObject({ ok: true });
    expect(checkCaseLedger(copy, [release]).faults.join()).toContain('not paid for');
    const old = await openCase(copy, { keyringPath, threads: 1 });
    expect((await failure(() => ask(old))).code).toBe('case-damaged');
    await old.close();

    const stored = join(directory, 'releases', `${sha256}.json`);
    writeFileSync(stored, readFileSync(stored, 'utf8').replace('a test', 'a jest'));
    expect(checkCaseLedger(directory).faults.join()).toContain('was changed');
    const again = await open();
    expect((await failure(() => askRelease(again, { query: COUNT, epsilon: '1' }))).code).toBe('case-damaged');
    rmSync(stored);
    expect((await failure(() => askRelease(again, { query: COUNT, epsilon: '1' }))).message).toContain('is missing');
    // An act that no reviewer signed can be appended by who may write, and is found.
    again.ledger.append('limit.set', () => ({
      epsilon: '1000',
      delta: '0',
      conversionDelta: '0',
      by: key.fingerprint,
      signature: 'A'.repeat(86),
    }));
    expect((await failure(() => ask(again, '3'))).message).toContain('is not signed by its key');
    await again.close();
    expect(checkCaseLedger(directory).faults.join()).toContain('is not signed by its key');
  });
});

test('one debit pays for one answer: a second file under it is found, and one whose answer was never stored', async () => {
  const { open, key, directory } = await releaseSite({ epsilon: '3' }, folder());
  const into = await open();
  const request = await ask(into);
  const elsewhere: Case = { ...into, paths: { ...into.paths, releases: join(directory, 'missing', 'releases') } };
  await failure(() => approveRelease(elsewhere, request, key));
  const { file } = await approveRelease(into, await ask(into), key);
  const lost = viewLedger(into).requests.find(({ state }) => state === 'interrupted');
  await into.close();
  const { release } = parseRelease(file.toString());
  const faultsOf = (change: Partial<typeof release>): string =>
    checkCaseLedger(directory, [parseRelease(signRelease({ ...release, ...change }, key).toString())]).faults.join();
  expect(faultsOf({})).toBe('');
  expect(faultsOf({ noised: release.noised.map((row) => row.map((x) => x + 1)) })).toContain('one debit pays for one');
  const { id = '', debit } = lost ?? {};
  const ledger = { seq: debit?.seq ?? 0, entry: debit?.entry ?? '' };
  expect(faultsOf({ request: id, ledger })).toContain('never stored');
  expect(faultsOf({ request: id })).toContain('not paid for');
});

test('a stored answer that is the answer of another request, or is not signed, is found', async () => {
  const { open, key, directory } = await releaseSite({ epsilon: '3' }, folder());
  const into = await open();
  const lost = await ask(into);
  const elsewhere: Case = { ...into, paths: { ...into.paths, releases: join(directory, 'missing', 'releases') } };
  await failure(() => approveRelease(elsewhere, lost, key));
  const { sha256, file } = await approveRelease(into, await ask(into), key);
  expect(checkCaseLedger(directory)).toMatchObject({ ok: true });
  // Whoever may write the directory needs no key for this line.
  into.ledger.append('release.answered', () => ({ request: lost, sha256 }));
  expect(checkCaseLedger(directory).faults).toEqual([
    `The stored answer of request ${lost.slice(0, 8)}… is the answer of another.`,
  ]);
  const { release, signature } = parseRelease(file.toString());
  const unsigned = { format: 'nightjar-release', version: 1, release: { ...release, request: lost }, signature };
  const again = await ask(into, '1', { ...COUNT, level: 0.9 });
  const planted = storeRelease(into.paths, Buffer.from(`${JSON.stringify(unsigned)}\n`));
  into.ledger.append('release.repeated', () => ({ request: again, sha256: planted }));
  expect(checkCaseLedger(directory).faults.join()).toContain('is not signed');
  await into.close();
});
