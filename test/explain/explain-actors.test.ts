import { describe, expect, it } from 'vitest';
import { detectActors, type Detection } from '../../core/detect/index.ts';
import { contributions, explainActors, type Explained } from '../../core/explain/index.ts';
import { seededRandom } from '../../core/random/index.ts';
import { tableOf } from '../detect/tables.ts';

const nan = Number.NaN;
const dictionary = [
  { name: 'objects', sentence: 'How many distinct objects the actor touched.', unit: 'count' },
  { name: 'pause', sentence: 'Waits {value} between two events', unit: 's' },
];

/** A detection with two detectors whose attributions are given: features objects, pause, other. */
const given = (evidence: Detection['evidence'], tailRanks: readonly number[]): Explained => ({
  evidence,
  odd: new Float64Array(20),
  alike: undefined,
  groups: [],
  features: ['objects', 'pause', 'other'],
  parts: [
    [3, 1, -2],
    [0, 0, 5],
  ].map((credit, d) => ({
    name: `d${d}`,
    evidence: 'odd',
    score: new Float64Array(0),
    tailRank: new Float64Array(20).fill(tailRanks[d] ?? 0),
    weight: 1,
    attribute: async (rows) => Float64Array.from(rows.flatMap(() => credit)),
  })),
});

const table = tableOf({
  objects: [1, 2, 3, 4, 4812, nan, 100],
  pause: [0.2, 100, 110, 120, 130, 140, 50],
  other: [0, 0, 0, 0, 0, 0, 1],
});
const detection = given(['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'insufficient'], [2, 1.5]);

describe('contributions', () => {
  it('weigh each detector by its tail rank and add up to 1', async () => {
    // detector 0: 3/4, 1/4, 0 at weight 2² = 4; detector 1: 0, 0, 1 at weight 1.5² = 2.25; over 6.25
    const shares = await contributions(detection, [4]);
    expect(shares[0]).toBeCloseTo(0.48, 12);
    expect(shares[1]).toBeCloseTo(0.16, 12);
    expect(shares[2]).toBeCloseTo(0.36, 12);
  });

  it('are 0 where no detector speaks', async () => {
    expect([...(await contributions(given([], [0, 0]), [0]))]).toEqual([0, 0, 0]);
  });
});

describe('explainActors', () => {
  const reasonsOf = async (row: number): ReturnType<typeof explainActors> =>
    explainActors(table, detection, dictionary, { rows: [row], reasons: 2 });

  it('says value, typical, percentile, share and a sentence, strongest first', async () => {
    const [reasons] = await reasonsOf(4);
    expect(reasons?.map((reason) => reason.feature)).toEqual(['objects', 'other']);
    expect(reasons?.[0]).toEqual({
      feature: 'objects',
      value: 4812,
      typical: 3,
      typicalRange: [2, 4],
      percentile: 90,
      contribution: 0.48,
      sentence: 'How many distinct objects the actor touched: 4,812; typical is 3 (the highest of 5 actors).',
    });
    expect(reasons?.[1]?.sentence).toBe('other: 0; typical is 0 (common by itself, unusual together with the others).');
  });

  it('says low where low is odd, and fills in a sentence that asks for it', async () => {
    const [reasons] = await explainActors(table, detection, dictionary, { rows: [0] });
    expect(reasons?.find(({ feature }) => feature === 'pause')?.sentence).toBe(
      'Waits 200 ms between two events; typical is 115 s (the lowest of 6 actors).',
    );
  });

  it('says that a value is not known', async () => {
    const [reasons] = await reasonsOf(5);
    expect(reasons?.[0]).toMatchObject({ feature: 'objects', value: null, percentile: null });
    expect(reasons?.[0]?.sentence).toBe(
      'How many distinct objects the actor touched: not known for this actor; typical is 3 (known for 83 % of 6 actors).',
    );
  });

  it('compares an actor without evidence with those that have it', async () => {
    const [reasons] = await reasonsOf(6);
    expect(reasons?.[0]?.percentile).toBe(80);
    expect(reasons?.[0]?.sentence).toContain('(higher than 80 % of 5 actors)');
    const [all] = await explainActors(table, detection, dictionary, { rows: [6] });
    const pause = all?.find(({ feature }) => feature === 'pause');
    expect(pause?.sentence).toContain('(lower than 83 % of 6 actors)');
  });

  it('finds the planted reason through both detectors, on either side', async () => {
    const random = seededRandom(1);
    const columns = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((name) => [name, Array.from({ length: 500 }, () => random.normal())]),
    );
    const planted = { ...columns, b: columns['b']?.with(7, 12) ?? [], d: columns['d']?.with(9, -12) ?? [] };
    const real = tableOf(planted);
    const found = await detectActors(real, { seed: 1, minEvents: 1 });
    expect(found.order.slice(0, 2).sort()).toEqual([7, 9]);
    const [high, low] = await explainActors(real, found, [], { rows: [7, 9], reasons: 4 });
    expect(high?.[0]).toMatchObject({ feature: 'b', value: 12 });
    expect(high?.[0]?.sentence).toContain('the highest of 500 actors');
    expect(low?.[0]).toMatchObject({ feature: 'd', value: -12 });
    expect(low?.[0]?.sentence).toContain('the lowest of 500 actors');
    expect(high?.[0]?.contribution).toBeGreaterThan(0.6);
    const sum = (high ?? []).reduce((total, reason) => total + reason.contribution, 0);
    expect(sum).toBeLessThan(1 + 1e-9);
  });

  it('stops when cancelled', async () => {
    const signal = AbortSignal.abort();
    const explaining = explainActors(table, detection, [], { rows: [0] }, { signal });
    await expect(explaining).rejects.toMatchObject({ code: 'cancelled' });
  });
});
