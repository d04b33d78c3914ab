import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { detectEntities } from '../../core/api/entities.ts';
import { evaluateEntities } from '../../core/api/evaluate.ts';

const folder = mkdtempSync(join(tmpdir(), 'nightjar-entities-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('names every column that cannot tell entities apart, also where the warning names only the first', async () => {
  const same = Array.from({ length: 30 }, (_, j) => `same_${j}`);
  const rows = Array.from({ length: 50 }, (_, i) => [(i * 37) % 50, ...same.map(() => 1)].join(','));
  const path = join(folder, 'table.csv');
  writeFileSync(path, [['x', ...same].join(','), ...rows].join('\n'));
  const { run } = (await detectEntities(path, { detectors: ['isolationForest'] })).result;
  expect(run.features).toEqual(['x']);
  expect(run.dropped.map(({ name }) => name)).toEqual(same);
  expect(run.warnings.join('\n')).toContain('same_19 and 10 more.');
});

const write = (header: string, row: (i: number) => string, rows = 60): string => {
  const path = join(folder, 'rows.csv');
  writeFileSync(path, [header, ...Array.from({ length: rows }, (_, i) => row(i))].join('\n'));
  return path;
};
const wave = (i: number): number => Math.sin(i * i);
const warningsOf = async (path: string, id?: string): Promise<readonly string[]> => {
  const { result } = await detectEntities(path, {
    detectors: ['isolationForest'],
    ...(id === undefined ? {} : { id }),
  });
  return result.run.warnings;
};

it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
  'ranks and explains by a column called %s',
  async (name) => {
    const path = write(`id,${name}`, (i) => `u${i},${i === 7 ? 900 : wave(i)}`);
    const { actors } = (await detectEntities(path, { detectors: ['isolationForest'] })).result;
    expect(actors[0]?.reasons[0]?.feature).toBe(name);
  },
);

it.each([
  ['a gap', (i: number) => (i === 5 ? '' : String(1000 + i))],
  ['a repeated value', (i: number) => String(1000 + (i === 5 ? 4 : i))],
])('never takes numbers of a column called id for a feature, not even with %s', async (_, idOf) => {
  const path = write('id,x', (i) => `${idOf(i)},${wave(i)}`);
  const { run, actors } = (await detectEntities(path, { detectors: ['isolationForest'] })).result;
  expect(run.features).toEqual(['x']);
  expect(run.warnings).toEqual([
    'Column "id" looks like an id and is not used as a feature.',
    'No id is there once for every row: rows are called by their number.',
  ]);
  expect(actors.map(({ actor }) => actor)).toContain('row-6');
});

it('keeps a column of few numbers that is called like an id, and fractions', async () => {
  const path = write('entity,key,account,x', (i) => `u${i},${i % 12},${wave(i)},${wave(i + 1)}`);
  expect((await detectEntities(path, { detectors: ['isolationForest'] })).result.run.features).toEqual([
    'key',
    'account',
    'x',
  ]);
});

it('says how many rows went to quarantine, and why', async () => {
  const path = write('id,x', (i) => `${i % 3 === 0 ? '' : i},${wave(i)}`);
  expect(await warningsOf(path, 'id')).toEqual(['20 of 60 records went to quarantine: id: no actor (20).']);
});

it('says of whole numbers that they lost digits, and only of those', async () => {
  const path = write('name,x,y', (i) => `u${i},${2n ** 53n + BigInt(i)},${wave(i)}`);
  expect(await warningsOf(path)).toContain(
    '30 values of "x" have more digits than a number keeps here (whole ones up to 2^53) and were rounded.',
  );
  const exact = write('name,x,y', (i) => `u${i},${2n ** 60n + 4096n * BigInt(i)}.0,${wave(i)}`);
  expect(await warningsOf(exact)).toEqual([]);
});

it('evaluates with every warning that a ranking gives', async () => {
  const path = write(
    'id,x,when,label',
    (i) => `${i % 3 === 0 ? '' : i},${i === 10 ? 'much' : wave(i)},t${i},${Number(i < 20)}.00`,
  );
  const { n, warnings } = await evaluateEntities(path, 'label', { id: 'id', detectors: ['isolationForest'] });
  expect(n).toBe(40);
  expect(warnings).toEqual([
    'Column "when" is not numeric and is not used.',
    '20 of 60 records went to quarantine: id: no actor (20).',
    '1 values of "x" are no numbers and count as missing.',
  ]);
});

it('ranks rows without a label, and judges by the others', async () => {
  const path = write('x,label', (i) => `${wave(i)},${i % 3 === 0 ? '' : Number(i < 20)}`);
  const { n, unlabelled, warnings } = await evaluateEntities(path, 'label', { detectors: ['isolationForest'] });
  expect({ n, unlabelled, warnings }).toEqual({
    n: 40,
    unlabelled: 20,
    warnings: ['20 rows have no label: they were ranked, and not judged.'],
  });
});

it.each([
  ['a word that is no label', (i: number) => (i === 59 ? 'perhaps' : '0')],
  ['labels that are all alike', () => '0'],
  ['no label at all', () => ''],
])('ranks nothing for %s', async (_, label) => {
  const path = write('x,label', (i) => `${wave(i)},${label(i)}`);
  const stages = new Set<string>();
  const watch = { onProgress: ({ stage }: { readonly stage: string }) => stages.add(stage) };
  const refused = evaluateEntities(path, 'label', { detectors: ['isolationForest'] }, watch);
  await expect(refused).rejects.toMatchObject({ code: 'input' });
  expect(stages).not.toContain('isolationForest');
});
