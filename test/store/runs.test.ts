import { describe, expect, test } from 'vitest';

import { createTemporaryCase, loadLatestRun, saveRun, type Run } from '../../core/store/index.ts';
import { failure } from './support.ts';

const run = (changes: Partial<Run> = {}): Run => ({
  kind: 'detect',
  manifest: { seed: 7, detectors: ['isolationForest', 'autoencoder'] },
  actors: ['b', 'a', 'c'],
  detectors: [
    { name: 'isolationForest', scores: Float64Array.of(0.5, 0.25, Number.NaN) },
    { name: 'autoencoder', scores: Float64Array.of(1e300, -Infinity, 0.1) },
  ],
  queue: {
    actors: ['c', 'a', 'b'],
    scores: Float64Array.of(3, 2, 1),
    percentiles: Float64Array.of(1, 0.5, 0),
    pValues: Float64Array.of(0.01, 0.5, Number.NaN),
    evidence: ['ok', 'ok', 'insufficient'],
    events: Float64Array.of(10, 20, 1),
    reasons: ['[{"feature":"x"}]', '[]', null],
  },
  ...changes,
});

describe('a run', () => {
  test('comes back as it was saved', async () => {
    const site = await createTemporaryCase({ threads: 1 });
    expect(await loadLatestRun(site.connection)).toBeUndefined();
    const runId = await saveRun(site.connection, run());
    const loaded = await loadLatestRun(site.connection);
    expect(loaded).toMatchObject({ ...run(), runId });
    expect(loaded?.createdAt.slice(0, 4)).toBe(new Date().toISOString().slice(0, 4));
    await site.close();
  });

  test('is found by kind, the last one first', async () => {
    const site = await createTemporaryCase({ threads: 1 });
    const first = await saveRun(site.connection, run({ manifest: { run: 1 } }));
    const second = await saveRun(site.connection, run({ kind: 'rerank', manifest: { run: 2 } }));
    const third = await saveRun(site.connection, run({ manifest: { run: 3 }, detectors: [] }));
    expect((await loadLatestRun(site.connection))?.runId).toBe(third);
    expect((await loadLatestRun(site.connection, 'rerank'))?.runId).toBe(second);
    expect(await loadLatestRun(site.connection, 'nothing')).toBeUndefined();
    expect(first).not.toBe(third);
    await site.close();
  });

  test('that cannot be stored whole is not stored', async () => {
    const site = await createTemporaryCase({ threads: 1 });
    const broken = { ...run().queue, scores: Float64Array.of(1) };
    expect((await failure(() => saveRun(site.connection, run({ queue: broken })))).code).toBe('internal');
    expect(await loadLatestRun(site.connection)).toBeUndefined();
    await saveRun(site.connection, run());
    await site.close();
  });
});
