import { join } from 'node:path';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../../core/random/index.ts';
import { interrupt, prepareSite, signalled, writeNarrowLog, type Site } from './interrupted.ts';
import { workshop } from './support.ts';

const shop = workshop();
afterAll(shop.remove);
const ALL = 'isolationForest,autoencoder';
let site: Site;

beforeAll(async () => {
  const log = join(shop.directory, 'log.csv');
  writeNarrowLog(log, 700_000);
  site = await prepareSite(shop.directory, log, ALL);
}, 120_000);

const durationOf = (stage: string): number => site.stages.get(stage) ?? Number.NaN;

describe('a case that holds one import', () => {
  test('kill -9 in the middle of another: wholly there or wholly absent, and sound', async () => {
    const random = seededRandom(1);
    expect(site.after.events).toBeGreaterThan(site.before.events);
    let killed = 0;
    for (let run = 0; run < 5; run++) {
      // The later parts of an import are where events have been stored already.
      const delayMs = (0.3 + (0.65 * (run + random.float())) / 5) * durationOf('import');
      const found = await interrupt(site, `killed-${run}`, { signal: 'SIGKILL', stage: 'import', delayMs });
      expect(found.faults).toEqual([]);
      expect(['before', 'after']).toContain(found.outcome);
      if (found.signal === 'SIGKILL') killed++;
    }
    expect(killed).toBeGreaterThan(0);
  }, 120_000);

  test.each(['import', 'features', 'isolationForest', 'autoencoder'])(
    'Ctrl-C during %s: exit code 130, a sound case, nothing left',
    async (stage) => {
      const delayMs = durationOf(stage) / 3;
      const found = await interrupt(site, `cancelled-${stage}`, { signal: 'SIGINT', stage, delayMs, detectors: ALL });
      expect(found.faults).toEqual([]);
      expect(['before', 'after']).toContain(found.outcome);
      // A run that ended before the signal came, or as it came, ended well.
      const late = found.elapsedMs === null || (found.outcome === 'after' && stage === 'autoencoder');
      expect(late ? [0, 130] : [130]).toContain(found.code);
    },
    120_000,
  );
});

test('Ctrl-C without a case: the temporary one is gone', async () => {
  const when = { signal: 'SIGINT', stage: 'import', delayMs: durationOf('import') / 3 } as const;
  const ran = await signalled(['detect', site.log], site, when);
  expect(ran.code).toBe(130);
  expect(ran.out).toBe('');
  expect(ran.err).toMatch(/ancelled/u);
  expect(readdirSync(site.env['TMPDIR'] ?? '')).toEqual([]);
});
