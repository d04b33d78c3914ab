import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  expectedMatchRisk,
  kAnonymity,
  lDiversity,
  partitionBy,
  classSizes,
  quasiColumn,
  rankSubsets,
  sensitiveColumn,
  sizeTable,
  tCloseness,
  uniqueness,
} from '../../../core/anonymize/risk/index.ts';
import { words } from './tables.ts';

const both = z.object({ word: z.number(), number: z.number() });
const golden = z
  .object({
    tables: z.array(
      z.object({
        quasi: z.array(z.array(z.number())),
        word: z.array(z.string()),
        number: z.array(z.number()),
        k: z.number(),
        distinct: both,
        entropy: both,
        t: both,
        subsets: z.array(z.object({ columns: z.array(z.string()), distinct: z.number(), separation: z.number() })),
        classes: z.number(),
      }),
    ),
    samples: z.array(
      z.object({ sizes: z.array(z.number()), fraction: z.number(), zayatz: z.number(), pitman: z.number() }),
    ),
    matches: z.array(z.object({ size: z.number(), fraction: z.number(), risk: z.number() })),
  })
  .parse(JSON.parse(readFileSync(new URL('../../golden/risk.json', import.meta.url), 'utf8')));

describe.each(golden.tables)('a table of $classes classes', (table) => {
  const columns = table.quasi.map((values, c) =>
    quasiColumn(`q${c}`, { kind: 'number', unit: 'count', values: Float64Array.from(values) }),
  );
  const rows = table.word.length;
  const partition = partitionBy(
    rows,
    columns.map(({ codes, hierarchy }) => ({ codes, width: hierarchy.widths[0] ?? 1 })),
  );
  const dictionary = [...new Set(table.word)];
  const sensitive = {
    word: sensitiveColumn('word', {
      kind: 'text',
      values: dictionary,
      codes: Float64Array.from(table.word, (word) => dictionary.indexOf(word)),
    }),
    number: sensitiveColumn('number', { kind: 'number', unit: 'number', values: Float64Array.from(table.number) }),
  };

  test('has the k of pycanon', () => {
    const found = kAnonymity(sizeTable(classSizes(partition)), 5);
    expect([found.smallest, found.classes]).toEqual([table.k, table.classes]);
  });

  test.each(['word', 'number'] as const)('has the l and t of pycanon for %s', (name) => {
    const l = lDiversity(partition, sensitive[name]);
    expect(l.distinct).toBe(table.distinct[name]);
    expect(l.entropy).toBeCloseTo(table.entropy[name], 10);
    expect(tCloseness(partition, sensitive[name]).largest).toBeCloseTo(table.t[name], 10);
  });

  test('separates as pandas counts', async () => {
    const found = await rankSubsets(rows, columns, 5);
    for (const { columns: names, distinct, separation } of table.subsets) {
      const subset = found.find(({ columns: at }) => at.map((c) => `q${c}`).join() === names.join());
      expect(subset?.distinctRatio).toBeCloseTo(distinct, 12);
      expect(subset?.separationRatio).toBeCloseTo(separation, 12);
    }
  });
});

test.each(golden.samples)(
  'uniques of a population of which $fraction was drawn',
  ({ sizes, fraction, ...expected }) => {
    const { sample, population } = uniqueness(sizeTable(Uint32Array.from(sizes)), fraction);
    expect(sample).toBeCloseTo(sizes.filter((size) => size === 1).length / sizes.reduce((a, b) => a + b), 12);
    expect(population?.zayatz).toBeCloseTo(expected.zayatz, 10);
    expect(Math.abs((population?.pitman ?? 0) / expected.pitman - 1)).toBeLessThan(1e-4);
    expect(['zayatz', 'snb']).toContain(fraction <= 0.1 ? 'zayatz' : population?.model);
    if (fraction <= 0.1) expect(population).toMatchObject({ model: 'pitman', share: population?.pitman });
  },
);

const slide = z
  .object({
    samples: z.array(
      z.object({ sizes: z.array(z.number()), fraction: z.number(), classes: z.number(), share: z.number() }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('../../golden/snb.json', import.meta.url), 'utf8')));

test.each(slide.samples)('the slide negative binomial model, $fraction drawn', ({ sizes, fraction, share }) => {
  const { population } = uniqueness(sizeTable(Uint32Array.from(sizes)), fraction);
  expect(Math.abs((population?.snb ?? 0) / share - 1)).toBeLessThan(1e-7);
  // Dankar et al. 2012: above a tenth the smaller of two.
  const smaller = Math.min(share, population?.zayatz ?? 1);
  expect(Math.abs((population?.share ?? 0) / smaller - 1)).toBeLessThan(1e-7);
  expect(population?.model).toBe(share < (population?.zayatz ?? 1) ? 'snb' : 'zayatz');
});

test('no class of two, or too few for the model: the rule falls back on Zayatz', () => {
  for (const sizes of [
    [1, 1, 1, 3, 4],
    [1, 2, 2, 2, 2, 2, 2, 2, 2],
  ]) {
    const { population } = uniqueness(sizeTable(Uint32Array.from(sizes)), 0.5);
    expect(population).toMatchObject({ snb: null, model: 'zayatz', share: population?.zayatz });
  }
});

test.each(golden.matches)('a match in a class of $size, $fraction drawn', ({ size, fraction, risk }) => {
  expect(Math.abs(expectedMatchRisk(size, fraction) / risk - 1)).toBeLessThan(1e-9);
});

test('nobody unique, nobody unique anywhere; a census needs no estimate', () => {
  const pairs = sizeTable(Uint32Array.of(2, 2, 3));
  expect(uniqueness(pairs, 0.1).population).toMatchObject({ share: 0, model: 'none', uniqueMatch: null });
  const some = words('a', ['x', 'y', 'y']);
  const table = sizeTable(classSizes(partitionBy(3, [{ codes: some.codes, width: 2 }])));
  expect(uniqueness(table, 1).population).toMatchObject({ share: 1 / 3, model: 'census', uniqueMatch: 1 });
  expect(uniqueness(table, null)).toEqual({ sample: 1 / 3, population: null });
});

test('the chance of a right unique match is that of Skinner & Elliot', () => {
  // Three uniques and two pairs, a fifth drawn: .2 · 3 / (.2 · 3 + 2 · .8 · 2).
  const table = sizeTable(Uint32Array.of(1, 1, 1, 2, 2));
  expect(uniqueness(table, 0.2).population?.uniqueMatch).toBeCloseTo(0.6 / 3.8, 12);
});
