import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  combineTailRanks,
  DEFAULT_DETECTORS,
  detectActors,
  DETECTORS,
  scoreActors,
  type Detection,
} from '../../core/detect/index.ts';
import { seededRandom } from '../../core/random/index.ts';
import type { FeatureTable } from '../../core/table/index.ts';
import { rocAuc, tableOf } from './tables.ts';

/** Ordinary actors with heavy-tailed counts and a share; the last ten are busy and one-sided. */
const platform = (rows: number): FeatureTable => {
  const random = seededRandom(1);
  const odd = (i: number): boolean => i >= rows - 10;
  const column = (f: (i: number) => number): number[] => Array.from({ length: rows }, (_, i) => f(i));
  const objects = column((i) => Math.ceil(Math.exp(random.normal() + (odd(i) ? 6 : 2))));
  return tableOf(
    {
      objects,
      perHour: column((i) => (objects[i] ?? 0) * Math.exp(0.2 * random.normal())),
      share: column((i) => (odd(i) ? 0.98 : random.float())),
      pause: column((i) => (i % 17 === 0 ? Number.NaN : Math.exp(3 * random.normal()))),
      constant: column(() => 5),
    },
    column((i) => (i % 10 === 3 ? 2 : 50)),
  );
};
const hashOf = (detection: Detection): string => {
  const hash = createHash('sha256');
  for (const part of [detection, ...detection.parts]) hash.update(Buffer.from(part.score.buffer));
  return hash.digest('hex');
};
const options = { seed: 1, minEvents: 5 };

describe('detectActors', () => {
  it('names the first of many features that do not vary', async () => {
    const table = platform(400);
    const same = Array.from({ length: 30 }, (_, j) => `same ${j}`);
    const names = [...table.names, ...same];
    const columns = [...table.columns, ...same.map(() => new Float64Array(400))];
    const { warnings } = await detectActors(
      { ...table, names, columns },
      { ...options, detectors: ['isolationForest'] },
    );
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^Left out, because they do not vary: constant, same 0, .*, same 18 and 11 more\.$/u);
  });

  it('ranks the odd actors first, shows its parts and names its backend', async () => {
    const table = platform(400);
    const detection = await detectActors(table, options);
    const label = table.actors.map((_, i) => Number(i >= 390));
    expect(rocAuc(detection.score, label)).toBeGreaterThan(0.97);
    expect(detection.parts.map((part) => part.name)).toEqual(
      DETECTORS.map(({ name }) => name).filter((name) => DEFAULT_DETECTORS.includes(name)),
    );
    expect(detection.backend?.name).toBe('simd');
    expect(detection.features).toEqual(['objects', 'perHour', 'share', 'pause']);
    expect(detection.warnings).toEqual(['Left out, because they do not vary: constant.']);
    const odd = combineTailRanks(
      detection.parts.filter((part) => part.evidence === 'odd'),
      table.actors.length,
    );
    const evident = table.actors.map((_, i) => i).filter((i) => detection.evidence[i] === 'ok');
    // How odd is the rank of what the detectors of oddness say together; the queue takes the stronger kind of evidence.
    const below = (i: number): number => evident.filter((j) => (odd[j] ?? 0) < (odd[i] ?? 0)).length;
    for (const i of evident) {
      expect(detection.odd[i]).toBeCloseTo(-Math.log10(1 - (below(i) + 0.5) / evident.length), 6);
      expect(detection.score[i]).toBe(Math.max(detection.odd[i] ?? 0, detection.alike?.[i] ?? 0));
    }
  });

  it('lists actors without enough evidence last, and fits without them', async () => {
    const table = platform(400);
    const detection = await detectActors(table, options);
    const ok = table.actors.filter((_, i) => i % 10 !== 3).length;
    const flags = detection.order.map((row) => detection.evidence[row]);
    expect(flags.slice(0, ok).every((flag) => flag === 'ok')).toBe(true);
    expect(flags.slice(ok).every((flag) => flag === 'insufficient')).toBe(true);
    expect(detection.pValue[3]).toBeNaN();

    const changed: FeatureTable = {
      ...table,
      columns: table.columns.map((column) => column.map((x, i) => (i % 10 === 3 ? x * 1000 : x))),
    };
    const other = await detectActors(changed, options);
    table.actors.forEach((_, i) => {
      if (i % 10 !== 3) expect(other.score[i]).toBe(detection.score[i]);
    });
  });

  it('gives the same bits for the same seed on 1, 2 and 3 threads', async () => {
    const table = platform(60_000);
    const detectors = ['isolationForest'];
    const hashes = [];
    for (const threads of [1, 2, 3]) {
      hashes.push(hashOf(await detectActors(table, { ...options, detectors, threads })));
    }
    expect(new Set(hashes).size).toBe(1);
    const other = await detectActors(table, { seed: 2, minEvents: 5, detectors });
    expect(hashOf(other)).not.toBe(hashes[0]);
  });

  it('gives the same bits twice with every detector', async () => {
    const table = platform(300);
    expect(hashOf(await detectActors(table, options))).toBe(hashOf(await detectActors(table, options)));
  });

  it('orders by score, highest first', async () => {
    const { order, score, evidence } = await detectActors(platform(200), options);
    const ranked = order.filter((row) => evidence[row] === 'ok').map((row) => score[row] ?? 0);
    expect(ranked).toEqual([...ranked].sort((a, b) => b - a));
    expect(new Set(order).size).toBe(200);
  });

  it('scores other tables with the saved models', async () => {
    const table = platform(300);
    const detection = await detectActors(table, options);
    const again = await scoreActors(detection.models, table);
    again.forEach(({ name, scores }) => {
      const part = detection.parts.find((one) => one.name === name);
      expect([...scores]).toEqual([...(part?.score ?? [])]);
    });
    // Who is alike is a property of the actors of a run: a saved model knows nothing of it.
    expect(again.map(({ name }) => name)).toEqual(
      detection.parts.filter(({ evidence }) => evidence === 'odd').map(({ name }) => name),
    );
  });

  it.each([
    ['one actor', tableOf({ x: [1] }), 1, 'all were compared'],
    ['no feature that varies', tableOf({ x: [1, 1, 1] }), 1, 'all rank equal'],
    ['three actors', tableOf({ x: [1, 2, 9], y: [1, 1, 2] }), 1, 'ranks among so few say little'],
    ['nobody with evidence', tableOf({ x: [1, 2, 9, 4] }), 10, 'all were compared'],
  ])('still makes a queue of %s, with a warning', async (_, table, minEvents, warning) => {
    const detection = await detectActors(table, { seed: 1, minEvents });
    expect(detection.order).toHaveLength(table.actors.length);
    expect(detection.score.every((score) => Number.isFinite(score))).toBe(true);
    expect(detection.warnings.join('\n')).toContain(warning);
    if (warning === 'all were compared') expect(detection.evidence).not.toContain('ok');
  });

  it('leaves out what a wide table would keep busy for minutes, and says so', async () => {
    const random = seededRandom(3);
    const columns = Array.from({ length: 201 }, (_, j) => [`c${j}`, Array.from({ length: 60 }, () => random.normal())]);
    const detection = await detectActors(tableOf(Object.fromEntries(columns)), { seed: 1, minEvents: 1 });
    const names = detection.parts.map(({ name }) => name);
    expect(names).toContain('isolationForest');
    expect(names).not.toContain('mcd');
    expect(detection.card.leftOut.map(({ name }) => name)).toEqual(['mcd', 'lockstep']);
    expect(detection.warnings.join(' ')).toContain('mcd was left out: it takes 200 features at most, there are 201.');
  });

  it('counts infinite values and says so', async () => {
    const table = tableOf({ x: [1, 2, 3, 4, 5, 6, 7, 8, Number.POSITIVE_INFINITY] });
    const { warnings, order } = await detectActors(table, { seed: 1, minEvents: 1 });
    expect(warnings.join('\n')).toContain('1 infinite values');
    expect(order[0]).toBe(8);
  });

  it.each([
    ['no actors', tableOf({ x: [] }), undefined, 'input'],
    ['no features', { ...tableOf({ x: [1, 2] }), names: [], columns: [] }, undefined, 'input'],
    ['an unknown detector', tableOf({ x: [1, 2] }), ['crystalBall'], 'usage'],
    ['an empty list of detectors', tableOf({ x: [1, 2] }), [], 'usage'],
  ])('refuses %s', async (_, table, detectors, code) => {
    const asked = detectors === undefined ? {} : { detectors };
    await expect(detectActors(table, { seed: 1, minEvents: 1, ...asked })).rejects.toMatchObject({
      code,
    });
  });

  it('stops when cancelled before it starts', async () => {
    const signal = AbortSignal.abort();
    await expect(detectActors(platform(50), options, { signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
