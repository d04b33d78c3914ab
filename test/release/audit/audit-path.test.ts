import { describe, expect, test } from 'vitest';

import { NightjarError } from '../../../core/api/errors.ts';
import { createNoiseSource } from '../../../core/random/noise-source.ts';
import { auditPath, testSamplers, type PathAudit, type ReleasePath } from '../../../core/release/audit/index.ts';
import type { PrivacyLoss } from '../../../core/release/accounting/index.ts';
import { parseRational } from '../../../core/math/rational.ts';
import { discreteGaussianSampler, discreteLaplaceSampler } from '../../../core/release/samplers/index.ts';
import type { JsonValue } from '../../../core/release/keys/index.ts';
import { seededSecureRandom } from '../support/seeded-secure-random.ts';
import {
  approximate,
  dataDependentScale,
  floatingPoint,
  honest,
  lowThreshold,
  pure,
  tellingError,
  withoutBounding,
} from './builds.ts';

/*
 * Seeded: the same numbers in every run of the tests. Confidence 0.95 for all bounds of one audit together, so that one
 * seed in twenty may refute an honest path, and these do not.
 */
const KEYS = [{ column: 'country', keys: ['AT', 'CH', 'DE', 'FR', 'IT', 'PL', 'SE', 'US'] }];
const one = { groupsPerActor: 1, rowsPerGroup: 1 };
const COUNT = { count: 'events', by: KEYS, bounds: one };
const MEAN = { mean: 'a', by: KEYS, bounds: { ...one, value: [0, 100], step: 1 } };
const UNKNOWN = { count: 'actors', by: [{ column: 'country', keys: 'unknown' }], bounds: { groupsPerActor: 1 } };

const audited = (
  json: JsonValue,
  claimed: PrivacyLoss,
  path: ReleasePath,
  { runs = 1000, canaries = 2000, seed = 'tosses' } = {},
): Promise<PathAudit> => {
  const source = createNoiseSource(seededSecureRandom(seed));
  return auditPath(json, claimed, path, { runs, canaries, confidence: 0.95, source });
};
const pairNamed = ({ pairs }: PathAudit, name: string): number =>
  pairs.find((pair) => pair.name === name)?.lowerBound ?? Number.NaN;

describe('an honest path is not refuted, and most of its loss is found', () => {
  test.each<[string, JsonValue, PrivacyLoss, number]>([
    ['count', COUNT, pure('1'), 0.75],
    ['count with four groups per actor', { ...COUNT, bounds: { groupsPerActor: 4, rowsPerGroup: 2 } }, pure('1'), 0.3],
    ['sum', { sum: 'a', by: KEYS, bounds: { ...one, value: [-50, 10], step: 1 } }, pure('1'), 0.7],
    ['mean', MEAN, pure('1'), 0.3],
    ['variance', { variance: 'a', by: MEAN.by, bounds: MEAN.bounds }, pure('1'), 0.2],
    ['no groups', { count: 'actors' }, pure('1'), 0.75],
    ['unknown keys', UNKNOWN, approximate('1', '0.01'), 0.5],
  ])('%s', async (name, json, claimed, least) => {
    const audit = await audited(json, claimed, honest(claimed, seededSecureRandom(name)));
    expect(audit.lowerBound).toBeLessThanOrEqual(1);
    expect(audit.lowerBound).toBeGreaterThan(least);
    expect(audit.exceeds).toBe(false);
    const ineffective = audit.pairs.find((pair) => pair.name === 'nothing that counts');
    expect(ineffective?.lowerBound ?? 0).toBe(0);
    for (const { pValue } of audit.samplers) expect(pValue).toBeGreaterThan(1e-5);
  });

  test('one run with unknown keys, each with a crowd that makes it shown', async () => {
    const claimed = approximate('1', '1e-6');
    const audit = await audited(UNKNOWN, claimed, honest(claimed, seededSecureRandom('crowd')), { runs: 20 });
    expect(audit.oneRun?.canaries).toBe(2000);
    expect(audit.oneRun?.lowerBound).toBeGreaterThan(0.7);
    expect(audit.exceeds).toBe(false);
  });

  test.each<[string, JsonValue]>([
    ['quantiles', { quantiles: 'a', probabilities: [0.5], by: KEYS, bounds: MEAN.bounds }],
    ['top', { top: 2, of: 'events', by: KEYS, bounds: one }],
  ])('%s', async (name, json) => {
    const path = honest(pure('1'), seededSecureRandom(name));
    const audit = await audited(json, pure('1'), path, { runs: 400, canaries: 500 });
    expect(audit.exceeds).toBe(false);
    expect(audit.oneRun === undefined).toBe(name === 'top');
    const careless = honest(pure('12'), seededSecureRandom(name));
    expect((await audited(json, pure('1'), careless, { runs: 400, canaries: 500 })).exceeds).toBe(true);
  });

  test('intervals of quantiles: two more choices, and most of a loss that is far too large', async () => {
    const json = { quantiles: 'a', probabilities: [0.5], intervals: true, by: KEYS, bounds: MEAN.bounds };
    const path = honest(pure('1'), seededSecureRandom('intervals'));
    const audit = await audited(json, pure('1'), path, { runs: 300, canaries: 100 });
    expect(audit.exceeds).toBe(false);
    expect(audit.oneRun).toBeDefined();
    const careless = honest(pure('60'), seededSecureRandom('intervals'));
    expect((await audited(json, pure('1'), careless, { runs: 300, canaries: 100 })).exceeds).toBe(true);
  });

  test('mean of unknown keys', async () => {
    const claimed = approximate('1', '0.01');
    const path = honest(claimed, seededSecureRandom('mean of unknown keys'));
    const audit = await audited({ ...MEAN, by: UNKNOWN.by }, claimed, path, { runs: 30, canaries: 60 });
    expect(audit.exceeds).toBe(false);
    expect(audit.pairs.map(({ name }) => name)).toContain('alone with its keys');
  });

  test('rho of Gaussian noise', async () => {
    const claimed: PrivacyLoss = { kind: 'zcdp', rho: parseRational('0.5') };
    const audit = await audited(COUNT, claimed, honest(claimed, seededSecureRandom('rho')));
    expect(audit.of).toBe('rho');
    expect(audit.lowerBound).toBeLessThanOrEqual(0.5);
    expect(audit.lowerBound).toBeGreaterThan(0.15);
    const cut = honest({ kind: 'zcdp', rho: parseRational('2') }, seededSecureRandom('rho')); // half of σ
    expect((await audited(COUNT, claimed, cut, { runs: 2000 })).exceeds).toBe(true);
  });
});

describe('at a claimed ε of 1 a faulty build is found', () => {
  test('noise cut by 30 %: by the pair of data sets, and in one run', async () => {
    const build = honest(pure('10/7'), seededSecureRandom('cut'));
    const audit = await audited(COUNT, pure('1'), build, { runs: 2000 });
    expect(pairNamed(audit, 'at the bounds')).toBeGreaterThan(1);
    expect(audit.oneRun?.lowerBound).toBeGreaterThan(1);
    expect(audit.exceeds).toBe(true);
  });

  test('bounding off: only by an actor beyond the bounds', async () => {
    const audit = await audited(COUNT, pure('1'), withoutBounding(pure('1'), seededSecureRandom('unbounded')));
    expect(pairNamed(audit, 'beyond the bounds')).toBeGreaterThan(1);
    expect(pairNamed(audit, 'at the bounds')).toBeLessThanOrEqual(1);
  });

  test('budget not split over the statistics of a mean', async () => {
    const build = honest(pure('2'), seededSecureRandom('twice')); // each statistic at ε = 1, not 1/2
    expect((await audited(MEAN, pure('1'), build, { runs: 2000 })).exceeds).toBe(true);
  });

  test('selection threshold one too low, at a δ that this many runs can see', async () => {
    const claimed = approximate('1', '0.01');
    const build = lowThreshold(claimed, 1, seededSecureRandom('low'));
    const audit = await audited(UNKNOWN, claimed, build, { runs: 3000 });
    expect(pairNamed(audit, 'alone with its keys')).toBeGreaterThan(1);
    const right = await audited(UNKNOWN, claimed, lowThreshold(claimed, 0, seededSecureRandom('low')), { runs: 3000 });
    expect(right.exceeds).toBe(false);
  });

  test('selection threshold one too low at δ = 1e-6 is beyond what runs can see', async () => {
    const claimed = approximate('1', '1e-6');
    const audit = await audited(UNKNOWN, claimed, lowThreshold(claimed, 1, seededSecureRandom('tiny')));
    expect(audit.exceeds).toBe(false);
  });

  test('noise in floating point: by its last digits', async () => {
    const audit = await audited(COUNT, pure('1'), floatingPoint(1, seededSecureRandom('float')));
    expect(pairNamed(audit, 'at the bounds')).toBeGreaterThan(1);
    expect(audit.pairs.find(({ name }) => name === 'at the bounds')?.score).toContain('last digit');
  });

  test('an error that names a count', async () => {
    const audit = await audited(COUNT, pure('1'), tellingError(), { runs: 200 });
    expect(audit.exceeds).toBe(true);
    expect(audit.pairs[0]?.score).toBe('the words around the numbers');
  });

  test('a sensitivity read from the data', async () => {
    const sum = { sum: 'a', by: KEYS, bounds: { groupsPerActor: 1, rowsPerGroup: 1, value: [0, 100], step: 1 } };
    const build = dataDependentScale(pure('1'), seededSecureRandom('data'));
    expect((await audited(sum, pure('1'), build)).exceeds).toBe(true);
  });
});

test('samplers: a scale 3 % off is found, the right one is not', () => {
  const source = createNoiseSource(seededSecureRandom('samplers'));
  const noises = [{ kind: 'discrete-laplace', scale: parseRational('30') }] as const;
  for (const { pValue } of testSamplers(noises, source)) expect(pValue).toBeGreaterThan(1e-5);
  for (const factor of ['0.97', '1.03']) {
    const wrong = testSamplers([], source, (noise, from) => {
      const times = (x: string) => parseRational(String(Number(x) * Number(factor)));
      if (noise.kind === 'discrete-gaussian') return discreteGaussianSampler(times('3.5'), from);
      return discreteLaplaceSampler(times('1'), from);
    });
    expect(wrong.map(({ pValue }) => pValue < 1e-5)).toEqual(wrong.map(() => true));
  }
});

test('settings out of range and queries that cannot be planned are refused', async () => {
  const path = honest(pure('1'), seededSecureRandom(0));
  await expect(audited(COUNT, pure('1'), path, { runs: 3 })).rejects.toMatchObject({ code: 'usage' });
  await expect(audited(UNKNOWN, pure('1'), path)).rejects.toBeInstanceOf(NightjarError);
});

test('many declared groups are cut to as many as matter, with the same noise', async () => {
  const keys = Array.from({ length: 5000 }, (_, i) => `k${i}`);
  const wide = { count: 'events', by: [{ column: 'c', keys }], bounds: { groupsPerActor: 5, rowsPerGroup: 1 } };
  const seen: number[] = [];
  const inner = honest(pure('1'), seededSecureRandom('wide'));
  const audit = await audited(
    wide,
    pure('1'),
    (json, rows) => {
      seen.push(JSON.stringify(json).length);
      return inner(json, rows);
    },
    { runs: 50, canaries: 0 },
  );
  expect(Math.max(...seen)).toBeLessThan(600);
  expect(audit.samplers.map(({ noise }) => noise)).toContain('discrete Laplace, scale 5');
});

describe('a cancel is heard', () => {
  const settings = { runs: 20, canaries: 200, confidence: 0.95 };
  /** Cancels while the release of this number is under way, and returns how many there were. */
  const releasesUntil = async (stop: (json: JsonValue, release: number) => boolean): Promise<number> => {
    const controller = new AbortController();
    const source = createNoiseSource(seededSecureRandom('tosses'));
    const inner = honest(pure('1'), seededSecureRandom('cancel'));
    let releases = 0;
    const path: ReleasePath = async (json, rows) => {
      // a message of the page comes in a turn of its own
      if (stop(json, releases++)) setImmediate(() => controller.abort());
      return inner(json, rows);
    };
    const audit = auditPath(COUNT, pure('1'), path, { ...settings, source }, { signal: controller.signal });
    await expect(audit).rejects.toMatchObject({ code: 'cancelled' });
    return releases;
  };
  const pairs = 3 * 2 * settings.runs;

  test('in the estimate of one run: no second release is made', async () => {
    expect(await releasesUntil((json) => JSON.stringify(json).includes('"canary"'))).toBe(pairs + 1);
  });

  test('after the last release, while runs are told apart and guesses counted', async () => {
    expect(await releasesUntil((_, release) => release === pairs + 1)).toBe(pairs + 2);
  });
});
