import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { openCase, verifyJournal } from '../../core/store/index.ts';
import { checkJournal } from '../../core/store/journal-verify.ts';
import { formatEntry, journalRoot, parseEntry } from '../../core/store/journal-format.ts';
import { casePaths } from '../../core/store/layout.ts';
import type { Manifest } from '../../core/store/manifest.ts';
import { casePlace, failure } from './support.ts';

const caseId = '0'.repeat(32);
const written = (count: number, of = caseId): { lines: string[]; manifest: Manifest } => {
  const lines: string[] = [];
  let hash = journalRoot(of);
  for (let seq = 1; seq <= count; seq++) {
    const detail = { note: `line ${seq} “é”\n`, nested: { b: seq, a: [1, null] } };
    const at = '2026-01-01T00:00:00.000Z';
    const { line, entry } = formatEntry({ seq, at, event: 'test', detail, previous: hash });
    lines.push(line);
    hash = entry.hash;
  }
  const base = { format: 'nightjar-case', schemaVersion: 1, appVersion: '1', sealing: 'none' } as const;
  const journal = { entries: count, hash };
  return { lines, manifest: { ...base, caseId, created: '2026-01-01T00:00:00.000Z', journal } };
};
const verdict = (lines: readonly string[], manifest: Manifest) =>
  checkJournal(Buffer.from(lines.join('')), manifest).verdict;

describe('an entry', () => {
  test('has a hash over its own text, keys in order', () => {
    const { line, entry } = formatEntry({
      seq: 1,
      at: '2026-01-01T00:00:00.000Z',
      event: 'a',
      detail: { y: 1, x: 2 },
      previous: 'p',
    });
    const body = '{"at":"2026-01-01T00:00:00.000Z","detail":{"x":2,"y":1},"event":"a","previous":"p","seq":1,"hash":"';
    expect(line).toBe(`${body}${entry.hash}"}\n`);
    // echo -n '{"at":…,"seq":1}' | sha256sum
    expect(entry.hash).toBe('cf2695f695bd06d1940669cfd912e53634ffaae7fb9280ac7a1f6ab62cd92d28');
    expect(parseEntry(Buffer.from(line.trimEnd()))).toEqual(entry);
  });
});

describe('a journal that was tampered with', () => {
  const { lines, manifest } = written(6);

  test('is sound as written, and sound when it is longer than recorded', () => {
    expect(verdict(lines, manifest)).toMatchObject({ ok: true, entries: 6, unfinishedBytes: 0 });
    const shorter = { ...manifest, journal: written(5).manifest.journal };
    expect(verdict(lines, shorter)).toMatchObject({ ok: true, entries: 6 });
  });

  test('is found whatever byte is changed', () => {
    const bytes = Buffer.from(lines.join(''));
    const at = fc.nat(bytes.length - 1);
    fc.assert(
      fc.property(at, fc.integer({ min: 1, max: 255 }), (index, flip) => {
        const changed = Buffer.from(bytes);
        changed[index] = (changed[index] ?? 0) ^ flip;
        expect(checkJournal(changed, manifest).verdict.ok).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test('is found whichever lines are removed, doubled, moved, or put in from another case', () => {
    const other = written(9, '1'.repeat(32)).lines;
    const lists = fc.array(fc.constantFrom(...lines, ...other), { maxLength: 8 });
    fc.assert(
      fc.property(lists, (changed) => {
        fc.pre(changed.slice(0, 6).join('') !== lines.join(''));
        expect(verdict(changed, manifest).ok).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['a word changed', (l: string[]) => l.with(2, (l[2] ?? '').replace('line', 'lime')), 3, 'changed'],
    ['a line removed', (l: string[]) => l.toSpliced(2, 1), 3, 'missing'],
    [
      'two lines swapped',
      (l: string[]) => [...l.slice(0, 2), ...l.slice(2, 4).toReversed(), ...l.slice(4)],
      3,
      'reordered',
    ],
    ['a line doubled', (l: string[]) => l.toSpliced(2, 0, l[1] ?? ''), 3, 'reordered'],
    ['the tail cut off', (l: string[]) => l.slice(0, 4), 5, 'truncated'],
    ['cut in the middle of a line', (l: string[]) => l.with(5, (l[5] ?? '').slice(0, 20)), 6, 'truncated'],
    [
      'a line of another case put in',
      (l: string[]) => l.with(2, written(3, 'f'.repeat(32)).lines[2] ?? ''),
      3,
      'changed',
    ],
    ['everything removed', () => [], 1, 'truncated'],
  ])('%s: line and reason are named', (_name, change, line, why) => {
    expect(verdict(change([...lines]), manifest)).toMatchObject({ ok: false, line, why });
  });

  test('a chain computed anew does not end as the case has recorded', () => {
    const forged = written(6).lines.slice(0, 5);
    const last = parseEntry(Buffer.from((forged[4] ?? '').trimEnd()));
    const at = '2026-01-02T00:00:00.000Z';
    const entry = { seq: 6, at, event: 'forged', detail: {}, previous: last?.hash ?? '' };
    expect(verdict([...forged, formatEntry(entry).line], manifest)).toMatchObject({
      ok: false,
      line: 6,
      why: 'changed',
    });
  });
});

describe('the journal of a case', () => {
  test('is continued after closing and verified without opening', async () => {
    const { directory, keyringPath } = casePlace();
    const first = await openCase(directory, { keyringPath, create: 'if-missing' });
    first.journal.append('note', { text: 'one' });
    expect(verifyJournal(directory)).toMatchObject({ ok: true, entries: 2 });
    await first.close();
    const second = await openCase(directory, { keyringPath });
    second.journal.append('note', { text: 'two' });
    expect(second.journal.entries().map((entry) => entry.event)).toEqual(['case.created', 'note', 'note']);
    await second.close();
    expect(verifyJournal(directory)).toMatchObject({ ok: true, entries: 3 });
  });

  test('loses half a last line at opening and says so', async () => {
    const { directory, keyringPath } = casePlace();
    await (await openCase(directory, { keyringPath, create: 'if-missing' })).close();
    const { journal: path } = casePaths(directory);
    appendFileSync(path, '{"at":"2026-01-01T0');
    expect(verifyJournal(directory)).toMatchObject({ ok: true, unfinishedBytes: 19 });
    await (await openCase(directory, { keyringPath })).close();
    expect(verifyJournal(directory)).toMatchObject({ ok: true, entries: 2, unfinishedBytes: 0 });
    expect(readFileSync(path, 'utf8')).toContain('"detail":{"bytesCut":19},"event":"journal.repaired"');
  });

  test('that was changed keeps the case from opening', async () => {
    const { directory, keyringPath } = casePlace();
    await (await openCase(directory, { keyringPath, create: 'if-missing' })).close();
    const { journal: path } = casePaths(directory);
    writeFileSync(path, readFileSync(path, 'utf8').replace('keyring', 'kexring'));
    const error = await failure(() => openCase(directory, { keyringPath }));
    expect(error.code).toBe('case-damaged');
    expect(error.message).toBe('Line 1 of the journal is not as it was written.');
  });
});
