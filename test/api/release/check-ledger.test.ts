import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  approveRelease,
  askRelease,
  checkCaseLedger,
  setLimit,
  verifyRelease,
  viewLedger,
} from '../../../core/api/release/index.ts';
import { ledgerReader } from '../../../core/api/release/ledger-state.ts';
import { openCase, type Case } from '../../../core/index.ts';
import { enterSigned, ledgerState } from '../../../core/api/release/ledger-acts.ts';
import { parseRelease, signRelease } from '../../../core/release/release-file/index.ts';
import { newIdentifier, type LedgerEntry } from '../../../core/store/index.ts';
import { storeRelease } from '../../../core/store/ledger-answers.ts';
import { formatLedgerEntry } from '../../../core/store/ledger-format.ts';
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
  const unsigned = { format: 'nightjar-release', version: 2, release: { ...release, request: lost }, signature };
  const again = await ask(into, '1', { ...COUNT, level: 0.9 });
  const planted = storeRelease(into.paths, Buffer.from(`${JSON.stringify(unsigned)}\n`));
  into.ledger.append('release.repeated', () => ({ request: again, sha256: planted }));
  expect(checkCaseLedger(directory).faults.join()).toContain('is not signed');
  await into.close();
});

test('a debit that is not what its request leads to is found, and which of its losses', async () => {
  const { open, key, directory } = await releaseSite({ epsilon: '3' }, folder());
  const into = await open();
  const mean = { mean: 'hour', by: COUNT.by, bounds: { ...COUNT.bounds, value: [0, 23], step: 1 } };
  for (const [query, request, losses] of [
    [COUNT, '', [{ kind: 'pure', epsilon: '0.001' }]],
    [COUNT, '', [{ kind: 'discrete-laplace', coordinates: 2, sensitivity: '5', scale: '20' }]],
    [mean, '', [{ kind: 'pure', epsilon: '0.5' }]],
  ] as const) {
    const id = newIdentifier();
    into.ledger.append('release.requested', () => ({
      request: id,
      query: JSON.parse(JSON.stringify(query)),
      epsilon: '1',
      delta: '0',
      purpose: request,
      asker: 'ana',
    }));
    enterSigned(into, 'release.debited', key, () => ({
      request: id,
      question: '0'.repeat(64),
      losses: [...losses],
      approver: 'ben',
      alone: true,
    }));
  }
  await into.close();
  const differs = (line: number, which: string, planned: number): string[] => [
    `Line ${line} of the ledger does not say rightly whether one account did both.`,
    `Line ${line} of the ledger does not debit what its request leads to: loss ${which} differs (1 in the line, ${planned} in the plan).`,
  ];
  expect(checkCaseLedger(directory).faults).toEqual([
    ...differs(4, '1', 1),
    ...differs(6, '1', 1),
    ...differs(8, '1, 2', 2),
  ]);
});

test('who is protected, said in other words, is found', async () => {
  const { open, key, directory } = await releaseSite({ epsilon: '3' }, folder());
  const into = await open();
  const { file } = await approveRelease(into, await ask(into), key);
  await into.close();
  const { release } = parseRelease(file.toString());
  const said = { ...release, unitOfPrivacy: { ...release.unitOfPrivacy, inWords: 'One row.' } };
  const other = parseRelease(signRelease(said, key).toString());
  expect(checkCaseLedger(directory, [other]).faults.join()).toContain('in other words');
  expect(verifyRelease(other).checks).toContainEqual({
    what: 'unit of privacy',
    faults: [expect.stringContaining('in other words')],
  });
  expect(verifyRelease(parseRelease(file.toString()))).toMatchObject({ ok: true, gaps: [] });
});

describe('a signature of the ledger', () => {
  test('covers the whole line: its time, its nonce, the journal beside it', async () => {
    const { open } = await releaseSite({ epsilon: '3' }, folder());
    const into = await open();
    const entries = into.ledger.entries();
    const last = entries.at(-1);
    if (last === undefined) throw new Error('There is no line.');
    await into.close();
    const read = (line: LedgerEntry): void => {
      const reader = ledgerReader(into.id);
      for (const entry of [...entries.slice(0, -1), line]) reader.read(entry);
    };
    expect(() => read(last)).not.toThrow();
    const { hash: _, ...body } = last;
    for (const change of [
      { at: '2020-01-01T00:00:00.000Z' },
      { nonce: 'f'.repeat(32) },
      { journal: { entries: 0, hash: 'f'.repeat(64) } },
    ]) {
      // With a hash of its own the line is well made; only the signature tells.
      expect(() => read(formatLedgerEntry({ ...body, ...change }).entry)).toThrow('is not signed by its key');
    }
  });

  test('of an older version counts, is named, and is refused after one that covers more', async () => {
    const { open, key, directory } = await releaseSite(undefined, folder());
    const into = await open();
    /** As older versions signed: the act, the case and the line it follows. */
    const signedOld = (event: string, detail: { readonly [part: string]: string }): void =>
      void into.ledger.append(event, (_, { previous }) => {
        const all = { ...detail, by: key.fingerprint };
        return { ...all, signature: key.sign('ledger 1', { caseId: into.id, event, previous, detail: all }) };
      });
    signedOld('key.enrolled', { publicKey: key.publicKey, name: 'Reviewer' });
    signedOld('limit.set', { epsilon: '2', delta: '0', conversionDelta: '0' });
    expect(checkCaseLedger(directory)).toMatchObject({
      ok: true,
      notes: [expect.stringContaining('Time and nonce of line 2 are covered by no signature')],
    });
    setLimit(into, { epsilon: '3' }, key);
    expect(checkCaseLedger(directory)).toMatchObject({
      ok: true,
      notes: [
        '2 lines, the last of them line 2, are signed as older versions did, without time and nonce. Line 3, which is signed whole, covers what their own signatures do not.',
      ],
    });
    signedOld('limit.set', { epsilon: '9', delta: '0', conversionDelta: '0' });
    expect(() => ledgerState(into)).toThrow('is signed in the older form, after a line in the newer one');
    expect(checkCaseLedger(directory).faults.join()).toContain('Line 4 of the ledger is signed in the older form');
    await into.close();
  });
});
