import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import {
  approveRelease,
  askRelease,
  checkCaseLedger,
  enrolKey,
  makeKeyFile,
  openKeyFile,
  refuseRelease,
  setLimit,
  setTwoPersons,
  verifyRelease,
  viewLedger,
} from '../../../core/api/release/index.ts';
import type { Case } from '../../../core/index.ts';
import { importFiles } from '../../../core/ingest/index.ts';
import { parseRelease } from '../../../core/release/release-file/index.ts';
import { failure } from '../../store/support.ts';
import { folder } from './folder.ts';
import { ask, COUNT, logText, releaseSite } from './support.ts';

const spentOf = (of: Case): string | null => viewLedger(of).spent.epsilon;

describe('a release', () => {
  test('is asked for, approved, paid for, signed and stored', async () => {
    const { open, key, directory } = await releaseSite({ epsilon: '2' }, folder());
    const into = await open();
    const request = await ask(into);
    expect(viewLedger(into).requests).toMatchObject([
      { id: request, state: 'pending', debit: null, purpose: 'a test' },
    ]);
    expect(spentOf(into)).toBe('0');

    const { file, isRepeated } = await approveRelease(into, request, key);
    expect(isRepeated).toBe(false);
    const release = parseRelease(file.toString());
    expect(release.release.keys).toEqual([{ column: 'country', of: ['DE', 'FR', 'IT'] }]);
    expect(release.release.columns.map(({ value }) => value)).toHaveLength(1);
    expect(verifyRelease(release)).toMatchObject({
      ok: true,
      signer: { fingerprint: key.fingerprint, name: 'Reviewer' },
    });
    expect(verifyRelease(release, [key.fingerprint]).signer.isTrusted).toBe(true);
    expect(verifyRelease(release, [])).toMatchObject({ ok: false });

    const view = viewLedger(into);
    expect(view.requests).toMatchObject([{ state: 'answered', debit: { alone: true, by: key.fingerprint } }]);
    expect(view.spent.epsilon).toBe('1');
    expect(view.remaining?.epsilon).toBe('1');
    await into.close();
    expect(checkCaseLedger(directory, [release])).toMatchObject({ ok: true, faults: [], notes: [] });
  });

  test('of the same question is the stored answer, at no cost, also after closing', async () => {
    const { open, key, root } = await releaseSite({ epsilon: '10' }, folder());
    const first = await open();
    const { file } = await approveRelease(first, await ask(first), key);
    await first.close();
    const again = await open();
    // Written another way, it is the same question.
    const query = { bounds: COUNT.bounds, by: COUNT.by, count: 'events', level: 0.95 };
    const repeated = await askRelease(again, { query, epsilon: '1.0' });
    expect(repeated.kind === 'answered' && repeated.file.equals(file)).toBe(true);
    expect(spentOf(again)).toBe('1');
    // At another cost, and on other data, it is another question.
    await approveRelease(again, await ask(again, '2'), key);
    expect(spentOf(again)).toBe('3');
    writeFileSync(join(root, 'more.csv'), logText(3).replaceAll('2024', '2025'));
    await importFiles(again, [join(root, 'more.csv')], { threads: 1 }, {});
    const { file: other } = await approveRelease(again, await ask(again), key);
    expect(other.equals(file)).toBe(false);
    expect(spentOf(again)).toBe('4');
    await again.close();
  });

  test('of two equal requests, approved at once, is paid for once', async () => {
    const { open, key } = await releaseSite({ epsilon: '10' }, folder());
    const into = await open();
    const one = await ask(into);
    const query = { ...COUNT, by: COUNT.by };
    const two = await askRelease(into, { query, epsilon: '1', purpose: 'another purpose' });
    const requests = [one, two.kind === 'pending' ? two.request : ''];
    const [a, b] = await Promise.all(requests.map((request) => approveRelease(into, request, key)));
    expect(a?.file.equals(b?.file ?? Buffer.alloc(0))).toBe(true);
    expect([a?.isRepeated, b?.isRepeated].sort()).toEqual([false, true]);
    expect(spentOf(into)).toBe('1');
    expect(viewLedger(into).requests.map(({ state }) => state)).toEqual(['answered', 'answered']);
    await into.close();
  });

  test('approved twice at once is one release', async () => {
    const { open, key } = await releaseSite({ epsilon: '10' }, folder());
    const into = await open();
    const request = await ask(into);
    const done = await Promise.allSettled([1, 2, 3].map(() => approveRelease(into, request, key)));
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(spentOf(into)).toBe('1');
    await into.close();
  });
});

describe('the limit', () => {
  test('is held by many releases at once, and after the case is opened anew', async () => {
    const { open, key, directory } = await releaseSite({ epsilon: '2' }, folder());
    const into = await open();
    const requests: string[] = [];
    for (let i = 0; i < 8; i++) requests.push(await ask(into, '0.6', { ...COUNT, level: 0.9 + i / 100 }));
    const done = await Promise.allSettled(requests.map((request) => approveRelease(into, request, key)));
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(spentOf(into)).toBe('1.8');
    await into.close();
    // A new sitting has no new budget.
    const again = await open();
    expect(spentOf(again)).toBe('1.8');
    const left = viewLedger(again).requests.filter(({ state }) => state === 'pending');
    const error = await failure(() => approveRelease(again, left[0]?.id ?? '', key));
    expect(error).toMatchObject({ code: 'usage', message: expect.stringContaining('more than is left') });
    expect(spentOf(again)).toBe('1.8');
    expect((await failure(open)).code).toBe('case-locked'); // one process at a time has the ledger
    await approveRelease(again, await ask(again, '0.2'), key);
    expect(viewLedger(again).remaining?.epsilon).toBe('0');
    await again.close();
    expect(checkCaseLedger(directory)).toMatchObject({ ok: true });
  });

  test('is demanded, belongs to a reviewer, and is changed by an entry of its own', async () => {
    const { open, key, root } = await releaseSite(undefined, folder());
    const into = await open();
    const request = await ask(into);
    expect((await failure(() => approveRelease(into, request, key))).message).toContain('not enrolled');
    enrolKey(into, key, key);
    expect((await failure(() => approveRelease(into, request, key))).message).toContain('no limit');
    setLimit(into, { epsilon: '1', delta: '1e-6' }, key);
    expect(viewLedger(into).limit).toEqual({ epsilon: '1', delta: '0.000001', conversionDelta: '0.0000005' });
    await approveRelease(into, request, key);
    const enough = await ask(into, '1', { ...COUNT, level: 0.9 });
    expect((await failure(() => approveRelease(into, enough, key))).message).toContain('more than is left');

    await makeKeyFile(join(root, 'other.key'), 'Other');
    const other = await openKeyFile(join(root, 'other.key'));
    for (const act of [
      () => setLimit(into, { epsilon: '100' }, other),
      () => setTwoPersons(into, true, other),
      () => enrolKey(into, other, other),
      () => refuseRelease(into, enough, 'no', other),
      () => approveRelease(into, enough, other),
    ]) {
      expect(await failure(act)).toMatchObject({ code: 'usage', message: 'The key is not enrolled in this case.' });
    }
    enrolKey(into, other, key);
    setLimit(into, { epsilon: '2' }, other);
    await approveRelease(into, enough, other);
    expect(into.ledger.entries().map(({ event }) => event)).toEqual([
      'release.requested',
      'key.enrolled',
      'limit.set',
      'release.debited',
      'release.answered',
      'release.requested',
      'key.enrolled',
      'limit.set',
      'release.debited',
      'release.answered',
    ]);
    for (const epsilon of ['0', '-1'])
      expect((await failure(() => setLimit(into, { epsilon }, key))).code).toBe('usage');
    await into.close();
  });
});

describe('two persons', () => {
  test('are told apart by their accounts, where the case demands them', async () => {
    const { open, key } = await releaseSite({ epsilon: '2' }, folder());
    const into = await open();
    setTwoPersons(into, true, key);
    const request = await ask(into);
    expect((await failure(() => approveRelease(into, request, key))).message).toContain('two persons');
    expect(spentOf(into)).toBe('0');
    setTwoPersons(into, false, key);
    await approveRelease(into, request, key);
    expect(viewLedger(into).requests[0]?.debit?.alone).toBe(true);
    await into.close();
  });

  test('may disagree: a refused request is not released', async () => {
    const { open, key } = await releaseSite({ epsilon: '2' }, folder());
    const into = await open();
    const request = await ask(into);
    refuseRelease(into, request, 'too fine', key);
    expect(viewLedger(into).requests).toMatchObject([{ state: 'refused', reason: 'too fine', debit: null }]);
    expect((await failure(() => approveRelease(into, request, key))).message).toContain('decided on already');
    expect(spentOf(into)).toBe('0');
    await into.close();
  });
});

test('a request that is refused while its rows are read is not paid for', async () => {
  const { open, key } = await releaseSite({ epsilon: '2' }, folder());
  const into = await open();
  const request = await ask(into);
  const approving = failure(() => approveRelease(into, request, key));
  await new Promise((resolve) => setImmediate(resolve));
  refuseRelease(into, request, 'too late', key);
  expect((await approving).message).toContain('decided on already');
  expect(viewLedger(into).requests).toMatchObject([{ state: 'refused', debit: null }]);
  expect(spentOf(into)).toBe('0');
  await into.close();
});

describe('what goes wrong', () => {
  test('before the debit costs nothing; after it, it stays spent and is paid for again', async () => {
    const { open, key, directory } = await releaseSite({ epsilon: '5' }, folder());
    const into = await open();
    const request = await ask(into);
    const cancel = AbortSignal.abort();
    expect((await failure(() => approveRelease(into, request, key, { signal: cancel }))).code).toBe('cancelled');
    expect(spentOf(into)).toBe('0');
    // A place for answers that cannot be made: the answer cannot be stored once it is drawn.
    const elsewhere: Case = { ...into, paths: { ...into.paths, releases: join(directory, 'missing', 'releases') } };
    expect(await failure(() => approveRelease(elsewhere, request, key))).toMatchObject({
      code: 'input',
      message: 'There is no such place.',
    });
    expect(viewLedger(into).requests).toMatchObject([{ state: 'interrupted', answer: null }]);
    expect(spentOf(into)).toBe('1');
    await into.close();

    const again = await open();
    expect(spentOf(again)).toBe('1');
    expect((await failure(() => approveRelease(again, request, key))).message).toContain('decided on already');
    await approveRelease(again, await ask(again), key);
    expect(spentOf(again)).toBe('2');
    await again.close();
    expect(checkCaseLedger(directory)).toMatchObject({ ok: true, notes: [expect.stringContaining('1 paid releases')] });
  });

  test('says nothing of the data: neither a count nor an identity', async () => {
    const { open, key, directory } = await releaseSite({ epsilon: '1' }, folder());
    const into = await open();
    const messages: string[] = [];
    for (const query of [
      { ...COUNT, bounds: {} },
      { ...COUNT, bounds: { groupsPerActor: 1 } },
      { sum: 'country', bounds: { groupsPerActor: 1, rowsPerGroup: 1, value: [0, 1], step: 1 } },
      { ...COUNT, by: [{ column: 'actor_id', keys: ['a'] }] },
      { ...COUNT, by: [{ column: 'country', keys: 'unknown' }] },
      { count: 'people' },
    ]) {
      const error = await failure(() => ask(into, '1', query));
      messages.push(`${error.code} ${error.message} ${error.where ?? ''} ${error.next ?? ''}`);
      expect(error.code).toBe('usage');
    }
    const { file } = await approveRelease(into, await ask(into), key);
    const over = await ask(into, '1', { ...COUNT, level: 0.9 });
    messages.push((await failure(() => approveRelease(into, over, key))).message);
    await into.close();
    const ledger = readFileSync(join(directory, 'ledger.ndjson'), 'utf8');
    const numbers = /\b(?:160|40|54|53|106|107)\b/u; // rows, people, rows by country
    for (const message of messages) expect(message).not.toMatch(numbers);
    for (const text of [...messages, ledger, file.toString()]) expect(text).not.toMatch(/@example|person-/u);
  });
});
