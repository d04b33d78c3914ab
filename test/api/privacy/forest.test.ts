import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { makeKeyFile } from '../../../core/api/release/index.ts';
import { logText } from '../release/support.ts';
import { jobEnded, refused, startEngine } from '../support.ts';

const FOREST = {
  forest: {
    features: [
      { name: 'event_count', bounds: [0, 10, 100] },
      { name: 'hour_entropy', bounds: [0, 5] },
    ],
    trees: 20,
    depth: 3,
  },
};
const COUNT = { count: 'actors', by: [{ column: 'country', keys: ['DE', 'FR'] }], bounds: { groupsPerActor: 1 } };

test('a page plans, asks for, refuses, approves, shows, exports and checks a forest as it does numbers', async () => {
  const { client, engine, folder } = startEngine();
  const log = join(folder, 'log.csv');
  writeFileSync(log, logText(60));
  const keyPath = join(folder, 'reviewer.key');
  await makeKeyFile(keyPath, 'Rita');
  await client.case.create({ name: 'Forest' });
  const detect = { detectors: ['isolationForest'] };
  await jobEnded(client, (await client.jobs.startImport({ grants: [engine.grant(log, 'file').id], detect })).job);
  const key = (): string => engine.grant(keyPath, 'file').id;
  await client.privacy.setLimit({ epsilon: '2', delta: '0', key: key() });

  const asked = { query: FOREST, epsilon: '0.5', delta: '0' };
  const plan = await client.privacy.planForest(asked);
  expect(plan).toMatchObject({
    features: FOREST.forest.features,
    trees: 20,
    depth: 3,
    seed: 1,
    leaves: 160,
    noise: 'discrete Laplace, scale 40',
    level: 0.95,
    cost: { epsilon: '0.5', delta: '0' },
    budget: { after: { epsilon: '0.5' }, limit: { epsilon: '2' }, fits: true },
  });
  // Discrete Laplace of scale 40: P(|X| > w) = 2 q^(w+1) / (1 + q), q = exp(-1/40); 0.0504 for w = 119, 0.0492 for w = 120.
  expect(plan.halfWidth).toBe(120);
  const beyond = await client.privacy.planForest({ ...asked, epsilon: '3' });
  expect(beyond.budget.fits).toBe(false);
  expect(await refused(client.privacy.planForest({ ...asked, query: COUNT }))).toMatchObject({ code: 'usage' });

  const ask = async (epsilon: string): Promise<string> =>
    (await client.privacy.ask({ ...asked, epsilon, purpose: 'for a partner' })).request ?? '';
  const first = await ask('0.5');
  await client.privacy.refuse({ request: first, reason: 'Too little ε.', key: key() });
  const request = await ask('1');
  expect(await refused(client.privacy.releasedForest({ request }))).toMatchObject({ code: 'usage' });
  const approved = await client.privacy.approve({ request, confirmation: 'release', key: key() });
  expect(approved.isRepeated).toBe(false);
  const ledger = await client.privacy.ledger();
  expect(ledger.spent).toMatchObject({ epsilon: '1', delta: '0' });
  expect(ledger.requests.map(({ state }) => state)).toEqual(['refused', 'answered']);
  const shown = await client.privacy.releasedForest({ request });
  expect(shown).toMatchObject({ trees: 20, depth: 3, epsilon: '1', purpose: 'for a partner', reviewer: 'Rita' });
  // The same forest, however it is written, has its answer at no cost.
  const again = { forest: { ...FOREST.forest, seed: 1 } };
  const repeated = await client.privacy.ask({ query: again, epsilon: '1.0', delta: '0', purpose: 'once more' });
  expect(repeated).toEqual({ request: null, answer: approved.answer });

  const { file, rows } = await client.privacy.exportRelease({ request, format: 'json' });
  expect(rows).toBe(20);
  expect(await refused(client.privacy.exportRelease({ request, format: 'csv' }))).toMatchObject({
    code: 'usage',
    message: 'A forest is no table.',
  });
  const path = join(folder, 'forest.json');
  const text = (await file?.text()) ?? '';
  writeFileSync(path, text);
  const verify = () => client.privacy.verify({ file: engine.grant(path, 'file').id });
  expect(await verify()).toMatchObject({ ok: true, gaps: [], release: null, forest: shown, ledgerFaults: [] });
  writeFileSync(path, text.replace('for a partner', 'for a panther'));
  expect(await verify()).toMatchObject({ ok: false, forest: { purpose: 'for a panther' } });
  writeFileSync(path, text.replace(/"threshold":\[[\d.]+/u, '"threshold":[0.125'));
  expect(await verify()).toMatchObject({ ok: false, forest: null });

  // Numbers go the way they went.
  const numbers = await client.privacy.ask({ query: COUNT, epsilon: '1', delta: '0', purpose: 'x' });
  await client.privacy.approve({ request: numbers.request ?? '', confirmation: 'release', key: key() });
  expect(await client.privacy.released({ request: numbers.request ?? '' })).toMatchObject({ groups: 2 });
}, 120_000);
