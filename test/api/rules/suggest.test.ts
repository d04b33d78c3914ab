import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jobEnded, temporaryFolder } from '../support.ts';
import { MANY, openRuleCase, type RuleCase } from './support.ts';

const folder = temporaryFolder();
let engine: RuleCase['engine'];
let client: RuleCase['client'];
let bot: string;
let actors: readonly string[];

beforeAll(async () => {
  ({ engine, client, bot, actors } = await openRuleCase(folder));
}, 120_000);
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('suggestions', () => {
  test('from verdicts: a rule that finds the one who downloads needs more than one like it', async () => {
    await client.decisions.set({ actors: [bot], verdict: 'abuse' });
    const { job } = await client.rules.startSuggest({ from: 'verdicts' });
    expect(await jobEnded(client, job)).toMatchObject({ kind: 'suggest', state: 'done' });
    const found = await client.rules.lastSuggested();
    expect(found?.job).toBe(job);
    expect(found?.notes.join(' ')).toMatch(/benign|few/u);
    for (const { text } of found?.candidates ?? []) {
      expect((await client.rules.check({ text })).diagnostics.filter(({ severity }) => severity === 'error')).toEqual(
        [],
      );
    }
    await client.decisions.undo();
  });

  test('from actors; unknown ones are refused', async () => {
    const { job } = await client.rules.startSuggest({ from: { actors: actors.slice(0, 12) } });
    expect(await jobEnded(client, job)).toMatchObject({ state: 'done' });
    const strangers = await client.rules.startSuggest({ from: { actors: ['nobody'] } });
    expect(await jobEnded(client, strangers.job)).toMatchObject({ state: 'failed', error: { code: 'input' } });
    const earlier = await client.rules.startSuggest({ from: { group: 0, run: 'an earlier run' } });
    expect(await jobEnded(client, earlier.job)).toMatchObject({ state: 'failed', error: { code: 'input' } });
    const nowhere = await client.rules.startSuggest({ from: { group: 999 } });
    expect(await jobEnded(client, nowhere.job)).toMatchObject({ state: 'failed', error: { code: 'input' } });
  });

  test('for a target: no rule that it cannot say; one that says none of them is refused at once', async () => {
    const { job } = await client.rules.startSuggest({ from: { actors: actors.slice(0, 12) }, target: 'sigma' });
    expect(await jobEnded(client, job)).toMatchObject({ state: 'done' });
    const found = await client.rules.lastSuggested();
    expect(found?.target).toBe('sigma');
    expect(found?.candidates.filter(({ text }) => text.includes('feature('))).toEqual([]);
    const osprey = client.rules.startSuggest({ from: 'verdicts', target: 'osprey' });
    await expect(osprey).rejects.toMatchObject({ code: 'usage' });
    const targets = await client.rules.targets();
    expect(targets.filter(({ saysSuggested }) => !saysSuggested).map(({ name }) => name)).toEqual(['osprey']);
  });

  test('from events: what they share with enough actors, measured in events of the case', async () => {
    const ordinary = actors.find((actor) => actor !== bot) ?? '';
    const detail = await client.explore.actor({ actor: ordinary });
    const [most] = detail.actions;
    const own = { actor: ordinary, actions: [most?.action ?? ''] };
    const { job } = await client.rules.startSuggest({ from: { events: own } });
    expect(await jobEnded(client, job)).toMatchObject({ state: 'done' });
    const [found] = (await client.rules.lastSuggested())?.candidates ?? [];
    expect(found).toMatchObject({ unit: 'events', holdOut: null });
    expect(found?.text).toContain(`"${most?.action}"`);
    expect(found?.training.recall).toBeGreaterThan(0);
    const impact = await client.rules.impact({ text: found?.text ?? '' });
    const hit = impact.kind === 'measured' ? impact.actors : 0;
    expect(hit).toBeGreaterThan(0);
    expect(found?.training.hits).toBeGreaterThanOrEqual(hit);
  });

  test('from events of which nobody else has the like: nothing that would single out is named', async () => {
    const { job } = await client.rules.startSuggest({ from: { events: { actor: bot, actions: ['download'] } } });
    expect(await jobEnded(client, job)).toMatchObject({ state: 'done' });
    const found = await client.rules.lastSuggested();
    expect(found?.candidates.every(({ text }) => !text.includes('download'))).toBe(true);
    const none = await client.rules.startSuggest({ from: { events: { actor: bot, from: 0, to: 1 } } });
    expect(await jobEnded(client, none.job)).toMatchObject({ state: 'failed', error: { code: 'input' } });
  });

  test('under ids that no saved rule has', async () => {
    const taken = MANY.replace('rule many', 'rule induced_1');
    const { saved } = await client.rules.save({ text: taken, replaces: null });
    expect(saved).toEqual([{ id: 'induced_1', version: 1 }]);
    const { job } = await client.rules.startSuggest({ from: { actors: actors.slice(0, 12) } });
    await jobEnded(client, job);
    for (const { text } of (await client.rules.lastSuggested())?.candidates ?? []) {
      expect(text).not.toMatch(/^rule induced_1 /u);
    }
    await client.rules.undo();
  });
});
