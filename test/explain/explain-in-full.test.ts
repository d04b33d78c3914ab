import { describe, expect, it } from 'vitest';
import { detectActors } from '../../core/detect/index.ts';
import { explainActors, explainInFull } from '../../core/explain/index.ts';
import { seededRandom } from '../../core/random/index.ts';
import { tableOf } from '../detect/tables.ts';

const random = seededRandom(2);
const around = (middle: number): number[] =>
  Array.from({ length: 400 }, () => Math.max(1, Math.round(middle * (1 + 0.3 * random.normal()))));
const shares = Array.from({ length: 400 }, () => 0.02 + 0.02 * random.float());
const table = tableOf({
  event_count: around(40).with(11, 812),
  ip_count: around(12).with(11, 157),
  failure_share: shares,
  hour_entropy: Array.from({ length: 400 }, () => 3 + 0.2 * random.normal()),
});
const dictionary = [
  { name: 'event_count', sentence: 'How many events the actor caused.', unit: 'events' },
  { name: 'ip_count', sentence: 'How many different addresses the actor came from.', unit: 'addresses' },
  { name: 'failure_share', sentence: 'Share of attempts that failed.', unit: 'share' },
  { name: 'hour_entropy', sentence: 'How evenly activity spreads.', unit: 'bits' },
];
const detection = await detectActors(table, { seed: 1, minEvents: 1, detectors: ['isolationForest'] });

describe('explainInFull', () => {
  it('says what the odd actor does and what would make it ordinary', async () => {
    expect(detection.order[0]).toBe(11);
    const [told] = await explainInFull(table, detection, dictionary, { rows: [11] });
    expect(
      told?.reasons
        .map(({ feature }) => feature)
        .slice(0, 2)
        .toSorted(),
    ).toEqual(['event_count', 'ip_count']);
    expect(told?.summary).toMatch(/(2\d|3\d|\d) times as many (events|addresses) as its peers/u);
    expect(told?.summary).toMatch(/^(Causes|Comes)/u);
    const changes = told?.smallestChange?.changes ?? [];
    expect(changes.map(({ feature }) => feature).toSorted()).toEqual(['event_count', 'ip_count']);
    for (const { feature, from, to } of changes) {
      expect(from).toBe(feature === 'event_count' ? 812 : 157);
      expect(Number.isInteger(to)).toBe(true);
      expect(table.columns[table.names.indexOf(feature)]).toContain(to);
    }
    expect(told?.smallestChange?.sentence).toMatch(
      /^Would look ordinary with \d+ \w+ instead of \d+ and \d+ \w+ instead/u,
    );
    expect(told?.twins).toBe(null);
  });

  it('finds no change for an ordinary actor, and the same with and without others', async () => {
    const ordinary = detection.order.at(-1) ?? 0;
    const rows = [11, ordinary, ...detection.order.slice(1, 80)];
    const all = await explainInFull(table, detection, dictionary, { rows });
    const [alone] = await explainInFull(table, detection, dictionary, { rows: [11] });
    expect(all[0]).toEqual(alone);
    expect(all[1]?.smallestChange).toBe(null);
    expect(all).toHaveLength(81);
  });

  it('lowers the score to what it says', async () => {
    const rows = detection.order.slice(0, 20);
    const told = await explainInFull(table, detection, dictionary, { rows });
    const target = [...detection.odd].toSorted((a, b) => a - b)[Math.ceil(0.9 * 399)] ?? 0;
    const found = told.flatMap(({ smallestChange }, k) => (smallestChange === null ? [] : [{ smallestChange, k }]));
    expect(found.length).toBeGreaterThan(15);
    for (const { smallestChange, k } of found) {
      const row = Float64Array.from(table.columns, (values) => values[rows[k] ?? 0] ?? 0);
      for (const { feature, to } of smallestChange.changes) row[table.names.indexOf(feature)] = to;
      const [score] = await detection.rescore([row]);
      expect(score).toBeCloseTo(smallestChange.score, 12);
      expect(score).toBeLessThanOrEqual(target);
    }
  });

  it('tells the group an actor belongs to', async () => {
    const groups = [
      {
        members: [11, 4, 5],
        basis: 'features',
        pValue: 0.001,
        sentence: '',
        shared: [{ what: 'ip_count', value: 1, others: 0.01 }],
      },
    ] as const;
    const [told, other] = await explainInFull(table, { ...detection, groups }, dictionary, { rows: [11, 3] });
    expect(told?.summary).toMatch(/ and acts like 2 others\.$/u);
    expect(told?.twins).toMatchObject({
      others: [4, 5],
      sentence: 'Acts like 2 others: they mostly agree in addresses.',
    });
    expect(other?.twins).toBe(null);
  });

  it('gives the reasons that explainActors gives, and no change where nothing can be scored again', async () => {
    const { rescore, ...stored } = detection;
    expect(rescore).toBeTypeOf('function');
    const [told] = await explainInFull(table, stored, dictionary, { rows: [11] });
    const [reasons] = await explainActors(table, stored, dictionary, { rows: [11] });
    expect(told?.reasons).toEqual(reasons);
    expect(told?.smallestChange).toBe(null);
  });

  it('says of an actor that is more alike than odd what the detectors of likeness say, and no change', async () => {
    const [first] = detection.parts;
    if (first === undefined) throw new Error('no part');
    const likeness = {
      ...first,
      name: 'lockstep',
      evidence: 'alike',
      tailRank: first.tailRank.map(() => 9),
      attribute: async (rows: readonly number[]) => Float64Array.from(rows.flatMap(() => [0, 0, 3, 1])),
    } as const;
    const alike = detection.score.map((_, i) => (i === 11 ? 9 : 0));
    const both = { ...detection, alike, parts: [first, likeness] };
    const [told, other] = await explainInFull(table, both, dictionary, { rows: [11, detection.order[1] ?? 0] });
    expect(told?.reasons.map(({ feature, contribution }) => [feature, contribution])).toEqual([
      ['failure_share', 0.75],
      ['hour_entropy', 0.25],
    ]);
    expect(told?.smallestChange).toBe(null);
    expect(other?.smallestChange).not.toBe(null);
    expect(other?.reasons[0]?.contribution).not.toBe(0.75);
  });

  it('stops when cancelled', async () => {
    const signal = AbortSignal.abort();
    const explaining = explainInFull(table, detection, [], { rows: [0] }, { signal });
    await expect(explaining).rejects.toMatchObject({ code: 'cancelled' });
  });
});
