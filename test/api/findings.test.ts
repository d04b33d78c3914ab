import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RunInfo } from '../../core/api/contract.ts';
import { rerankCase, type RerankResult } from '../../core/api/feedback/index.ts';
import type { Engine } from '../../core/api/router.ts';
import { detectFiles, openCase, type DetectResult } from '../../core/index.ts';
import { seededRandom } from '../../core/random/index.ts';
import { loadLatestRun } from '../../core/store/index.ts';
import { writeTwinLog } from './logs.ts';
import { clientOf, engineIn, jobEnded, readTable, refused, temporaryFolder, type TestClient } from './support.ts';

const BY_RANK = { by: 'rank', descending: false };
const BY_FEEDBACK = { by: 'feedback', descending: false };
const EXPLAINED = 5;
const folder = temporaryFolder();
const directory = join(folder, 'cases', 'Case');
const caseOptions = { keyringPath: join(folder, 'keyring'), create: 'if-missing' } as const;
let engine: Engine;
let client: TestClient;
/** What the run itself told, and what one tells that explains everybody. */
let result: DetectResult;
let longer: DetectResult;
let everybody: string[];
/** The ten that the log makes alike, as they are ranked. */
let twins: string[];
/** The two kinds of evidence, as the run stored them. */
let stored: { readonly odd: Float64Array; readonly alike: Float64Array };

beforeAll(async () => {
  mkdirSync(join(folder, 'cases'));
  const inputs = [writeTwinLog(folder)];
  const made = await openCase(directory, caseOptions);
  longer = await detectFiles(made, { inputs, threads: 1, explained: 1000 });
  result = await detectFiles(made, { inputs: [], threads: 1, explained: EXPLAINED });
  const queued = (await loadLatestRun(made.connection, 'detect'))?.queue;
  if (queued?.odd === undefined || queued.alike === undefined) throw new Error('The run has no evidence.');
  stored = { odd: queued.odd, alike: queued.alike };
  await made.close();
  everybody = result.actors.map(({ actor }) => actor);
  twins = everybody.filter((actor) => result.run.groups[0]?.members.includes(actor));
  await start();
}, 120_000);

afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

afterEach(async () => {
  await client.decisions.set({ actors: everybody, verdict: null });
});

const start = async (): Promise<void> => {
  engine = engineIn(folder);
  client = clientOf(engine);
  await engine.resume(directory);
};
const restart = async (between: () => Promise<void> = async () => undefined): Promise<void> => {
  await engine.close();
  await between();
  await start();
};
const runOf = async (): Promise<RunInfo> => {
  const found = await client.explore.run();
  if (found === null) throw new Error('There is no run.');
  return found;
};
const queue = async (filter: Parameters<TestClient['explore']['queue']>[0]['filter'], sort = BY_RANK) => {
  const { table } = await client.explore.queue({ filter, sort, offset: 0, limit: 1000 });
  return readTable(table);
};
const actorsOf = async (filter: Parameters<typeof queue>[0], sort = BY_RANK): Promise<string[]> =>
  (await queue(filter, sort)).column('actor').map(String);
/** So many of the actors, drawn by chance, without those at the first places. */
const drawn = (count: number, after = 0): string[] => {
  const random = seededRandom(3);
  return everybody
    .slice(after)
    .map((actor) => ({ actor, at: random.float() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ actor }) => actor);
};

test('the default detectors are among those a run may ask for', async () => {
  const { detectors, defaultDetectors } = await client.app.info();
  expect(defaultDetectors).toContain('lockstep');
  expect(detectors).toEqual(expect.arrayContaining(defaultDetectors));
});

test('the run says what ran, with what say, and what its p-values are worth', async () => {
  const { ensemble, calibration, groups, feedback, detectors } = await runOf();
  expect(ensemble?.members.map(({ name }) => name)).toEqual(detectors);
  expect(ensemble?.members).toEqual(result.run.ensemble.members);
  expect(ensemble?.agreement.top).toEqual(result.run.ensemble.agreement.top);
  expect(ensemble?.sentences).toEqual(result.run.ensemble.sentences);
  expect(calibration).toEqual(result.run.calibration);
  expect(groups).toBe(result.run.groups.length);
  expect(feedback).toBeNull();
});

describe('a row of the queue', () => {
  test('has the q-value of the run', async () => {
    const { column } = await queue({});
    expect(column('qValue')).toEqual(result.actors.map(({ qValue }) => qValue));
    expect(column('pValue')).toEqual(result.actors.map(({ pValue }) => pValue));
    expect(Number(column('qValue')[0])).toBeLessThan(Number(column('qValue')[20]));
  });

  test('says which evidence leads: alike where that is the stronger', async () => {
    const leads = (await queue({})).column('lead');
    for (const twin of twins) expect(leads[everybody.indexOf(twin)]).toBe('alike');
    expect(leads).toContain('odd');
    for (const place of [0, 9, 10, 40, 159]) {
      const { odd, alike, score } = await client.explore.actor({ actor: everybody[place] ?? '' });
      expect(leads[place]).toBe((alike ?? 0) > (odd ?? 0) ? 'alike' : 'odd');
      expect(score).toBe(Math.max(odd ?? 0, alike ?? 0));
    }
  });

  test('passes the filter at the rates from its q-value up', async () => {
    for (const rate of [0, 0.001, 0.2, 1]) {
      const expected = result.actors.filter(({ qValue }) => qValue !== null && qValue <= rate);
      expect(await actorsOf({ falseDiscoveryRate: rate })).toEqual(expected.map(({ actor }) => actor));
    }
  });
});

describe('groups of twins', () => {
  test('are those of the run, in its order: the ring by its times first, then by the words for features', async () => {
    const groups = await client.explore.groups();
    expect(groups.map(({ members }) => members)).toEqual(result.run.groups.map(({ members }) => members));
    expect(groups.map(({ pValue }) => pValue)).toEqual(result.run.groups.map(({ pValue }) => pValue));
    const [events, features] = groups;
    expect(events).toMatchObject({ place: 0, basis: 'events', size: 10 });
    expect(events?.sentence).toMatch(/ two of them typically (29|30) objects on \d+ occasions; .* about 9 others, /u);
    expect(features).toMatchObject({ place: 1, basis: 'features', size: 10 });
    expect(features?.sentence).toMatch(/^10 actors are alike in \d+ features, most tellingly in [^_]+\.$/u);
    for (const { label } of features?.shared ?? []) expect(label).not.toContain('_');
    for (const group of [events, features]) {
      expect(everybody.slice(0, 12)).toEqual(expect.arrayContaining([...(group?.members ?? ['none'])]));
    }
  });

  test('stand beside each actor of the queue: how many others, and which group', async () => {
    const { column } = await queue({});
    const actors = column('actor').map(String);
    const told = actors.map((_, row) => [Number(column('twins')[row]), Number(column('group')[row])]);
    const groups = await client.explore.groups();
    const wanted = actors.map((actor) => {
      const own = groups.filter(({ members }) => members.includes(actor)).sort((a, b) => a.pValue - b.pValue)[0];
      return own === undefined ? [0, -1] : [own.size - 1, own.place];
    });
    expect(told).toEqual(wanted);
    expect(told.filter(([others]) => others === 9)).toHaveLength(10);
  });

  test('count the verdicts on their members', async () => {
    await client.decisions.set({ actors: twins.slice(0, 3), verdict: 'abuse' });
    await client.decisions.set({ actors: [twins[4] ?? '', everybody[50] ?? ''], verdict: 'benign' });
    expect((await client.explore.groups())[0]?.decided).toEqual({ abuse: 3, benign: 1, unsure: 0 });
  });

  test('narrow the queue, and are told of their members only', async () => {
    expect(await actorsOf({ group: 0 })).toEqual(twins);
    expect(await actorsOf({ group: 0, search: twins[7] ?? '' })).toEqual([twins[7]]);
    expect(await actorsOf({ group: 99 })).toEqual([]);
    const { id } = (await client.explore.run()) ?? { id: '' };
    expect((await client.explore.groups())[0]?.run).toBe(id);
    expect(await actorsOf({ group: 0, groupRun: id })).toEqual(twins);
    expect(await actorsOf({ group: 0, groupRun: 'an earlier run' })).toEqual([]);
    const member = await client.explore.actor({ actor: twins[7] ?? '' });
    expect(member.groups).toEqual(await client.explore.groups());
    expect((await client.explore.actor({ actor: everybody[20] ?? '' })).groups).toEqual([]);
  });
});

describe('what is said of an actor', () => {
  test('is what the run said', async () => {
    const [twin = ''] = twins;
    const { story } = await client.explore.actor({ actor: twin });
    expect(story).toEqual({ summary: result.actors[everybody.indexOf(twin)]?.summary, smallestChange: null });
    expect(story?.summary).toContain('Does the same at the same times as 9 others');
  });

  test('beyond those it explained is what it would have said, twins among them', async () => {
    expect(result.actors.slice(EXPLAINED).every(({ summary }) => summary === undefined)).toBe(true);
    let changes = 0;
    for (const place of [5, 9, 10, 11, 12, 60, 159]) {
      const { reasons, story } = await client.explore.actor({ actor: everybody[place] ?? '' });
      const expected = longer.actors[place];
      expect(story?.summary).toBe(expected?.summary);
      expect(story?.smallestChange?.sentence).toBe(expected?.smallestChange);
      expect(reasons.map(({ feature, sentence }) => ({ feature, sentence }))).toEqual(
        expected?.reasons.map(({ feature, sentence }) => ({ feature, sentence })),
      );
      reasons.forEach(({ contribution }, i) => {
        expect(contribution).toBeCloseTo(expected?.reasons[i]?.contribution ?? Number.NaN, 6);
      });
      for (const { label, shownFrom, shownTo } of story?.smallestChange?.changes ?? []) {
        changes++;
        expect(label).not.toContain('_');
        expect([shownFrom, shownTo]).not.toContain('');
        expect(shownFrom).not.toBe(shownTo);
      }
    }
    expect(changes).toBeGreaterThan(0);
  });
});

describe('how many to review', () => {
  test('without verdicts is what passes by the run itself', async () => {
    for (const target of [0.001, 0.05, 0.3]) {
      const review = await client.explore.review({ target });
      const passed = result.actors.filter(({ qValue }) => qValue !== null && qValue <= target).length;
      expect(review).toMatchObject({ ...result.run.calibration, target, count: passed, references: 0 });
      expect(review.low).toBeLessThanOrEqual(passed);
      expect(review.high).toBeGreaterThanOrEqual(passed);
    }
    const { curve } = await client.explore.review({ target: 0.1 });
    expect(curve.map(({ queue: size }) => size)).toEqual(Array.from({ length: 160 }, (_, i) => i + 1));
    const rates = curve.map(({ rate }) => rate);
    expect(rates).toEqual([...rates].sort((a, b) => a - b));
    expect(await refused(client.explore.review({ target: 0 }))).toMatchObject({ code: 'usage' });
  });

  test('is measured against twenty benign verdicts, and not against nineteen', async () => {
    const before = await client.explore.review({ target: 0.2 });
    const benign = drawn(20, 30);
    await client.decisions.set({ actors: benign.slice(0, 19), verdict: 'benign' });
    await client.decisions.set({ actors: drawn(40, 30).slice(20, 30), verdict: 'unsure' });
    expect(await client.explore.review({ target: 0.2 })).toEqual(before);
    await client.decisions.set({ actors: benign.slice(19), verdict: 'benign' });
    const review = await client.explore.review({ target: 0.2 });
    expect(review).toMatchObject({ method: 'reference', references: 20, identifiable: true });
    expect(review.assumptions).toContain('20 actors known to be benign');

    // Conformal p-values by being odd, twice the smaller of both, Benjamini & Hochberg with Storey's share: by hand.
    const details = everybody.map((actor, i) => ({ actor, odd: stored.odd[i] ?? 0, alike: stored.alike[i] ?? 0 }));
    const isKnown = new Set(benign);
    const known = details.filter(({ actor }) => isKnown.has(actor)).map(({ odd }) => odd);
    const judged = details
      .filter(({ actor }) => !isKnown.has(actor))
      .map(({ actor, odd, alike }) => {
        const p = (1 + known.filter((score) => score >= odd).length) / 21;
        return { actor, p: Math.min(1, 2 * Math.min(p, 10 ** -alike)) };
      })
      .sort((a, b) => a.p - b.p);
    const share = Math.min(1, (1 + judged.filter(({ p }) => p > 0.5).length) / (0.5 * judged.length));
    const last = judged.findLastIndex(({ p }, k) => (share * judged.length * p) / (k + 1) <= 0.2);
    expect(review.nullShare).toBeCloseTo(share, 12);
    expect(review.count).toBe(last + 1);
    const passed = judged.slice(0, last + 1).map(({ actor }) => actor);
    expect((await actorsOf({ falseDiscoveryRate: 0.2 })).sort()).toEqual([...passed].sort());
    expect(await actorsOf({ falseDiscoveryRate: 1 })).toEqual(everybody.filter((actor) => !isKnown.has(actor)));
    const { column } = await queue({});
    const pValues = new Map(judged.map(({ actor, p }) => [actor, p]));
    column('actor').forEach((actor, i) => {
      const p = pValues.get(String(actor));
      if (p === undefined) expect([column('pValue')[i], column('qValue')[i]]).toEqual([null, null]);
      else expect(column('pValue')[i]).toBeCloseTo(p, 12);
    });

    await client.decisions.undo();
    expect(await client.explore.review({ target: 0.2 })).toEqual(before);
  });

  test('operating points bound the ordinary among the first', async () => {
    const judged = result.actors.filter(({ pValue }) => pValue !== null).length;
    for (const { queue: size, falseDiscoveryRate } of await client.explore.operatingPoints({ filter: {} })) {
      const largest = Math.max(...result.actors.slice(0, size).map(({ pValue }) => pValue ?? 0));
      const bound = Math.min(1, (result.run.calibration.nullShare * judged * largest) / size);
      expect(falseDiscoveryRate).toBeCloseTo(bound, 12);
    }
    const [first] = await client.explore.operatingPoints({ filter: {} });
    expect(first?.falseDiscoveryRate).toBeLessThan(0.5); // the ten twins
  });
});

test('reliability holds the claims of the run against the verdicts', async () => {
  expect(await client.explore.reliability()).toEqual({ decided: 0, bins: [] });
  await client.decisions.set({ actors: twins, verdict: 'abuse' });
  await client.decisions.set({
    actors: everybody.slice(0, 40).filter((actor) => !twins.includes(actor)),
    verdict: 'benign',
  });
  await client.decisions.set({ actors: everybody.slice(40, 45), verdict: 'unsure' });
  const { decided, bins } = await client.explore.reliability();
  expect(decided).toBe(40);
  expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(40);
  const claims = result.actors.slice(0, 40).map(({ qValue }) => qValue ?? 0);
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  expect(sum(bins.map(({ claimed, n }) => claimed * n))).toBeCloseTo(sum(claims), 9);
  expect(sum(bins.map(({ realised, n }) => realised * n))).toBeCloseTo(30, 9);
  expect(bins[0]).toMatchObject({ realised: 0, low: 0 });
  expect(bins.at(-1)?.realised).toBe(1);
});

describe('ranking by the verdicts', () => {
  const whyOf = async (actors: readonly string[]) =>
    Promise.all(actors.map(async (actor) => (await client.explore.actor({ actor })).feedback));
  const isOrderOf = async ({ actors }: RerankResult): Promise<void> => {
    expect(await actorsOf({}, BY_FEEDBACK)).toEqual(actors.map(({ actor }) => actor));
    const some = [0, 1, 30, 80, 159].map((place) => actors[place]?.actor ?? '');
    expect(await whyOf(some)).toEqual(
      some.map((actor) => {
        const at = actors.findIndex((each) => each.actor === actor);
        return { rank: at + 1, why: actors[at]?.why ?? null };
      }),
    );
  };

  test('needs a verdict of abuse or benign, and an order to be undone or sorted by', async () => {
    await client.decisions.set({ actors: everybody.slice(0, 2), verdict: 'unsure' });
    expect(await refused(client.decisions.rerank())).toMatchObject({ code: 'input', data: { next: /\S/ } });
    expect(await client.decisions.undoRerank()).toEqual({ undone: false });
    expect(await refused(queue({}, BY_FEEDBACK))).toMatchObject({ code: 'usage' });
    expect(await whyOf(everybody.slice(0, 1))).toEqual([null]);
  });

  test('makes an order beside that of the run, says why, outlives the engine, and can be taken back', async () => {
    await client.decisions.set({ actors: everybody.slice(0, 10), verdict: 'benign' });
    await client.decisions.set({ actors: everybody.slice(20, 24), verdict: 'abuse' });
    const made = await client.decisions.rerank();
    expect(made).toMatchObject({ abuse: 4, benign: 10, used: 14 });
    expect(made.detectors.map(({ name }) => name)).toEqual(result.run.detectors);
    expect((await runOf()).feedback).toEqual(made);
    expect(await actorsOf({})).toEqual(everybody);
    const order = await actorsOf({}, BY_FEEDBACK);
    expect(order).not.toEqual(everybody);
    expect([...order].sort()).toEqual([...everybody].sort());
    expect(await actorsOf({}, { by: 'feedback', descending: true })).toEqual([...order].reverse());
    expect(await client.explore.locate({ actor: order[3] ?? '', filter: {}, sort: BY_FEEDBACK })).toEqual({ index: 3 });
    const told = await whyOf(order.slice(0, 20));
    expect(told.map((each) => each?.rank)).toEqual(told.map((_, i) => i + 1));
    expect(told.some((each) => each?.why?.startsWith('Resembles ') === true)).toBe(true);

    // The same verdicts make the same order, whoever asks.
    let again: RerankResult | undefined;
    await restart(async () => {
      const opened = await openCase(directory, caseOptions);
      again = await rerankCase(opened);
      await opened.close();
    });
    if (again === undefined) throw new Error('It was not ranked.');
    await isOrderOf(again);
    expect(order).toEqual(again.actors.map(({ actor }) => actor));

    expect(await client.decisions.undoRerank()).toEqual({ undone: true });
    await isOrderOf(again);
    expect((await runOf()).feedback).toEqual(made);
    // A verdict that came later did not move anybody; one that is not there any more is not known.
    await client.decisions.set({ actors: [everybody[100] ?? ''], verdict: 'abuse' });
    expect((await whyOf(order.slice(0, 5))).map((each) => each?.why)).toEqual(
      told.slice(0, 5).map((each) => each?.why),
    );
    await client.decisions.set({ actors: everybody.slice(0, 10), verdict: null });
    expect((await whyOf(order.slice(0, 5))).map((each) => each?.why)).toEqual([null, null, null, null, null]);

    expect(await client.decisions.undoRerank()).toEqual({ undone: true });
    expect((await runOf()).feedback).toBeNull();
    expect(await refused(queue({}, BY_FEEDBACK))).toMatchObject({ code: 'usage' });
    expect(await client.decisions.undoRerank()).toEqual({ undone: false });
  }, 60_000);

  test('waits for jobs, and is of the run it was made from', async () => {
    await client.decisions.set({ actors: everybody.slice(0, 4), verdict: 'abuse' });
    await client.decisions.rerank();
    const { job } = await client.jobs.startDetect({ detectors: ['isolationForest'] });
    expect(await refused(client.decisions.rerank())).toMatchObject({ code: 'usage' });
    expect(await jobEnded(client, job)).toMatchObject({ state: 'done' });
    expect(await runOf()).toMatchObject({ feedback: null, groups: 0, detectors: ['isolationForest'] });
    expect((await queue({})).column('lead')[0]).toBe('odd');
    const { odd, alike, groups } = await client.explore.actor({ actor: everybody[0] ?? '' });
    expect({ alike, groups }).toEqual({ alike: null, groups: [] });
    expect(odd).not.toBeNull();
  }, 60_000);
});

test('a run from before has a queue without what it did not know', async () => {
  await restart(async () => {
    const opened = await openCase(directory, caseOptions);
    await opened.connection.run(
      `UPDATE runs SET manifest = json_merge_patch(manifest, '{"ensemble": null, "calibration": null}')`,
    );
    await opened.connection.run(
      'UPDATE queue SET q_value = NULL, odd = NULL, alike = NULL, story = NULL, reasons = NULL',
    );
    await opened.close();
  });
  expect(await runOf()).toMatchObject({ ensemble: null, calibration: null, groups: 0 });
  const { column } = await queue({});
  expect([column('qValue')[0], column('lead')[0]]).toEqual([null, 'odd']);
  const top = String(column('actor')[0]);
  const detail = await client.explore.actor({ actor: top });
  expect(detail).toMatchObject({ qValue: null, odd: null, alike: null, groups: [] });
  expect(detail.reasons.length).toBeGreaterThan(0);
  expect(detail.story?.smallestChange).toBeNull();
  expect(await client.explore.review({ target: 0.1 })).toMatchObject({ count: 0, identifiable: false, method: 'none' });
  const points = await client.explore.operatingPoints({ filter: {} });
  expect(points.every(({ falseDiscoveryRate }) => falseDiscoveryRate === null)).toBe(true);
  expect(await client.explore.reliability()).toEqual({ decided: 0, bins: [] });
});
