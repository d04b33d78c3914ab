import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { createCase, openCase } from '../../core/store/index.ts';
import { acquireLock } from '../../core/store/lock.ts';
import { bootIdentity, pidNamespace, processStart } from '../../core/store/process-identity.ts';
import { casePlace, failure, scratch, startChild } from './support.ts';

/** No process has it: Linux gives out at most 2^22. */
const DEAD_PID = 2 ** 22 + 1;
const holder = (changes: object): string =>
  `${JSON.stringify({
    program: 'nightjar',
    pid: process.pid,
    host: hostname(),
    since: '2026-01-01T00:00:00.000Z',
    nonce: 'n',
    boot: bootIdentity(),
    namespace: pidNamespace(),
    start: processStart(process.pid),
    ...changes,
  })}\n`;

describe('a lock', () => {
  test('names its holder and is free again after release', () => {
    const path = join(scratch(), 'lock');
    const lock = acquireLock(path, 'first');
    expect(() => acquireLock(path, 'second')).toThrow(
      `The case is open in first, process ${process.pid}, since ${lock.holder.since}.`,
    );
    lock.release();
    expect(existsSync(path)).toBe(false);
    acquireLock(path, 'second').release();
  });

  test.each([
    ['is dead', { pid: DEAD_PID }],
    ['had this process id before us', { start: '1' }],
    ['ran before the last boot', { boot: 'another' }],
  ])('is taken over when its holder %s', (_name, changes) => {
    const directory = scratch();
    const path = join(directory, 'lock');
    writeFileSync(path, holder(changes));
    const lock = acquireLock(path, 'us');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ program: 'us', pid: process.pid });
    lock.release();
    expect(readdirSync(directory)).toEqual([]);
  });

  test.each([
    ['lives', {}, `nightjar, process ${process.pid},`],
    ['is on another machine', { host: 'elsewhere', pid: DEAD_PID }, 'on elsewhere'],
    ['is in another container', { namespace: 'pid:[1]', pid: DEAD_PID }, `process ${DEAD_PID}`],
  ])('is respected when its holder %s', (_name, changes, text) => {
    const path = join(scratch(), 'lock');
    writeFileSync(path, holder(changes));
    expect(() => acquireLock(path, 'us')).toThrow(text);
  });

  test('is respected while it is being written, and taken when a takeover was killed', () => {
    const path = join(scratch(), 'lock');
    writeFileSync(path, '');
    expect(() => acquireLock(path, 'us')).toThrow('is being opened');
    writeFileSync(path, holder({ pid: DEAD_PID }));
    writeFileSync(`${path}.takeover`, holder({ pid: DEAD_PID }));
    acquireLock(path, 'us').release();
  });

  test.each([
    ['half a line', '{"program":"nightjar","pid'],
    ['no JSON that ends like it', '{"program":}\n'],
  ])('that was torn long ago is taken over, whatever its clock said: %s', (_name, text) => {
    for (const days of [-1, 1]) {
      const path = join(scratch(), 'lock');
      writeFileSync(path, text);
      const at = Date.now() / 1000 + days * 86_400;
      utimesSync(path, at, at);
      acquireLock(path, 'us').release();
    }
  });
});

test('a takeover that another process is at is respected', () => {
  const path = join(scratch(), 'lock');
  writeFileSync(path, holder({ pid: DEAD_PID }));
  writeFileSync(`${path}.takeover`, holder({}));
  expect(() => acquireLock(path, 'us')).toThrow('The case is open in nightjar');
  expect(readFileSync(path, 'utf8')).toContain(`"pid":${DEAD_PID}`);
});

describe('two processes', () => {
  test('never hold a lock at once', async () => {
    const directory = scratch();
    const children = Array.from({ length: 4 }, () => startChild(['contend', directory]));
    for (const child of children) expect(await child.nextLine()).toBe('ready');
    for (const child of children) child.process.stdin?.write('go\n');
    const answers = await Promise.all(children.map((child) => child.nextLine()));
    for (const answer of answers) expect(answer).toMatch(/^wins \d+$/);
    const wins = answers.reduce((sum, answer) => sum + Number(answer?.slice(5)), 0);
    expect(wins).toBeGreaterThan(50);
  });

  test('that race for a dead holder’s lock: exactly one wins', { timeout: 180_000 }, async () => {
    for (let round = 0; round < 2; round++) {
      const directory = scratch();
      writeFileSync(join(directory, 'lock'), holder({ pid: DEAD_PID }));
      const children = Array.from({ length: 4 }, () => startChild(['takeover', directory]));
      for (const child of children) expect(await child.nextLine()).toBe('ready');
      for (const child of children) child.process.stdin?.write('go\n');
      const answers = await Promise.all(children.map((child) => child.nextLine()));
      expect(answers.toSorted()).toEqual(['case-locked', 'case-locked', 'case-locked', 'won']);
      for (const child of children) child.process.kill('SIGKILL');
    }
  });

  test('that create one case: exactly one wins', async () => {
    const { directory, keyringPath } = casePlace();
    const children = Array.from({ length: 3 }, () => startChild(['create', directory, keyringPath]));
    for (const child of children) expect(await child.nextLine()).toBe('ready');
    for (const child of children) child.process.stdin?.write('go\n');
    const answers = await Promise.all(children.map((child) => child.nextLine()));
    expect(answers.toSorted()).toEqual(['case-locked', 'case-locked', 'won']);
  });

  test('cannot both open a case; the second is told who has it', async () => {
    const { directory, keyringPath } = casePlace();
    await (await createCase(directory, { keyringPath })).close();
    const child = startChild(['hold', directory, keyringPath]);
    expect(await child.nextLine()).toBe('open');
    const error = await failure(() => openCase(directory, { keyringPath }));
    expect(error.code).toBe('case-locked');
    expect(error.message).toContain(`child, process ${child.process.pid}, since 20`);
    child.process.stdin?.write('close\n');
    expect(await child.nextLine()).toBe('closed');
    await (await openCase(directory, { keyringPath })).close();
  });

  test('after kill -9 of the holder the case opens', async () => {
    const { directory, keyringPath } = casePlace();
    const child = startChild(['hold', directory, keyringPath]);
    expect(await child.nextLine()).toBe('open');
    child.process.kill('SIGKILL');
    await child.exit;
    expect(existsSync(join(directory, 'lock'))).toBe(true);
    const opened = await openCase(directory, { keyringPath });
    await opened.close();
    expect(readdirSync(directory).filter((name) => name.startsWith('lock'))).toEqual([]);
  });

  test('of which one was killed while it created the case: the other creates it', async () => {
    const { directory, keyringPath } = casePlace();
    mkdirSync(directory);
    writeFileSync(join(directory, 'lock'), holder({ pid: DEAD_PID }));
    writeFileSync(join(directory, 'creating'), '');
    writeFileSync(join(directory, 'data.duckdb'), 'half');
    writeFileSync(join(directory, 'journal.ndjson'), 'half');
    expect((await failure(() => openCase(directory, { keyringPath }))).code).toBe('input');
    await (await openCase(directory, { keyringPath, create: 'if-missing' })).close();
    await (await openCase(directory, { keyringPath })).close();
  });

  test('of which one was killed when its case was made but still marked: opening takes the mark away', async () => {
    const { directory, keyringPath } = casePlace();
    await (await createCase(directory, { keyringPath })).close();
    writeFileSync(join(directory, 'creating'), '');
    await (await openCase(directory, { keyringPath })).close();
    // with the mark, a case that lost its manifest would pass for remains, and be removed
    rmSync(join(directory, 'case.json'));
    expect((await failure(() => openCase(directory, { keyringPath, create: 'if-missing' }))).code).toBe('input');
    expect(existsSync(join(directory, 'vault.sealed'))).toBe(true);
  });
});
