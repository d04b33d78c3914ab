import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOf, engineIn, jobEnded, refused, temporaryFolder } from '../support.ts';
import { BUSY, DAILY, DOWNLOADS, MANY, openRuleCase, type RuleCase } from './support.ts';

const folder = temporaryFolder();
let engine: RuleCase['engine'];
let client: RuleCase['client'];
let busyDays: RuleCase['busyDays'];
let bot: string;
let actors: readonly string[];
let inCrowds: number;

beforeAll(async () => {
  ({ engine, client, busyDays, bot, actors, inCrowds } = await openRuleCase(folder));
}, 120_000);

afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const dayName = (us: number): string => new Date(us / 1000).toISOString().slice(0, 10);

const groupedBy = (keyOf: (of: (typeof busyDays)[number]) => string): Map<string, typeof busyDays> => {
  const groups = new Map<string, typeof busyDays>();
  for (const each of busyDays) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return groups;
};

describe('while a rule is written', () => {
  test('the case says what a rule may name', async () => {
    const { columns, features } = await client.rules.vocabulary();
    expect(columns).toEqual(expect.arrayContaining([{ name: 'action', type: 'text' }]));
    expect(columns.some(({ name }) => name === 'amount')).toBe(false); // this log has none
    expect(features.find(({ name }) => name === 'event_count')?.sentence).toMatch(/\w/u);
    const { options } = await client.rules.complete({ text: MANY.slice(0, -12), offset: MANY.length - 12 });
    expect(options.length).toBeGreaterThan(0);
  });

  test('a text is checked, with lines and columns', async () => {
    expect(await client.rules.check({ text: MANY })).toMatchObject({
      diagnostics: [],
      rules: [{ id: 'many', title: 'Many in a day', words: expect.stringContaining('5') }],
    });
    const { diagnostics, rules } = await client.rules.check({ text: MANY.replace('count()', 'cuont()') });
    expect(rules).toEqual([]);
    expect(diagnostics[0]).toMatchObject({ severity: 'error', line: 8, column: 6 });
  });

  test('its impact is what SQL counts', async () => {
    const impact = await client.rules.impact({ text: MANY });
    const perActor = groupedBy(({ actor }) => actor);
    const perDay = groupedBy(({ dayUs }) => dayName(dayUs));
    expect(busyDays.length).toBeGreaterThan(10);
    expect(impact).toMatchObject({
      kind: 'measured',
      hits: busyDays.length,
      actors: perActor.size,
      perDay: [...perDay].map(([day, all]) => ({ day, hits: all.length })),
      undecided: perActor.size,
      abuse: 0,
    });
    if (impact.kind !== 'measured') throw new Error(impact.kind);
    for (const { actor, hits, at } of impact.examples) {
      const own = perActor.get(actor) ?? [];
      expect([hits, at]).toEqual([own.length, (own[0]?.dayUs ?? 0) / 1000]);
    }
  });

  test('the impact of a rule over actors, of a broken one, and of one that hits nobody', async () => {
    expect(await client.rules.impact({ text: BUSY })).toMatchObject({
      kind: 'measured',
      actors: 1,
      perDay: [],
      examples: [{ actor: bot, at: null, verdict: null }],
    });
    expect(await client.rules.impact({ text: 'rule' })).toEqual({ kind: 'faulty' });
    expect(await client.rules.impact({ text: '' })).toEqual({ kind: 'faulty' });
    expect(await client.rules.impact({ text: MANY.replace('>= 5', '>= 5000') })).toMatchObject({ hits: 0, actors: 0 });
  });

  test('its hits come in pages', async () => {
    const first = await client.rules.hits({ text: MANY, offset: 0, limit: 7 });
    const rest = await client.rules.hits({ text: MANY, offset: 7, limit: 1000 });
    expect(first.total).toBe(busyDays.length);
    expect(first.rows).toHaveLength(7);
    expect([...first.rows, ...rest.rows].map(({ actor, at }) => [actor, at])).toEqual(
      busyDays.map(({ actor, dayUs }) => [actor, dayUs / 1000]),
    );
    const { rows } = await client.rules.hits({ text: DAILY, offset: 0, limit: 1 });
    expect(rows[0]).toMatchObject({ rule: 'daily', actor: null, group: [expect.any(String)] });
  });

  test('a sample of its hits for review holds nobody twice and only hit actors', async () => {
    const { actors: drawn, of } = await client.rules.review({ text: MANY, most: 5 });
    const hit = new Set(busyDays.map(({ actor }) => actor));
    expect(of).toBe(hit.size);
    expect(new Set(drawn).size).toBe(5);
    expect(drawn.every((actor) => hit.has(actor))).toBe(true);
    const { total } = await client.explore.queue({
      filter: { actors: drawn },
      sort: { by: 'rank', descending: false },
      offset: 0,
      limit: 10,
    });
    expect(total).toBe(5);
  });
});

describe('a backtest', () => {
  const backtested = async (input: Parameters<RuleCase['client']['rules']['startBacktest']>[0]) => {
    const { job } = await client.rules.startBacktest(input);
    expect(await jobEnded(client, job)).toMatchObject({ kind: 'backtest', state: 'done' });
    const last = await client.rules.lastBacktest();
    if (last === null) throw new Error('There is no report.');
    expect(last).toMatchObject({ job, text: input.text });
    return last.report;
  };

  test('without verdicts counts, and says that it cannot judge', async () => {
    const { rules, together, labels, notes, ...report } = await backtested({ text: MANY + DAILY });
    expect(report).toMatchObject({ actors: actors.length, events: 40 * 25 + 300 });
    expect(labels).toEqual({ from: 'none', abuse: 0, benign: 0 });
    expect([together.later, rules[0]?.later]).toEqual([null, null]);
    expect(notes.join(' ')).toContain('No actor has a label');
    expect(rules.map(({ rule }) => rule)).toEqual(['many', 'daily']);
    expect(rules[0]).toMatchObject({
      hits: busyDays.length,
      quality: { precision: { value: null }, unlabelled: new Set(busyDays.map(({ actor }) => actor)).size },
      change: null,
      target: null,
    });
    expect(inCrowds).toBeGreaterThan(10);
    expect(rules[1]?.actors).toBe(inCrowds);
    expect(together.actors).toBeGreaterThanOrEqual(inCrowds);
  });

  test('with verdicts judges, by week too; beside saved rules and what it replaces; in the target', async () => {
    const benign = actors.filter((actor) => actor !== bot);
    await client.decisions.set({ actors: [bot], verdict: 'abuse' });
    await client.decisions.set({ actors: benign, verdict: 'benign' });
    await client.rules.save({ text: BUSY, replaces: null });
    const hit = new Set(busyDays.map(({ actor }) => actor));
    expect(hit.has(bot)).toBe(true);
    const { rules, labels } = await backtested({
      text: MANY,
      against: { id: 'busy', version: 1 },
      target: 'sql:duckdb',
      by: ['action'],
    });
    expect(labels).toEqual({ from: 'verdicts', abuse: 1, benign: benign.length });
    expect(rules[0]).toMatchObject({
      quality: {
        truePositives: 1,
        falsePositives: hit.size - 1,
        falseNegatives: 0,
        trueNegatives: benign.length - (hit.size - 1),
        precision: { value: 1 / hit.size },
      },
      overlap: [{ rule: 'busy', actors: 1, shared: 1, adds: hit.size - 1 }],
      change: { kept: { abuse: 1, benign: 0 }, gained: { abuse: 0, benign: hit.size - 1 } },
      target: { name: 'sql:duckdb', kind: 'whole', narrowed: null },
      toReview: [],
    });
    expect(rules[0]?.subgroups[0]?.column).toBe('action');
    expect(rules[0]?.perWeek.reduce((sum, { hits }) => sum + hits, 0)).toBe(busyDays.length);
    await client.decisions.undo();
    await client.decisions.undo();
    await client.rules.undo();
  });

  test('refuses what it cannot run', async () => {
    expect(await refused(client.rules.startBacktest({ text: 'rule' }))).toMatchObject({ code: 'input' });
    expect(await refused(client.rules.startBacktest({ text: '' }))).toMatchObject({ code: 'input' });
    const { job } = await client.rules.startBacktest({ text: MANY, target: 'punched cards' });
    expect(await jobEnded(client, job)).toMatchObject({ state: 'failed', error: { code: 'usage' } });
    const again = await client.rules.startBacktest({ text: MANY, by: ['amount'] });
    expect(await jobEnded(client, again.job)).toMatchObject({ state: 'failed', error: { where: 'amount' } });
    const against = { id: 'nowhere', version: 1 };
    expect(await refused(client.rules.startBacktest({ text: MANY, against }))).toMatchObject({ code: 'input' });
  });
});

describe('saved rules', () => {
  test('are listed with their state, shown with their versions, compared, and undone', async () => {
    expect(await client.rules.save({ text: MANY, note: 'first', replaces: null })).toMatchObject({
      saved: [{ id: 'many', version: 1 }],
      undo: 'save many',
    });
    const edited = MANY.replace('>= 5', '>= 8');
    await client.rules.save({ text: edited, note: 'stricter', replaces: { id: 'many', version: 1 } });
    await client.rules.save({ text: DOWNLOADS, replaces: null });
    await client.rules.setState({ id: 'many', state: 'shadow' });
    expect(await client.rules.list()).toMatchObject([
      { id: 'downloads', state: 'draft', version: 1, versions: 1, over: 'events' },
      { id: 'many', state: 'shadow', version: 2, versions: 2, severity: 'low', expires: null, author: 'A' },
    ]);
    expect(await client.rules.get({ id: 'many' })).toMatchObject({
      text: edited, // as it was written, with its comment
      versions: [
        { version: 2, note: 'stricter', state: 'shadow' },
        { version: 1, note: 'first', state: 'draft' },
      ],
    });
    const hit = new Set(busyDays.map(({ actor }) => actor));
    const { lines, hits } = await client.rules.diff({ id: 'many', from: 1, to: 2 });
    expect(lines.filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'removed', text: 'when count() >= 5' },
      { kind: 'added', text: 'when count() >= 8' },
    ]);
    expect(hits?.gained).toBe(0);
    expect((hits?.lost ?? 0) + (hits?.kept ?? 0)).toBe(hit.size);

    const { rules, shared, jaccard } = await client.rules.overlap({ ids: ['many', 'downloads'] });
    expect(rules.map(({ id }) => id)).toEqual(['many', 'downloads']);
    expect(rules[1]?.actors).toBe(1);
    expect(shared[0]?.[1]).toBe(1); // the bot
    expect(jaccard[0]?.[1]).toBe(1 / (rules[0]?.actors ?? 0));

    expect(await refused(client.rules.save({ text: MANY, replaces: { id: 'many', version: 1 } }))).toMatchObject({
      code: 'input',
      message: expect.stringContaining('Version 2'),
    });
    expect(await refused(client.rules.save({ text: MANY, replaces: null }))).toMatchObject({ code: 'input' });
    expect(await refused(client.rules.save({ text: 'rule', replaces: null }))).toMatchObject({ code: 'input' });
    await client.rules.remove({ id: 'many' });
    expect(await client.rules.list()).toHaveLength(1);
    expect(await client.rules.undo()).toMatchObject({ done: 'remove many', redo: 'remove many' });
    expect((await client.rules.history()).steps[0]).toMatchObject({ event: 'undo', title: 'remove many' });
  });

  test('a reviewer is not shown a rule that names somebody, nor notes', async () => {
    const naming = DOWNLOADS.replace('rule downloads', 'rule naming').replace(
      'action = "download"',
      `actor_id = "${bot}"`,
    );
    await client.rules.save({ text: naming, note: `about ${bot}`, replaces: null });
    const directory = (await client.case.current())?.directory ?? '';
    await client.case.close();
    const reviewing = engineIn(folder, { role: 'reviewer' });
    const reviewer = clientOf(reviewing);
    await reviewing.resume(directory);
    const shown = JSON.stringify([
      await reviewer.rules.list(),
      await reviewer.rules.get({ id: 'naming' }),
      await reviewer.rules.get({ id: 'many' }),
    ]);
    expect(shown).toContain('shown to investigators only');
    expect(shown).toContain('count() >= 8');
    expect(shown).not.toContain(bot);
    expect(shown).not.toContain('stricter');
    expect(await refused(reviewer.rules.impact({ text: MANY }))).toMatchObject({ code: 'usage' });
    await reviewing.close();
    await engine.resume(directory);
  });
});

describe('an export', () => {
  test('is refused while a rule is about too few, and nothing is written', async () => {
    // The bot alone downloads.
    const { leaks, files } = await client.rules.preview({ ids: ['downloads'], target: 'sql:duckdb' });
    expect(leaks.map(({ code }) => code)).toContain('few-actors');
    expect(files.length).toBeGreaterThan(0);
    const folderGrant = engine.grant(join(folder, 'out'), 'folder');
    const refusal = await refused(
      client.rules.export({ ids: ['downloads'], target: 'sql:duckdb', to: folderGrant.id }),
    );
    expect(refusal).toMatchObject({ code: 'input', data: { where: 'downloads' } });
    expect(existsSync(join(folder, 'out'))).toBe(false);
    expect(await refused(client.rules.preview({ ids: ['many'], target: 'punch cards' }))).toMatchObject({
      code: 'usage',
    });
  });

  test('says once that two rules tell few actors apart', async () => {
    const all = MANY.replace('rule many', 'rule all').replace('count() >= 5', 'count() >= 1');
    await client.rules.save({ text: all, replaces: null });
    const most = all.replace('rule all', 'rule most').replace('in each', 'over events where action = "view"\nin each');
    await client.rules.save({ text: most, replaces: null });
    const { leaks } = await client.rules.preview({ ids: ['all', 'most'], target: 'sql:duckdb' });
    const apart = leaks.filter(({ code }) => code === 'difference');
    expect(apart).toHaveLength(1); // the bot views nothing
    expect(apart[0]).toMatchObject({ rule: 'all', message: expect.stringContaining('most') });
    for (const id of ['all', 'most']) await client.rules.remove({ id });
  });

  test('of a rule about many writes what the target runs, with its card and records, and the journal', async () => {
    // Of 41 actors about half have such a day.
    const text = MANY.replace('rule many', 'rule exported');
    await client.rules.save({ text, replaces: null });
    const preview = await client.rules.preview({ ids: ['exported'], target: 'sql:duckdb' });
    expect(preview.leaks).toEqual([]);
    expect(preview.refused).toEqual([]);
    const { id } = engine.grant(join(folder, 'out'), 'folder');
    const { files, zip } = await client.rules.export({ ids: ['exported'], target: 'sql:duckdb', to: id });
    expect(zip).toBeNull();
    expect(readdirSync(join(folder, 'out')).toSorted()).toEqual([...files].toSorted());
    expect(files.some((name) => name.endsWith('.sql'))).toBe(true);
    expect(files).toContain('exported.card.md');
    for (const { name, text: expected } of preview.files) {
      expect(readFileSync(join(folder, 'out', name), 'utf8')).toBe(expected);
      for (const actor of actors) expect(expected).not.toContain(actor);
    }
    const whole = await client.rules.export({ ids: ['exported'], target: 'sql:duckdb' });
    const entries = unzipSync(new Uint8Array((await whole.zip?.arrayBuffer()) ?? new ArrayBuffer(0)));
    expect(Object.keys(entries).toSorted()).toEqual([...files].toSorted());
    const directory = (await client.case.current())?.directory ?? '';
    const journal = readFileSync(join(directory, 'journal.ndjson'), 'utf8');
    expect(journal.split('\n').filter((line) => line.includes('rules.exported'))).toHaveLength(2);
  });

  test('every target says what runs it', async () => {
    const targets = await client.rules.targets();
    expect(targets.map(({ name }) => name)).toEqual(expect.arrayContaining(['sigma', 'osprey', 'sql:duckdb']));
    for (const { title, sentence } of targets) expect(`${title}${sentence}`).toMatch(/\w/u);
  });
});
