import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../core/random/index.ts';
import {
  backtest,
  changeOf,
  hitsPerDay,
  overlapMatrix,
  overlapOf,
  qualityOf,
  ruleHitsOf,
  sampleUnlabelled,
  subgroupsOf,
  type ActorLabels,
} from '../../../core/rules/backtest/index.ts';
import type { Hit } from '../../../core/rules/schema.ts';
import { plainRule as eventRule } from '../plain-rule.ts';

const at = (time: string): number => Date.parse(time) * 1000;
const hit = (actor: string, time: string): Hit => ({ rule: 'r', group: [actor], at: at(time) });

/** a, b: abuse; c, d, e: benign; f, g: nobody said. */
const LABELS: ActorLabels = new Map([
  ['a', 1],
  ['b', 1],
  ['c', 0],
  ['d', 0],
  ['e', 0],
]);
const HITS: readonly Hit[] = [
  hit('a', '2024-01-07T23:59:59Z'), // a Sunday
  hit('a', '2024-01-08T00:00:00Z'),
  hit('a', '2024-01-08T10:00:00Z'),
  hit('c', '2024-01-08T10:00:00Z'),
  hit('f', '2024-01-16T10:00:00Z'),
];
const SPAN = { from: at('2024-01-06T12:00:00Z'), to: at('2024-01-16T12:00:00Z') };

describe('a table worked out by hand', () => {
  const done = backtest(
    ruleHitsOf(eventRule(), HITS),
    ruleHitsOf(eventRule(), [hit('b', '2024-01-09T00:00:00Z'), hit('c', '2024-01-09T00:00:00Z')]),
    {
      actors: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
      labels: LABELS,
      span: SPAN,
      attributes: new Map(),
      k: 2,
      others: [
        { rule: 'far', hits: ruleHitsOf(eventRule(), [hit('g', '2024-01-09T00:00:00Z')]) },
        { rule: 'near', hits: ruleHitsOf(eventRule(), HITS.slice(0, 4)) },
        { rule: 'nearer', hits: ruleHitsOf(eventRule(), HITS) },
      ],
      mostToReview: 10,
    },
    seededRandom(1),
  );

  test('counts hits, and actors once each', () => expect(done).toMatchObject({ hits: 5, actors: 3 }));

  test('holds actors against labels', () => {
    expect(done.quality).toMatchObject({
      truePositives: 1,
      falsePositives: 1,
      falseNegatives: 1,
      trueNegatives: 2,
      unlabelled: 1,
      precision: { value: 0.5 },
      recall: { value: 0.5 },
      f1: { value: 0.5 },
      falsePositiveRate: { value: 1 / 3 },
    });
  });

  test('lists every day of the span', () => {
    expect(done.perDay.map(({ day, hits, actors }) => [day, hits, actors])).toEqual([
      ['2024-01-06', 0, 0],
      ['2024-01-07', 1, 1],
      ['2024-01-08', 3, 2],
      ...['09', '10', '11', '12', '13', '14', '15'].map((day) => [`2024-01-${day}`, 0, 0]),
      ['2024-01-16', 1, 1],
    ]);
  });

  test('weeks begin on Monday', () => {
    expect(done.perWeek.map(({ week, hits, labels, precision }) => [week, hits, labels, precision.value])).toEqual([
      ['2024-01-01', 1, { abuse: 1, benign: 0, unlabelled: 0 }, 1],
      ['2024-01-08', 3, { abuse: 1, benign: 1, unlabelled: 0 }, 0.5],
      ['2024-01-15', 1, { abuse: 0, benign: 0, unlabelled: 1 }, null],
    ]);
  });

  test('says what changes by label', () => {
    expect(done.change).toEqual({
      gained: { abuse: 1, benign: 0, unlabelled: 1 },
      lost: { abuse: 1, benign: 0, unlabelled: 0 },
      kept: { abuse: 0, benign: 1, unlabelled: 0 },
    });
  });

  test('names the rules that share actors, the most alike first', () => {
    expect(done.overlap).toEqual([
      { rule: 'nearer', actors: 3, shared: 3, jaccard: 1, adds: 0 },
      { rule: 'near', actors: 2, shared: 2, jaccard: 2 / 3, adds: 1 },
    ]);
  });

  test('draws only whom nobody labelled', () => expect(done.toReview).toEqual(['f']));
});

test('days before 1970 and a long span', () => {
  const hits = ruleHitsOf(eventRule(), [hit('a', '1969-12-31T23:00:00Z'), hit('a', '2020-01-01T00:00:00Z')]);
  const span = { from: at('1969-12-31T00:00:00Z'), to: at('2020-01-01T00:00:00Z') };
  expect(hitsPerDay(hits, span).map(({ day }) => day)).toEqual(['1969-12-31', '2020-01-01']);
});

describe('subgroups', () => {
  const actors = Array.from({ length: 40 }, (_, i) => `x${i}`);
  const land = (actor: string): string | undefined => {
    const i = Number(actor.slice(1));
    if (i < 20) return 'DE';
    if (i < 30) return 'FR';
    return i < 33 ? 'LU' : undefined;
  };
  const labels: ActorLabels = new Map(actors.map((actor) => [actor, 0]));
  const hits = new Set(['x0', 'x1', 'x20', 'x21', 'x22', 'x23', 'x24', 'x30']);

  test('of at least k actors, the rest left out and counted', () => {
    const found = subgroupsOf('country', actors, hits, labels, land, 5);
    expect(found.groups.map(({ value, actors: n }) => [value, n])).toEqual([
      ['DE', 20],
      ['FR', 10],
    ]);
    expect(found.leftOut).toBe(10);
    expect(found.groups[0]).toMatchObject({ hitRate: { value: 0.1 }, falsePositiveRate: { value: 0.1 } });
    // 2 of 20 against 6 of the other 20.
    expect(found.groups[0]?.ratio.value).toBeCloseTo(1 / 3, 12);
    expect(found.fairness).toMatchObject({ of: 'falsePositiveRate', lowest: 'DE', highest: 'FR' });
    expect(found.fairness?.ratio.value).toBeCloseTo(0.2, 12);
  });

  test('without labels fairness is of hit rates', () => {
    const found = subgroupsOf('country', actors, hits, new Map(), land, 5);
    expect(found.fairness).toMatchObject({ of: 'hitRate', lowest: 'DE', highest: 'FR' });
    expect(found.groups[0]?.falsePositiveRate.value).toBeNull();
  });

  test('one group is no comparison, and a rule without hits no ratio', () => {
    expect(subgroupsOf('country', actors, hits, labels, land, 15).fairness).toBeNull();
    expect(subgroupsOf('country', actors, new Set(), labels, land, 5).fairness?.ratio.value).toBeNull();
  });

  test('more groups widen the interval of the chosen pair', () => {
    const two = subgroupsOf('country', actors, hits, labels, land, 10).fairness?.ratio;
    const three = subgroupsOf('country', actors, hits, labels, land, 3).fairness?.ratio;
    expect(three?.high ?? 0).toBeGreaterThan(two?.high ?? 1e9);
  });
});

const someActors = fc
  .uniqueArray(fc.constantFrom(...'abcdefghijklmnop'.split('')), { maxLength: 16 })
  .map((all) => new Set(all));
const someLabels = fc
  .array(fc.tuple(fc.constantFrom(...'abcdefghijklmnop'.split('')), fc.constantFrom<0 | 1>(0, 1)), { maxLength: 30 })
  .map((all) => new Map(all));

test('counts add up', () => {
  fc.assert(
    fc.property(someActors, someActors, someLabels, (one, two, labels) => {
      const q = qualityOf(one, labels);
      expect(q.truePositives + q.falsePositives + q.unlabelled).toBe(one.size);
      expect(q.truePositives + q.falsePositives + q.falseNegatives + q.trueNegatives).toBe(labels.size);
      const { gained, lost, kept } = changeOf(one, two, labels);
      const total = (c: typeof gained): number => c.abuse + c.benign + c.unlabelled;
      expect(total(kept) + total(lost)).toBe(one.size);
      expect(total(kept) + total(gained)).toBe(two.size);
      expect(total(kept)).toBe(overlapOf(one, two).shared);
      expect(total(lost)).toBe(overlapOf(one, two).adds);
    }),
  );
});

test('the matrix of overlaps is symmetric, with each rule itself on the diagonal', () => {
  fc.assert(
    fc.property(fc.array(someActors, { minLength: 1, maxLength: 5 }), (sets) => {
      const { shared, jaccard } = overlapMatrix(sets);
      for (const [i, set] of sets.entries()) {
        expect(shared[i]?.[i]).toBe(set.size);
        expect(jaccard[i]?.[i]).toBe(set.size === 0 ? null : 1);
        for (const j of sets.keys()) expect(shared[i]?.[j]).toBe(shared[j]?.[i]);
      }
    }),
  );
});

test('a sample for review: of the unlabelled, each once, the same for the same seed in whatever order they come', () => {
  fc.assert(
    fc.property(someActors, someLabels, fc.integer({ min: 0, max: 20 }), fc.integer(), (hits, labels, most, seed) => {
      const drawn = sampleUnlabelled(hits, labels, most, seededRandom(seed));
      const open = [...hits].filter((actor) => !labels.has(actor));
      expect(drawn.length).toBe(Math.min(most, open.length));
      expect(new Set(drawn).size).toBe(drawn.length);
      expect(open).toEqual(expect.arrayContaining([...drawn]));
      expect(sampleUnlabelled(new Set([...hits].toReversed()), labels, most, seededRandom(seed))).toEqual(drawn);
    }),
  );
});
