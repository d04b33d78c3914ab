import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { tellPlan, type ToldPlan } from '../../../core/api/release/index.ts';
import { release } from '../../../main/cli/commands/release.ts';
import { runCommand } from '../../main/support/run-command.ts';
import { folder } from './folder.ts';
import { COUNT } from './support.ts';

const UNKNOWN = {
  count: 'events',
  by: [{ column: 'country', keys: 'unknown' }],
  bounds: { groupsPerActor: 1, rowsPerGroup: 1 },
};

describe('a plan that is told', () => {
  test('has the cost, the groups and the error of the noise that would be drawn', () => {
    const told = tellPlan({ query: COUNT, epsilon: '1' });
    // An actor is in two groups at ε = ½ each: ε = 1, and ρ = 2 · ½² / 2.
    expect(told.cost).toEqual({ epsilon: '1', rho: '0.25', delta: '0' });
    expect(told.groups).toBe(3);
    // Δ₁ = 2 groups · 5 rows: discrete Laplace of scale 10, whose mean of |X| is 2 p / (1 − p²) for p = exp(−1/10).
    const p = Math.exp(-0.1);
    const mean = (2 * p) / (1 - p ** 2);
    const { noise } = told.error;
    if (!noise.known) throw new Error('Its noise is known.');
    expect(noise.basis).toBe('public');
    expect(noise.from).toBeCloseTo(mean, 9);
    expect(noise.to).toBeCloseTo(mean, 9);
    // The narrowest interval of whole numbers that misses with at most 1 in 20: P(|X| > k) = 2 p^(k+1) / (1 + p).
    const misses = (k: number): number => (2 * p ** (k + 1)) / (1 + p);
    const width = told.error.halfWidth ?? 0;
    expect(misses(width)).toBeLessThanOrEqual(0.05);
    expect(misses(width - 1)).toBeGreaterThan(0.05);
  });

  test('costs what was asked and no more, in decimals; zCDP where the noise is Gaussian', () => {
    const keys = Array.from({ length: 60 }, (_, i) => `k${i}`);
    const wide = { ...COUNT, by: [{ column: 'country', keys }], bounds: { groupsPerActor: 60, rowsPerGroup: 1 } };
    const told = tellPlan({ query: wide, epsilon: '0.5', delta: '1e-6' });
    expect(told.losses).toMatchObject([{ kind: 'discrete-gaussian' }]);
    expect(told.cost.epsilon).toBeNull();
    expect(Number(told.cost.rho)).toBeGreaterThan(0);
    expect(tellPlan({ query: COUNT, epsilon: '0.25' }).cost.epsilon).toBe('0.25');
  });

  test('of unknown keys says that the data decide, and what is missing for the rest', () => {
    const told = tellPlan({ query: UNKNOWN, epsilon: '1', delta: '1e-6' });
    expect(told.groups).toBeNull();
    expect(told.error.droppedKeys).toMatchObject({ known: false });
    const sized = tellPlan({ query: UNKNOWN, epsilon: '1', delta: '1e-6', groupSize: '1000' });
    expect(sized.error.droppedKeys).toMatchObject({ known: true });
  });

  test.each([
    [{ query: COUNT, epsilon: '0' }, 'epsilon'],
    [{ query: COUNT, epsilon: '1', delta: '1' }, 'delta'],
    [{ query: COUNT, epsilon: '1', groupSize: '0' }, 'group-size'],
    [{ query: COUNT, epsilon: '1', groupSize: '1e3' }, 'group-size'],
    [{ query: COUNT, epsilon: '1', groupSize: '-5' }, 'group-size'],
  ])('%# is refused: %o', (asked, where) => {
    expect(() => tellPlan(asked)).toThrow(expect.objectContaining({ code: 'usage', where }));
  });

  test('needs its bounds', () => {
    expect(() => tellPlan({ query: { ...COUNT, bounds: {} }, epsilon: '1' })).toThrow(
      expect.objectContaining({ code: 'usage' }),
    );
  });
});

describe('nightjar release --plan', () => {
  const plan = (query: object, ...more: string[]) => {
    const path = join(folder(), 'query.json');
    writeFileSync(path, JSON.stringify(query));
    return runCommand(release, ['--query', path, '--plan', ...more]);
  };

  test('needs no case, and says the same as a table and as JSON', async () => {
    const told: ToldPlan = tellPlan({ query: COUNT, epsilon: '1' });
    const json = await plan(COUNT, '--epsilon', '1', '--format', 'json');
    expect(json).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(json.out)).toEqual(JSON.parse(JSON.stringify(told)));
    const table = await plan(COUNT, '--epsilon', '1');
    expect(table).toMatchObject({ code: 0, err: '' });
    expect(table.out.split('\n').slice(0, 5)).toEqual([
      'Nothing was asked, and nothing is spent.',
      'Cost: epsilon 1, rho 0.25, delta 0',
      'Groups: 3',
      `Interval: ± ${told.error.halfWidth}`,
      'Error by noise: 9.983',
    ]);
    for (const statement of told.statements) expect(table.out).toContain(statement);
  });

  test('says what it cannot know', async () => {
    const { out } = await plan(UNKNOWN, '--epsilon', '1', '--delta', '1e-6');
    expect(out).toContain('Groups: the data decide, with noise\n');
    expect(out).toMatch(/Error by groups that are not shown: unknown; it takes .+\n/u);
  });

  test('ends with 2 where the query or the size makes no sense', async () => {
    expect(await plan(COUNT)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--epsilon') });
    const sized = await plan(COUNT, '--epsilon', '1', '--group-size', 'x');
    expect(sized).toMatchObject({ code: 2, out: '', err: expect.stringContaining('whole number from 1 up') });
    expect(await plan({ count: 'people' }, '--epsilon', '1')).toMatchObject({ code: 2, out: '' });
  });
});
