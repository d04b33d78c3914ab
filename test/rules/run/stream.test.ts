import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { createStreamRun, runOverCase, streamCase } from '../../../core/api/rules-run/index.ts';
import { createStreamReader } from '../../../core/api/rules-run/stream-reader.ts';
import { requireRules } from '../../../core/api/rules/rules-text.ts';
import { PACKED_WORDS } from '../../../core/rules/run/index.ts';
import { createCase, openCase } from '../../../core/store/index.ts';
import { runStreamAt } from '../../../main/cli/commands/rules-run-stream.ts';
import { followFile } from '../../../main/cli/follow-file.ts';
import { NightjarError } from '../../../core/api/errors.ts';
import { packed } from './support.ts';

const FAILURES = `rule failures "Many failures"
  severity high
  effect review
  for each actor_id
  over events where action = "login" and outcome = "failure"
  in any 10 minutes
  when count() >= 3
`;
const RULES = requireRules(FAILURES);
const KEY = new Uint8Array(32).fill(7);
const PLAN = {};

const login = (second: number, user: string, outcome: string): string =>
  JSON.stringify({ ts: new Date(1.7e12 + second * 1000).toISOString(), actor_id: user, action: 'login', outcome });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the reader of a stream', () => {
  const reader = () => createStreamReader({ columns: ['action', 'outcome', 'amount'], key: KEY, plan: PLAN });

  it('reads the same events however the bytes are cut', () => {
    const lines = Array.from({ length: 50 }, (_, i) => login(i, `zoë-${i % 7}`, i % 2 === 0 ? 'denied' : 'ok'));
    const whole = bytes(`${lines.join('\n')}\n`);
    const all = reader().push(whole).batch;
    expect(all.length).toBe(50);
    const cut = reader();
    const actors: number[] = [];
    const times: number[] = [];
    for (let from = 0; from < whole.length; from += 13) {
      const { batch, bad } = cut.push(whole.slice(from, from + 13));
      expect(bad).toEqual([]);
      times.push(...batch.ts);
      const values = batch.columns.get('actor_id');
      if (values instanceof Int32Array) actors.push(...values);
    }
    expect(times).toEqual([...all.ts]);
    expect(actors).toHaveLength(50 * PACKED_WORDS);
    expect(Int32Array.from(actors)).toEqual(all.columns.get('actor_id'));
    expect(all.columns.get('outcome')).toEqual(packed(lines.map((_, i) => (i % 2 === 0 ? 'failure' : 'success'))));
  });

  it('gives no identity away', () => {
    for (const identity of ['maria', 'maria@example.org']) {
      const { batch } = reader().push(bytes(`${login(0, identity, 'ok')}\n`));
      const all = [...batch.columns.values()].map((column) =>
        column instanceof Int32Array ? Buffer.from(column.buffer).toString('latin1') : JSON.stringify(column),
      );
      expect(all.join()).not.toContain('maria');
      expect(all.join()).toContain('login');
    }
  });

  it('counts what is no event, by line and reason, and goes on', () => {
    const bad = [
      '{"ts": "2023-11-14T22:13:20Z", "actor_id": "a", "action"',
      'nonsense',
      '[1]',
      '{"ts": "2023-11-14T22:13:20Z"}',
      '{"ts": "yesterday", "actor_id": "a"}',
      '{"ts": "2023-11-14T22:13:20Z", "actor_id": "a\\u0000b"}',
      '{"ts": "2023-11-14T22:13:20Z", "actor_id": "a", "amount": "lots"}',
    ];
    const text = `${login(0, 'a', 'ok')}\n\n${bad.join('\n')}\n${login(9, 'a', 'ok')}\n`;
    const found = reader().push(bytes(text));
    expect(found.batch.length).toBe(2);
    expect(found.bad.map(({ line, reason, column }) => [line, reason, column])).toEqual([
      [3, 'not valid JSON', null],
      [4, 'not valid JSON', null],
      [5, 'no time', 'ts'],
      [6, 'no actor', 'actor_id'],
      [7, 'time not understood', 'ts'],
      [8, 'holds a NUL byte', 'actor_id'],
      [9, 'not a number', 'amount'],
    ]);
  });

  it('passes over a line of 10 MB in bounded memory, names it, and reads a last line without an end', () => {
    const run = reader();
    const bad = [...run.push(bytes(`${login(0, 'a', 'ok')}\n{"actor_id": "`)).bad];
    for (let i = 0; i < 10; i++) bad.push(...run.push(new Uint8Array(1 << 20).fill(97)).bad);
    const after = run.push(bytes(`"}\n${login(1, 'a', 'ok')}`));
    expect(after.batch.length).toBe(0);
    expect([...bad, ...after.bad].map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'longer than 4194304 bytes'],
    ]);
    expect(run.end().batch.length).toBe(1);
  });

  it('knows times by their looks, fields by a mapping, and records by a preset', () => {
    const mapped = createStreamReader({
      columns: ['action'],
      key: KEY,
      plan: {
        map: [
          { column: 'ts', fields: ['when'] },
          { column: 'actor_id', fields: ['who.id'] },
          { column: 'action', fields: ['what'] },
        ],
      },
    });
    const { batch } = mapped.push(bytes('{"when": 1700000000.25, "who": {"id": "x"}, "what": "login"}\n'));
    expect([...batch.ts]).toEqual([1_700_000_000_250_000]);
    expect(batch.columns.get('action')).toEqual(packed(['login']));
    const sshd = createStreamReader({ columns: ['action', 'outcome'], key: KEY, plan: { preset: 'sshd', year: 2024 } });
    const line = 'Jan  5 10:00:00 host sshd[1]: Failed password for root from 192.0.2.1 port 22 ssh2\n';
    expect(sshd.push(bytes(line)).batch.columns.get('outcome')).toEqual(packed(['failure']));
    expect(() => createStreamReader({ columns: [], key: KEY, plan: { preset: 'mail' } }).push(bytes('x\n'))).toThrow(
      NightjarError,
    );
  });
});

describe('how times are written', () => {
  const read = (cuts: readonly string[], more: readonly string[] = []): number[] => {
    const run = createStreamReader({ columns: [], key: KEY, plan: {} });
    return cuts.flatMap((text, i) => {
      if (i === 1) run.widen(more);
      return [...run.push(bytes(text)).batch.ts];
    });
  };
  const line = (ts: unknown): string => `${JSON.stringify({ ts, actor_id: 'a' })}\n`;

  it.each([
    ['no time', null],
    ['a time that is none', 'soon'],
    ['a time of 0', 0],
  ])('is told by later lines where the first has %s, however they are cut', (_, first) => {
    const lines = [first, 1_700_000_000, 1_700_000_001].map(line);
    const expected = [1.7e15, 1.7e15 + 1e6];
    expect(read([lines.join('')]).slice(-2)).toEqual(expected);
    expect(read(lines).slice(-2)).toEqual(expected);
  });

  it('is told by a later line where day and month could not be told apart', () => {
    expect(read(['01/02/2026', '13/02/2026', '03/02/2026'].map(line)).slice(-2)).toEqual(
      ['2026-02-13', '2026-02-03'].map((day) => Date.parse(day) * 1000),
    );
  });

  it('stays as it is where other columns are read from then on', () => {
    const lines = [line(1_700_000_000), line(null) + line(1_700_000_001)];
    expect(read(lines, ['country'])).toEqual([1.7e15, 1.7e15 + 1e6]);
    expect(read([line('13/02/2026'), line('01/02/2026')], ['country'])[1]).toBe(Date.parse('2026-02-01') * 1000);
  });
});

describe('rules over a stream', () => {
  it('tells a hit as soon as nothing earlier can come', () => {
    const run = createStreamRun(RULES, { plan: PLAN, allowedLateness: 60e6, isShadow: false });
    const push = (...lines: string[]) => run.push(bytes(lines.map((line) => `${line}\n`).join(''))).hits;
    expect(push(login(0, 'a', 'maybe'), login(10, 'a', 'failed'), login(20, 'a', 'failed'))).toEqual([]);
    expect(push(login(5, 'a', 'failed'))).toEqual([]);
    const hits = push(login(81, 'b', 'ok'));
    expect(hits.map(({ rule, at }) => [rule, at])).toEqual([['failures', 1.7e15 + 20e6]]);
    expect(push(login(1, 'a', 'failed'))).toEqual([]);
    expect(run.end().hits).toEqual([]);
    expect(run.counts()).toMatchObject({ events: 6, looked: 5, late: 1, hits: 1 });
  });

  it('takes other rules while it runs, with columns that were not read before', () => {
    const run = createStreamRun(RULES, { plan: PLAN, allowedLateness: 0, isShadow: false });
    const event = (second: number, country: string): Uint8Array =>
      bytes(
        `{"ts": "2023-11-14T22:13:${String(second).padStart(2, '0')}Z", "actor_id": "a", "country": "${country}"}\n`,
      );
    run.push(event(1, 'DE'));
    const next = requireRules(`rule abroad "Abroad"
  severity low
  effect review
  for each actor_id
  over events where country = "FR"
  when count() >= 1
`);
    expect(run.replace([...RULES, ...next]).map(({ rule }) => rule)).toEqual(['abroad']);
    run.push(event(2, 'FR'));
    expect(run.end().hits.map(({ rule }) => rule)).toEqual(['abroad']);
  });
});

describe('a stream and an import', () => {
  let place = '';
  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), 'nightjar-rules-run-'));
    vi.stubEnv('XDG_CONFIG_HOME', join(place, 'configuration'));
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(place, { recursive: true, force: true });
  });

  it('give the same hits with the same pseudonyms', async () => {
    const lines = Array.from({ length: 400 }, (_, i) =>
      login(i * 20, `user-${(i * i) % 23}`, i % 3 === 0 ? 'ok' : 'denied'),
    );
    const log = join(place, 'log.ndjson');
    const text = `${lines.join('\n')}\n`;
    writeFileSync(log, text);
    const directory = join(place, 'case');
    const made = await createCase(directory, { passphrase: 'a long passphrase' });
    const whole = await runOverCase(made, RULES, { inputs: [log], threads: 1 });
    await made.close();
    expect(whole.hits.length).toBeGreaterThan(20);
    const opened = await openCase(directory, { passphrase: 'a long passphrase' });
    const from = await streamCase(opened, RULES);
    await opened.close();
    const run = createStreamRun(RULES, { plan: PLAN, allowedLateness: 300e6, isShadow: false, from });
    const hits = [...run.push(bytes(text)).hits, ...run.end().hits];
    expect(hits.map(({ rule, group, at }) => ({ rule, group, at })).sort(byPlace)).toEqual(
      [...whole.hits].sort(byPlace),
    );
    // A key that is thrown away makes others of them.
    const other = createStreamRun(RULES, { plan: PLAN, allowedLateness: 300e6, isShadow: false });
    const others = [...other.push(bytes(text)).hits, ...other.end().hits];
    expect(others.length).toBe(hits.length);
    expect(others.some(({ group }) => hits.some((hit) => hit.group[0] === group[0]))).toBe(false);
  }, 60_000);

  it('are told as NDJSON, shadow hits on the other channel', async () => {
    const rules = join(place, 'some.rules');
    writeFileSync(rules, FAILURES);
    const told = async (values: Record<string, string | boolean>, more = 0) => {
      const out: string[] = [];
      const notes: string[] = [];
      async function* input(): AsyncGenerator<Uint8Array> {
        yield bytes(`${[0, 1, 2].map((i) => login(i, 'a\u001b[31m', 'denied')).join('\n')}\nnonsense\n`);
        if (more > 0)
          yield bytes(`${Array.from({ length: more }, (_, i) => login(3 + i, 'a\u001b[31m', 'denied')).join('\n')}\n`);
      }
      const code = await runStreamAt(
        { rules, ...values },
        { input: input(), out: async (lines) => void out.push(...lines), note: (line) => void notes.push(line) },
        { out: () => undefined, note: () => undefined, columns: 80, env: {}, watch: {} },
      );
      expect(code).toBe(0);
      return { out, notes };
    };
    const { out, notes } = await told({ lateness: '1m' });
    expect(out.map((line) => JSON.parse(line))).toMatchObject([
      { rule: 'failures', at: '2023-11-14T22:13:22Z', severity: 'high', effect: { kind: 'review' } },
    ]);
    expect(Object.keys(JSON.parse(out[0] ?? '{}').group)).toEqual(['actor_id']);
    expect(notes).toContain('line 4: not valid JSON');
    expect(notes).toContain('3 events: 3 looked at; 1 hits.');
    const shadow = await told({ lateness: '1m', shadow: true });
    expect(shadow.out).toEqual([]);
    expect(shadow.notes.filter((line) => line.includes('"shadow":true'))).toHaveLength(1);
    const seldom = await told({ lateness: '0', suppress: '5s' }, 6);
    expect(seldom.out.map((line) => JSON.parse(line).at)).toEqual(['2023-11-14T22:13:22Z', '2023-11-14T22:13:27Z']);
    expect(seldom.notes).toContain('  failures: 7 hits (5 not told), 9 events seen');
    expect((await told({ lateness: '0', format: 'table' })).out[0]).toMatch(
      /^2023-11-14T22:13:22Z\tfailures\t\w{12}$/u,
    );
  });

  it('take a file of rules that changed while they run, and keep the old ones where it has errors', async () => {
    const rules = join(place, 'changing.rules');
    writeFileSync(rules, FAILURES);
    const notes: string[] = [];
    const out: string[] = [];
    const noted = (what: RegExp): Promise<void> => vi.waitFor(() => expect(notes.join('\n')).toMatch(what), 10_000);
    async function* input(): AsyncGenerator<Uint8Array> {
      yield bytes(`${login(0, 'a', 'denied')}\n`);
      writeFileSync(rules, 'rule broken');
      await noted(/not read again/u);
      writeFileSync(rules, `${FAILURES}\n${FAILURES.replace('rule failures', 'rule more').replace('3', '1')}`);
      await noted(/more: its windows are whole from 2023-11-14T22:23:20Z on/u);
      yield bytes(`${[1, 2].map((i) => login(i, 'a', 'denied')).join('\n')}\n`);
    }
    await runStreamAt(
      { rules, lateness: '0' },
      { input: input(), out: async (lines) => void out.push(...lines), note: (line) => void notes.push(line) },
      { out: () => undefined, note: () => undefined, columns: 80, env: {}, watch: {} },
    );
    expect(out.map((line) => JSON.parse(line)).map(({ rule, at }) => [rule, at])).toEqual([
      ['more', '2023-11-14T22:13:21Z'],
      ['failures', '2023-11-14T22:13:22Z'],
      ['more', '2023-11-14T22:13:22Z'],
    ]);
  }, 30_000);

  it('follow a file that grows, is cut short and is replaced', async () => {
    const path = join(place, 'growing.ndjson');
    writeFileSync(path, 'one\n');
    const stop = new AbortController();
    const followed = followFile(path, stop.signal);
    const next = async (): Promise<string> => Buffer.from((await followed.next()).value ?? []).toString();
    expect(await next()).toBe('one\n');
    const second = next();
    writeFileSync(path, `${readFileSync(path, 'utf8')}two\n`);
    expect(await second).toBe('two\n');
    const third = next();
    writeFileSync(path, 'new\n');
    expect(await third).toBe('new\n');
    rmSync(path);
    const fourth = next();
    writeFileSync(`${path}.next`, 'rotated and longer\n');
    writeFileSync(path, 'rotated and longer\n');
    expect(await fourth).toBe('rotated and longer\n');
    const last = followed.next();
    stop.abort();
    expect((await last).done).toBe(true);
    await expect(followFile(join(place, 'nothing'), undefined).next()).rejects.toThrow(NightjarError);
  });
});

const byPlace = (a: { rule: string; at: number | null; group: readonly string[] }, b: typeof a): number =>
  (a.at ?? 0) - (b.at ?? 0) || ((a.group[0] ?? '') < (b.group[0] ?? '') ? -1 : 1);
