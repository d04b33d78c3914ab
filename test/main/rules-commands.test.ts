import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makeKeyFile, openKeyFile, setLimit } from '../../core/api/release/index.ts';
import { createCase, detectFiles, openCase } from '../../core/index.ts';
import { backtestReport } from '../../core/api/contract/rules-findings.ts';
import { rules } from '../../main/cli/commands/rules.ts';
import { logRows, writeLog } from '../api/logs.ts';
import { runCommand } from './support/run-command.ts';

const place = mkdtempSync(join(tmpdir(), 'nightjar-rules-'));
const directory = join(place, 'case');
const file = (name: string, text: string | Uint8Array): string => {
  const path = join(place, name);
  writeFileSync(path, text);
  return path;
};
const HEAD = 'author "A"\nseverity low\neffect review\n';
const MANY = `rule many "Many in a day"\n${HEAD}for each actor_id\nin each 1 day\nwhen count() >= 5\n`;

/** Twelve who do a little more than others, a third of them at the end; each marked as abuse. */
const ROWS = [
  ...logRows(),
  ...Array.from({ length: 12 * 40 }, (_, i) => ({
    at: Date.UTC(2025, 2, i % 12 < 8 ? 5 : 12) + i * 90_000,
    user: `spammer${i % 12}@example.org`,
    action: 'like',
    ip: `203.0.113.${i % 12}`,
  })),
].sort((a, b) => a.at - b.at);

const run = (...args: string[]) =>
  runCommand(rules, args.includes('--case') ? [...args, '--threads', '1'] : args, { NIGHTJAR_PASSPHRASE: 'pass' });
const inCase = (...args: string[]) => run(...args, '--case', directory);

beforeAll(async () => {
  const made = await createCase(directory, { passphrase: 'pass', threads: 1 });
  const inputs = [writeLog(place, 'log.csv', ROWS)];
  await detectFiles(made, { inputs, detectors: ['isolationForest'], threads: 1 });
  await made.close();
  file('many.rules', MANY);
  const users = [...new Set(ROWS.map(({ user }) => user))];
  file(
    'labels.csv',
    `user,label\n${users.map((user) => `${user},${user.startsWith('spammer') ? 1 : 0}`).join('\n')}\n`,
  );
}, 120_000);

afterAll(() => rmSync(place, { recursive: true, force: true }));

describe('rules check', () => {
  test('says what rules say, and ends with 0', async () => {
    const { code, out } = await run('check', file('ok.rules', MANY));
    expect([code, out.includes('many: Many in a day'), out.includes('0 errors, 0 warnings')]).toEqual([0, true, true]);
  });

  test('shows each error at its place, and ends with 1', async () => {
    const { code, out } = await run('check', file('bad.rules', MANY.replace('count()', 'cuont()')));
    expect(code).toBe(1);
    expect(out).toContain('bad.rules:7:6: error:');
    expect(out).toContain('^^^^^');
    expect(out).toContain('1 error, 0 warnings');
  });

  test('with a case knows its columns', async () => {
    const path = file('column.rules', MANY.replace('each actor_id', 'each country'));
    expect((await run('check', path)).code).toBe(0);
    const { code, out } = await inCase('check', path);
    expect([code, out.includes('country')]).toEqual([1, true]);
  });

  const NUL = Buffer.from(`${MANY}\0`);
  const LONG = `${MANY}# ${'x'.repeat(10_000_000)}`;
  const NEWER = '{"format":"nightjar-rules","version":99,"rules":[]}';
  test.each([
    ['an empty file', '', 2, 'empty'],
    ['a NUL byte', NUL, 2, 'NUL'],
    ['a line of 10 MB', LONG, 2, 'too long'],
    ['no UTF-8', Buffer.from([0x72, 0xff, 0xfe]), 2, 'UTF-8'],
    ['a newer version', NEWER, 2, 'newer version'],
    ['JSON of something else', '{"a":1}', 2, 'holds no rules'],
    ['half a JSON file', '{"format":"nightjar-rules",', 2, 'not JSON'],
    ['two rules of one name', MANY + MANY, 1, 'many'],
    ['no rule but a comment', '# nothing\n', 0, '0 errors'],
  ])('%s', async (name, content, code, words) => {
    const found = await run('check', file(`${name.replaceAll(' ', '-')}.rules`, content));
    expect([found.code, `${found.out}${found.err}`]).toEqual([code, expect.stringContaining(words)]);
  });

  test('a file that is not there, a folder, none and two', async () => {
    expect((await run('check', join(place, 'nowhere.rules'))).code).toBe(2);
    expect((await run('check', place)).code).toBe(2);
    expect((await run('check')).code).toBe(2);
    expect((await run('check', 'a', 'b')).code).toBe(2);
    expect((await run('frobnicate')).err).toContain('induce, check, backtest, run, export, diff, release');
  });
});

describe('rules induce, backtest and export', () => {
  const found = join(place, 'found.rules');

  test('a rule from labels finds them, in text and in JSON', async () => {
    const { code, out, err } = await inCase('induce', '--labels', join(place, 'labels.csv'), '--out', found);
    expect(code, err).toBe(0);
    expect(out).toContain('training: precision');
    expect((await inCase('check', found)).code).toBe(0);
    const json = join(place, 'found.json');
    await inCase('induce', '--labels', join(place, 'labels.csv'), '--out', json);
    expect(readFileSync(json, 'utf8')).toContain('"format": "nightjar-rules"');
    const { out: same } = await run('diff', found, json);
    expect(same).not.toMatch(/^\w+ (?:added|removed|changed)/mu);
  }, 60_000);

  test('the backtest of it, as a document and as a table', async () => {
    const labels = join(place, 'labels.csv');
    const asked = ['backtest', '--rules', found, '--labels', labels, '--as', 'sql:duckdb', '--by', 'action'];
    const { code, out } = await inCase(...asked, '--format', 'json');
    expect(code).toBe(0);
    const report = backtestReport.parse(JSON.parse(out));
    expect(report.labels).toEqual({ from: 'file', abuse: 12, benign: 41 });
    expect(report.together.quality.recall.value ?? 0).toBeGreaterThan(0.8);
    const table = await inCase(...asked);
    expect(table.out).toContain('12 labelled abuse, 41 benign');
    expect(table.out).toMatch(/precision \d+\.\d %/u);
    expect(table.out).not.toContain('example.org');
  }, 60_000);

  test('the backtest says of the later actors what the search said of those it held out', async () => {
    const labels = ['--labels', join(place, 'labels.csv')];
    const told = (text: string, pattern: RegExp): string[] =>
      [...text.matchAll(pattern)].map(([, figures]) => figures ?? '');
    const induced = await inCase('induce', ...labels, '--out', join(place, 'again.rules'));
    const heldOut = told(induced.out, /held out: (precision .*?, recall [\d.]+)/gu);
    expect(heldOut.length).toBeGreaterThan(0);
    const { out } = await inCase('backtest', '--rules', join(place, 'again.rules'), ...labels);
    expect(told(out, /later actors: (precision .*?, recall [\d.]+)/gu).slice(0, heldOut.length)).toEqual(heldOut);
    expect(out).toContain('last three in ten of the labelled');
  }, 60_000);

  test('and `rules run` over the case finds the very hits that the backtest counts', async () => {
    const many = join(place, 'many.rules');
    const [counted, listed] = [
      await inCase('backtest', '--rules', many, '--format', 'json'),
      await inCase('run', '--rules', many, '--format', 'json'),
    ];
    const hit = z.object({ group: z.object({ actor_id: z.string() }) });
    const { hits } = z.object({ hits: z.array(hit) }).parse(JSON.parse(listed.out));
    expect(hits.length).toBeGreaterThan(20);
    expect(backtestReport.parse(JSON.parse(counted.out)).rules[0]?.hits).toBe(hits.length);
    const actors = new Set(hits.map(({ group }) => group.actor_id)).size;
    expect(actors).toBeLessThan(hits.length);
    const { err } = await inCase('run', '--rules', many);
    expect(err).toContain(`many: ${hits.length} hits of ${actors} different groups, `);
  });

  test('and told once for each group where the others are to be counted only', async () => {
    const many = join(place, 'many.rules');
    const all = await inCase('run', '--rules', many);
    const lines = all.out.trim().split('\n');
    const groups = new Set(lines.map((line) => line.split('\t')[2]));
    const { out, err } = await inCase('run', '--rules', many, '--suppress', '366d');
    expect(out.trim().split('\n')).toHaveLength(groups.size);
    expect(err).toContain(
      `${lines.length} hits of ${groups.size} different groups (${lines.length - groups.size} not told)`,
    );
    const json = await inCase('run', '--rules', many, '--suppress', '366d', '--format', 'json');
    expect(JSON.parse(json.out)).toMatchObject({
      hits: { length: groups.size },
      counts: { hits: lines.length },
      suppressed: { many: lines.length - groups.size },
    });
    expect(await inCase('run', '--rules', many, '--suppress', 'soon')).toMatchObject({ code: 2, out: '' });
  });

  test('a rule that names what the case does not have runs, and that is said', async () => {
    const odd = file(
      'odd.rules',
      MANY.replace('in each 1 day', 'over events where m_colour > 1 and not (shade is present) and action < 3').replace(
        '>= 5',
        '>= 1\n and feature(events_of_yesterday) >= 1 "events"',
      ),
    );
    const missing = ['m_colour', 'shade', 'action', 'events_of_yesterday'];
    for (const command of ['run', 'backtest']) {
      const { code, err } = await inCase(command, '--rules', odd);
      expect([code, ...missing.filter((name) => !err.includes(`"${name}"`))], err).toEqual([0]);
    }
    // Of the rules of a whole file only those are named that miss something.
    const { err } = await inCase('backtest', '--rules', join(place, 'many.rules'));
    expect(err).not.toContain('missing everywhere');
  });

  test('against another file', async () => {
    const stricter = file('stricter.rules', MANY.replace('>= 5', '>= 8'));
    const { out } = await inCase(
      'backtest',
      '--rules',
      stricter,
      '--against',
      file('many.rules', MANY),
      '--format',
      'json',
    );
    const [rule] = backtestReport.parse(JSON.parse(out)).rules;
    const total = (of: { abuse: number; benign: number; unlabelled: number } | undefined): number =>
      (of?.abuse ?? 0) + (of?.benign ?? 0) + (of?.unlabelled ?? 0);
    expect(total(rule?.change?.gained)).toBe(0);
    expect(total(rule?.change?.lost)).toBeGreaterThan(0);
    expect(total(rule?.change?.kept)).toBe(rule?.actors);
  });

  test('rules that were looked for with a target are none that it cannot say', async () => {
    const labels = ['--labels', join(place, 'labels.csv')];
    const refused = await inCase('export', '--rules', found, '--to', 'sigma', '--out', join(place, 'sigma'));
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('nightjar rules induce --to sigma')]);
    const own = join(place, 'for-sigma.rules');
    expect((await inCase('induce', ...labels, '--to', 'sigma', '--out', own)).code).toBe(0);
    const { code, out } = await inCase('export', '--rules', own, '--to', 'sigma', '--out', join(place, 'sigma'));
    expect([code, out.includes('cannot be said')], out).toEqual([0, false]);
    expect(readdirSync(join(place, 'sigma')).some((name) => name.endsWith('.yml'))).toBe(true);
    const none = await inCase('induce', ...labels, '--to', 'osprey', '--out', join(place, 'none.rules'));
    expect([none.code, existsSync(join(place, 'none.rules'))], none.err).toEqual([2, false]);
  }, 60_000);

  test('the export of it writes files that name nobody', async () => {
    const out = join(place, 'out');
    const { code, err } = await inCase(
      'export',
      '--rules',
      found,
      '--to',
      'sql:duckdb',
      '--out',
      out,
      '--table',
      'logs',
    );
    expect(code, err).toBe(0);
    const names = readdirSync(out);
    expect(names.some((name) => name.endsWith('.sql'))).toBe(true);
    for (const name of names) expect(readFileSync(join(out, name), 'utf8')).not.toContain('example.org');
  }, 60_000);

  test('SQL for features comes along where the catalogue can write it', async () => {
    const busy = file(
      'busy.rules',
      'rule busy "Busy"\nseverity low\neffect review\nfor actors\nwhen percentile(event_count) >= 50\n',
    );
    const out = join(place, 'features');
    for (const target of ['sql:duckdb', 'sql:spark', 'sql:trino']) {
      const asked = ['--rules', busy, '--to', target, '--out', out, '--table', 'a.log'];
      const { code, out: said } = await inCase('export', ...asked);
      expect(code, said).toBe(0);
    }
    expect(readdirSync(out).filter((name) => name.endsWith('.sql') && name.includes('.features.'))).toEqual([
      'busy.features.duckdb.sql',
      'busy.features.spark.sql',
    ]);
    const text = readFileSync(join(out, 'busy.features.duckdb.sql'), 'utf8');
    expect(text).toContain('-- Reads "ts" (when, UTC, microseconds); "actor_id"');
    expect(text).toMatch(/\(SELECT "ts" AS "ts", .*FROM "a"."log"\)/u);
  });

  test('is refused with reasons where a rule is about few, and writes nothing', async () => {
    const few = MANY.replace('in each 1 day', 'over events where action = "download"\nin each 1 day');
    const out = join(place, 'refused');
    const asked = ['export', '--rules', file('few.rules', few), '--to', 'sql:duckdb', '--out', out];
    const { code, out: said, err } = await inCase(...asked);
    expect([code, existsSync(out)]).toEqual([1, false]);
    expect(said).toContain('many may not leave');
    expect(err).toContain('Nothing was written');
    // Without the case it is not known how many it is about, which is said.
    const alone = await run(...asked);
    expect([alone.code, alone.err.includes('not checked')]).toEqual([0, true]);
  });

  test('without a case what names somebody is refused all the same', async () => {
    const naming = MANY.replace('in each 1 day', 'over events where actor_id = "abc"\nin each 1 day');
    const asked = ['--to', 'sql:duckdb', '--out', join(place, 'naming'), '--format', 'json'];
    const { code, out } = await run('export', '--rules', file('naming.rules', naming), ...asked);
    const told = z.object({ files: z.array(z.string()), leaks: z.array(z.object({ code: z.string() })) });
    const { files, leaks } = told.parse(JSON.parse(out));
    expect([code, files, leaks.map((leak) => leak.code)]).toEqual([1, [], ['identity-column']]);
  });

  test('wrong usage', async () => {
    const labels = join(place, 'labels.csv');
    const before = readFileSync(labels, 'utf8');
    const onto = await inCase('induce', '--labels', labels, '--out', labels);
    expect([onto.code, readFileSync(labels, 'utf8')]).toEqual([2, before]);
    expect(onto.err).toContain('A file that holds no rules is there already');
    expect((await inCase('induce', '--out', found, '--top', '3', '--labels', 'x')).code).toBe(2);
    expect((await inCase('induce', '--actor', 'nobody', '--out', join(place, 'no.rules'))).code).toBe(2);
    expect((await inCase('backtest', '--rules', found, '--as', 'punch cards')).code).toBe(2);
    expect((await inCase('backtest', '--rules', found, '--by', 'colour')).code).toBe(2);
    expect((await inCase('backtest')).code).toBe(2);
    expect((await run('export', '--rules', found, '--to', 'sql:duckdb', '--out', 'x', '--map', 'a')).code).toBe(2);
    expect((await run('backtest', '--rules', found)).code).toBe(2);
  });
});

describe('rules release', () => {
  const key = join(place, 'reviewer.key');
  const out = join(place, 'coverage.json');
  const many = join(place, 'many.rules');

  test('asks, pays, and gives numbers with noise, which stand on the card', async () => {
    await makeKeyFile(key, 'Ana');
    const opened = await openCase(directory, { passphrase: 'pass', threads: 1 });
    setLimit(opened, { epsilon: '4', delta: '0' }, await openKeyFile(key));
    await opened.close();
    const pending = await inCase('release', '--rules', many, '--epsilon', '1', '--format', 'json');
    expect(pending.code, pending.err).toBe(0);
    const { request } = z.object({ request: z.string() }).parse(JSON.parse(pending.out));
    const done = await inCase('release', '--request', request.slice(0, 8), '--key', key, '--out', out);
    expect(done.code, done.err).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain('hit, abuse');
    const folder = join(place, 'with-numbers');
    const exported = await inCase('export', '--rules', many, '--to', 'sql:duckdb', '--out', folder, '--released', out);
    expect(exported.code, exported.out).toBe(0);
    expect(readFileSync(join(folder, 'many.card.md'), 'utf8')).toMatch(/precision|hit, abuse/u);
    const other = file('other.rules', MANY.replace('>= 5', '>= 6'));
    expect((await inCase('export', '--rules', other, '--to', 'sigma', '--out', 'x', '--released', out)).code).toBe(2);
  }, 60_000);

  test('is refused for a rule that looks at others, and for two at once', async () => {
    const others = file('others.rules', MANY.replace('each actor_id', 'each ip'));
    const { code, err } = await inCase('release', '--rules', others, '--epsilon', '1');
    expect([code, err.includes('cannot be released')]).toEqual([2, true]);
    const two = file('two.rules', MANY + MANY.replace('rule many', 'rule more'));
    expect((await inCase('release', '--rules', two, '--epsilon', '1')).code).toBe(2);
  });
});

test('rules diff tells rules that came, went and changed, and with a case whom they hit', async () => {
  const before = file('before.rules', MANY + MANY.replace('rule many', 'rule gone'));
  const after = file('after.rules', MANY.replace('>= 5', '>= 8') + MANY.replace('rule many', 'rule new'));
  const { out } = await run('diff', before, after);
  expect(out).toContain('many changed\n');
  expect(out).toMatch(/-\s+when count\(\) >= 5/u);
  expect(out).toMatch(/\+\s+when count\(\) >= 8/u);
  expect(out).toContain('gone removed');
  expect(out).toContain('new added');
  const inside = await inCase('diff', before, after);
  expect(inside.out).toMatch(/many changed: 0 actors gained, \d+ lost, \d+ kept/u);
  expect((await run('diff', before)).code).toBe(2);
});
