import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { openCase, verifyLedger, type Case } from '../../core/store/index.ts';
import { formatEntry, journalRoot, type JournalEntry } from '../../core/store/journal-format.ts';
import { checkLedger } from '../../core/store/ledger-verify.ts';
import { formatLedgerEntry, ledgerRoot, parseLedgerEntry, type LedgerEntry } from '../../core/store/ledger-format.ts';
import { casePaths } from '../../core/store/layout.ts';
import { readManifest, type Manifest } from '../../core/store/manifest.ts';
import { casePlace, failure } from './support.ts';

const caseId = '0'.repeat(32);
const at = '2026-01-01T00:00:00.000Z';

/** A ledger of `count` entries and the journal that names each of them. */
const written = (
  count: number,
  of = caseId,
): { lines: string[]; entries: LedgerEntry[]; manifest: Manifest; journal: JournalEntry[] } => {
  const journal: JournalEntry[] = [];
  const note = (event: string, detail: Record<string, string | number>): void => {
    const previous = journal.at(-1)?.hash ?? journalRoot(of);
    journal.push(formatEntry({ seq: journal.length + 1, at, event, detail, previous }).entry);
  };
  note('case.created', {});
  const lines: string[] = [];
  const entries: LedgerEntry[] = [];
  for (let seq = 1; seq <= count; seq++) {
    const { line, entry } = formatLedgerEntry({
      seq,
      at,
      event: 'test',
      detail: { note: `line ${seq} “é”\n` },
      journal: { entries: journal.length, hash: journal.at(-1)?.hash ?? '' },
      nonce: seq.toString(16).padStart(32, '0'),
      previous: entries.at(-1)?.hash ?? ledgerRoot(of),
    });
    lines.push(line);
    entries.push(entry);
    note('ledger.entry', { entries: seq, hash: entry.hash, event: 'test' });
  }
  const base = { format: 'nightjar-case', schemaVersion: 1, appVersion: '1', sealing: 'none' } as const;
  const manifest = {
    ...base,
    caseId: of,
    created: at,
    journal: { entries: journal.length, hash: journal.at(-1)?.hash ?? '' },
    ledger: { entries: count, hash: entries.at(-1)?.hash ?? '' },
  };
  return { lines, entries, manifest, journal };
};

const spend = (into: Case, text = 'x') => into.ledger.append('test', () => ({ text }));
const opened = (directory: string, keyringPath: string): Promise<Case> =>
  openCase(directory, { keyringPath, create: 'if-missing', threads: 1 });

test('an entry has a hash over its own text, keys in order', () => {
  const journal = { entries: 1, hash: 'a'.repeat(64) };
  const body = { seq: 1, at, event: 'a', detail: { y: 1, x: 2 }, journal, nonce: 'b'.repeat(32) };
  const { line, entry } = formatLedgerEntry({ ...body, previous: 'c'.repeat(64) });
  // printf %s '{"at":…,"seq":1}' | sha256sum
  expect(line).toBe(
    '{"at":"2026-01-01T00:00:00.000Z","detail":{"x":2,"y":1},"event":"a",' +
      `"journal":{"entries":1,"hash":"${'a'.repeat(64)}"},"nonce":"${'b'.repeat(32)}","previous":"${'c'.repeat(64)}",` +
      '"seq":1,"hash":"5724cf248723a4083a993ab8a300646627b6aee94580977f621cd7b0644bd724"}\n',
  );
  expect(parseLedgerEntry(Buffer.from(line.trimEnd()))).toEqual(entry);
});

describe('a ledger that was tampered with', () => {
  const { lines, manifest, journal } = written(6);
  const verdict = (changed: readonly string[]) => checkLedger(Buffer.from(changed.join('')), manifest, journal).verdict;

  test('is sound as written, and sound when it is longer than recorded', () => {
    expect(verdict(lines)).toMatchObject({ ok: true, entries: 6, unfinishedBytes: 0 });
    const short = written(5);
    expect(checkLedger(Buffer.from(lines.join('')), short.manifest, short.journal).verdict).toMatchObject({
      ok: true,
      entries: 6,
    });
  });

  test('is found whatever byte is changed', () => {
    const bytes = Buffer.from(lines.join(''));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (index, flip) => {
        const changed = Buffer.from(bytes);
        changed[index] = (changed[index] ?? 0) ^ flip;
        expect(checkLedger(changed, manifest, journal).verdict.ok).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test('is found whichever lines are removed, doubled, moved, or put in from another case', () => {
    const other = written(9, '1'.repeat(32)).lines;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...lines, ...other), { maxLength: 8 }), (changed) => {
        fc.pre(changed.slice(0, 6).join('') !== lines.join(''));
        expect(verdict(changed).ok).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['a word changed', (l: string[]) => l.with(2, (l[2] ?? '').replace('line', 'lime')), 3, 'changed'],
    ['a line removed', (l: string[]) => l.toSpliced(2, 1), 3, 'missing'],
    ['two lines swapped', (l: string[]) => [...l.slice(0, 2), l[3] ?? '', l[2] ?? '', ...l.slice(4)], 3, 'reordered'],
    ['a line doubled', (l: string[]) => l.toSpliced(2, 0, l[1] ?? ''), 3, 'reordered'],
    ['the tail cut off', (l: string[]) => l.slice(0, 4), 5, 'truncated'],
    ['everything removed', () => [], 1, 'truncated'],
  ])('%s: line and reason are named', (_name, change, line, why) => {
    expect(verdict(change([...lines]))).toMatchObject({ ok: false, line, why });
  });

  test('a tail that is cut off together with the manifest is still named by the journal', () => {
    const bytes = Buffer.from(lines.slice(0, 4).join(''));
    const { ledger: _, ...without } = manifest;
    expect(checkLedger(bytes, without, journal).verdict).toMatchObject({ ok: false, line: 5, why: 'truncated' });
    const older = { ...manifest, ledger: written(4).manifest.ledger ?? { entries: 0, hash: '' } };
    expect(checkLedger(bytes, older, journal).verdict).toMatchObject({ ok: false, line: 5, why: 'truncated' });
  });

  test('a journal that is older than the ledger beside it is named by the ledger', () => {
    const older = written(3);
    expect(checkLedger(Buffer.from(lines.join('')), older.manifest, older.journal).verdict).toMatchObject({
      ok: false,
      line: 5,
      why: 'journal',
    });
  });
});

describe('the ledger of a case', () => {
  test('has no file before its first entry, is continued after closing, and is named by the journal', async () => {
    const { directory, keyringPath } = casePlace();
    const first = await opened(directory, keyringPath);
    expect(existsSync(casePaths(directory).ledger)).toBe(false);
    const one = spend(first);
    expect(first.manifest.ledger).toEqual({ entries: 1, hash: one.hash });
    await first.close();
    expect(verifyLedger(directory).verdict).toMatchObject({ ok: true, entries: 1 });
    const second = await opened(directory, keyringPath);
    expect(second.ledger.entries()).toEqual([one]);
    const two = second.ledger.append('test', (entries, start) => {
      expect(entries).toEqual([one]);
      expect(start).toMatchObject({ seq: 2, previous: one.hash });
      return { start: { ...start } };
    });
    // What was there to be signed is what was written.
    const { seq, at, journal, nonce, previous } = two;
    expect(two.detail).toEqual({ start: { seq, at, journal, nonce, previous } });
    expect(previous).toBe(one.hash);
    expect(second.journal.entries().at(-1)?.detail).toEqual({ entries: 2, hash: two.hash, event: 'test' });
    await second.close();
    expect(verifyLedger(directory).verdict).toMatchObject({ ok: true, entries: 2 });
    expect(readManifest(directory).ledger).toEqual({ entries: 2, hash: two.hash });
  });

  test('writes nothing where an entry is refused', async () => {
    const { directory, keyringPath } = casePlace();
    const into = await opened(directory, keyringPath);
    const refuse = () =>
      into.ledger.append('test', () => {
        throw new RangeError('no');
      });
    expect(refuse).toThrow('no');
    expect(into.ledger.head()).toEqual({ entries: 0, hash: ledgerRoot(into.id) });
    spend(into);
    await into.close();
    expect(verifyLedger(directory).verdict).toMatchObject({ ok: true, entries: 1 });
  });

  test('loses half a last line at opening and says so', async () => {
    const { directory, keyringPath } = casePlace();
    const into = await opened(directory, keyringPath);
    spend(into);
    await into.close();
    const { ledger: path } = casePaths(directory);
    appendFileSync(path, '{"at":"2026-01-01T0');
    expect(verifyLedger(directory).verdict).toMatchObject({ ok: true, unfinishedBytes: 19 });
    await (await opened(directory, keyringPath)).close();
    expect(verifyLedger(directory).verdict).toMatchObject({ ok: true, entries: 1, unfinishedBytes: 0 });
    expect(readFileSync(casePaths(directory).journal, 'utf8')).toContain('"event":"ledger.repaired"');
  });

  test('counts a last line that a crash kept the journal from naming, and names it', async () => {
    const { directory, keyringPath } = casePlace();
    const into = await opened(directory, keyringPath);
    spend(into, 'first');
    const { journal, manifest } = casePaths(directory);
    const before = [readFileSync(journal), readFileSync(manifest)] as const;
    spend(into, 'second');
    await into.close();
    writeFileSync(journal, before[0]);
    writeFileSync(manifest, before[1]);
    const again = await opened(directory, keyringPath);
    expect(again.ledger.entries().map(({ detail }) => detail['text'])).toEqual(['first', 'second']);
    expect(again.manifest.ledger?.entries).toBe(2);
    await again.close();
    truncateSync(casePaths(directory).ledger, 10);
    expect(verifyLedger(directory).verdict).toMatchObject({ ok: false, why: 'truncated' });
  });

  test.each(['ledger', 'journal'] as const)('refuses to open when only the %s was put back', async (which) => {
    const { directory, keyringPath } = casePlace();
    const into = await opened(directory, keyringPath);
    spend(into);
    const path = casePaths(directory)[which];
    const old = readFileSync(path);
    spend(into);
    await into.close();
    writeFileSync(path, old);
    const error = await failure(() => opened(directory, keyringPath));
    expect(error.code).toBe('case-damaged');
  });

  test('an older copy of the whole case spends nothing on a machine that remembers; a newer one does', async () => {
    const { directory, keyringPath } = casePlace();
    const copy = `${directory}-copy`;
    const into = await opened(directory, keyringPath);
    spend(into);
    await into.close();
    cpSync(directory, copy, { recursive: true });
    const again = await opened(directory, keyringPath);
    spend(again);
    await again.close();

    const old = await opened(copy, keyringPath);
    expect(old.ledger.entries()).toHaveLength(1);
    const error = await failure(() => spend(old));
    expect(error).toMatchObject({ code: 'case-damaged', where: casePaths(copy).ledger });
    await old.close();

    // Not promised: who has no memory of the case, on another machine, can spend from the old copy.
    const elsewhere = await opened(copy, join(directory, '..', 'elsewhere', 'keyring'));
    expect(spend(elsewhere).seq).toBe(2);
    await elsewhere.close();
    const current = await opened(directory, keyringPath);
    spend(current);
    await current.close();
  });

  test('takes nothing after its file could not be written', async () => {
    const { directory, keyringPath } = casePlace();
    const into = await opened(directory, keyringPath);
    const { ledger: path } = casePaths(directory);
    // A directory where the file should be: writing fails whoever one is.
    mkdirSync(path);
    expect((await failure(() => spend(into))).message).not.toContain('checked');
    rmSync(path, { recursive: true });
    expect((await failure(() => spend(into))).message).toContain('could not be written');
    await into.close();
    const again = await opened(directory, keyringPath);
    spend(again);
    await again.close();
  });
});
