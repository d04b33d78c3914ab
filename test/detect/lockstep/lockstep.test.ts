import { describe, expect, it } from 'vitest';
import { lockstep } from '../../../core/detect/lockstep/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import type { Matrix } from '../../../core/table/index.ts';
import { normalMatrix, rocAuc } from '../tables.ts';
import { activityTable, classTable, countTable, pick, repeatedTable, withTwins } from './tables.ts';

const ROWS = 1500;
const COLUMNS = 8;
const TWINS = [40, 9, 0, 33, 2, 17, 1, 60];
const places = pick(40, ROWS, seededRandom(1));
const planted = withTwins(countTable(ROWS, COLUMNS, 1), TWINS, places);

const fit = (matrix: Matrix, seed = 1) => lockstep.fit(matrix, seededRandom(seed), {});
const chanceOf = async (matrix: Matrix): Promise<Float64Array> => {
  const model = await fit(matrix);
  return lockstep.chance?.(model, await lockstep.score(model, matrix, {})) ?? new Float64Array(0);
};

describe('lockstep', () => {
  it('finds forty actors who share what nobody else has, and nobody else', async () => {
    const chance = await chanceOf(planted);
    chance.forEach((p, row) => {
      if (places.includes(row)) expect(p).toBeLessThan(1e-4);
      else expect(p).toBeGreaterThan(0.05);
    });
    const groups = lockstep.groups?.(await fit(planted)) ?? [];
    expect(groups).toHaveLength(1);
    expect(groups[0]?.members.toSorted((a, b) => a - b)).toEqual(places);
    expect(groups[0]?.sentence).toMatch(
      /^40 actors are alike in 8 of 8 features, most tellingly in .*; about 0(\.\d)? would/,
    );
    expect(groups[0]?.shared).toHaveLength(COLUMNS);
    for (const { value, others } of groups[0]?.shared ?? []) expect(value).toBeGreaterThan(others);
  });

  it('finds near twins as well: a little noise in every column', async () => {
    const random = seededRandom(3);
    const matrix = normalMatrix(ROWS, COLUMNS, 2);
    for (const row of places) {
      TWINS.forEach((_, j) => {
        matrix.values[row * COLUMNS + j] = (j % 3) - 1 + 0.001 * random.normal();
      });
    }
    const chance = await chanceOf(matrix);
    expect(places.filter((row) => (chance[row] ?? 1) < 0.01).length).toBeGreaterThan(35);
    expect(chance.filter((p) => p < 0.01).length).toBeLessThanOrEqual(places.length);
  });

  it('takes no habit for lockstep: four of ten actors who do nothing at all', async () => {
    const idle = Array.from({ length: 600 }, (_, k) => 2 * k);
    const chance = await chanceOf(withTwins(countTable(ROWS, COLUMNS, 2), [0, 0, 0, 0, 0, 0, 0, 0], idle));
    for (const row of idle) expect(chance[row]).toBe(1);
  });

  it('puts those who do nearly what the alike do before others without evidence (.36 by company alone)', async () => {
    const random = seededRandom(6);
    const near = pick(100, ROWS, seededRandom(2))
      .filter((row) => !places.includes(row))
      .slice(0, 30);
    const values = planted.values.slice();
    for (const row of near) {
      TWINS.forEach((value, j) => {
        if (random.float() < 0.6) values[row * COLUMNS + j] = value;
      });
    }
    const matrix = { ...planted, values };
    const model = await fit(matrix);
    const scores = await lockstep.score(model, matrix, {});
    const chance = lockstep.chance?.(model, scores) ?? scores;
    const rest = [...scores.keys()].filter((row) => chance[row] === 1);
    const label = rest.map((row) => Number(near.includes(row)));
    expect(label.filter(Boolean).length).toBeGreaterThan(20);
    expect(
      rocAuc(
        rest.map((row) => scores[row] ?? 0),
        label,
      ),
    ).toBeGreaterThan(0.65);
  });

  it('puts a habit behind those without evidence who are alike', async () => {
    const idle = Array.from({ length: 600 }, (_, k) => 2 * k);
    const matrix = withTwins(countTable(ROWS, COLUMNS, 2), [0, 0, 0, 0, 0, 0, 0, 0], idle);
    const scores = await lockstep.score(await fit(matrix), matrix, {});
    const habit = Array.from(scores, (_, row) => Number(row % 2 === 0 && row < 1200));
    expect(rocAuc(scores, habit)).toBeLessThan(0.5);
  });

  it('finds nobody where nobody is in lockstep (12 tables, at most 1 alarm at 5 % each)', async () => {
    let alarms = 0;
    for (let seed = 0; seed < 6; seed++) {
      for (const matrix of [countTable(800, 6, 50 + seed), normalMatrix(800, 6, 50 + seed)]) {
        if ((await chanceOf(matrix)).some((p) => p < 0.05)) alarms++;
      }
    }
    expect(alarms).toBeLessThanOrEqual(1);
  });

  it('takes no classes of actors for lockstep, and finds those who are alike within one (six in ten were, without clusters)', async () => {
    const matrix = classTable(3000, 20, 1);
    expect((await chanceOf(matrix)).filter((p) => p < 0.05)).toHaveLength(0);
    const random = seededRandom(4);
    const row = Array.from({ length: 20 }, () => random.int(2));
    const chance = await chanceOf(withTwins(matrix, row, places));
    expect(places.filter((place) => (chance[place] ?? 1) < 0.01)).toHaveLength(places.length);
    expect(chance.filter((p) => p < 0.05)).toHaveLength(places.length);
  });

  it('takes the most active for no group: they are high in every column (they were, in bins by quantile)', async () => {
    expect((await chanceOf(activityTable(20_000, 8, 1))).filter((p) => p < 0.05)).toHaveLength(0);
  });

  it('takes no table for lockstep in which most rows stand several times', async () => {
    for (const seed of [1, 2, 3]) {
      expect((await chanceOf(repeatedTable(2000, 8, seed))).filter((p) => p < 0.05)).toHaveLength(0);
    }
  });

  it('says what a twin shares, and nothing of others', async () => {
    const model = await fit(planted);
    const two = Float32Array.from([...TWINS, ...planted.values.subarray(0, COLUMNS)]);
    const matrix = { ...planted, rows: 2, values: two };
    const parts = await lockstep.attribute(model, matrix, {});
    const scores = await lockstep.score(model, planted, {});
    const sum = parts.subarray(0, COLUMNS).reduce((a, b) => a + b, 0);
    expect(sum).toBeGreaterThan((scores[places[0] ?? 0] ?? 0) - 1);
    expect(sum).toBeLessThanOrEqual(scores[places[0] ?? 0] ?? 0);
    expect(Math.min(...parts.subarray(0, COLUMNS))).toBeGreaterThanOrEqual(0);
    expect(places.includes(0)).toBe(false);
    expect([...parts.subarray(COLUMNS)]).toEqual(Array.from({ length: COLUMNS }, () => 0));
  });

  it('scores the rows it was fitted on; rows after them and other tables have no evidence', async () => {
    const model = await fit(planted);
    const scores = await lockstep.score(model, planted, {});
    const longer = { ...planted, rows: ROWS + 2, values: new Float32Array((ROWS + 2) * COLUMNS).fill(4) };
    longer.values.set(planted.values);
    const more = await lockstep.score(model, longer, {});
    expect([...more.subarray(0, ROWS)]).toEqual([...scores]);
    expect([...more.subarray(ROWS)]).toEqual([0, 0]);
    const other = await lockstep.score(model, countTable(ROWS, COLUMNS, 9), {});
    expect(Math.max(...other)).toBe(0);
  });

  it('saves the names alone', async () => {
    const bytes = lockstep.save(await fit(planted));
    expect(bytes.length).toBeLessThan(400);
    const loaded = lockstep.load(bytes);
    expect(loaded.names).toEqual(planted.names);
    expect(Math.max(...(await lockstep.score(loaded, planted, {})))).toBe(0);
    expect(lockstep.groups?.(loaded)).toEqual([]);
  });

  it('gives the same scores for the same seed, and the same evidence for another', async () => {
    const [one, two] = [await fit(planted, 4), await fit(planted, 4)];
    const scores = await lockstep.score(one, planted, {});
    expect([...(await lockstep.score(two, planted, {}))]).toEqual([...scores]);
    const other = await fit(planted, 5);
    expect(lockstep.groups?.(other)[0]?.members.length).toBe(places.length);
  });

  it('stands missing, infinite and constant columns', async () => {
    const columns = COLUMNS + 2;
    const values = new Float32Array(ROWS * columns);
    for (let i = 0; i < ROWS; i++) {
      values.set(planted.values.subarray(i * COLUMNS, (i + 1) * COLUMNS), i * columns);
      values[i * columns + COLUMNS] = 1;
      values[i * columns + COLUMNS + 1] = [Number.NaN, Number.POSITIVE_INFINITY, i][i % 3] ?? 0;
    }
    const names = Array.from({ length: columns }, (_, j) => `f${j}`);
    const chance = await chanceOf({ rows: ROWS, columns, names, values });
    expect(chance.every((p) => p >= 0 && p <= 1)).toBe(true);
    const flat = await chanceOf({ rows: 60, columns: 1, names: ['one'], values: new Float32Array(60) });
    expect(flat.every((p) => p === 1)).toBe(true);
  });

  it('adds what is done together to what is alike', async () => {
    const matrix = countTable(ROWS, COLUMNS, 4);
    const random = seededRandom(8);
    const events = Array.from({ length: 10 * ROWS }, (_, e) => [e % ROWS, 20 + random.int(400), 1e6 * random.float()]);
    for (let campaign = 0; campaign < 9; campaign++) {
      for (let actor = 0; actor < 7; actor++) events.push([actor, campaign, 1e5 * campaign + 30 * actor]);
    }
    events.sort((a, b) => (a[2] ?? 0) - (b[2] ?? 0));
    const interactions = {
      actors: Uint32Array.from(events, ([actor]) => actor ?? 0),
      objects: Uint32Array.from(events, ([, object]) => object ?? 0),
      seconds: Float64Array.from(events, ([, , second]) => second ?? 0),
      objectCount: 420,
    };
    const model = await lockstep.fit(matrix, seededRandom(1), {}, { interactions });
    const scores = await lockstep.score(model, matrix, {});
    const chance = lockstep.chance?.(model, scores) ?? scores;
    expect([...chance.keys()].filter((row) => (chance[row] ?? 1) < 0.01)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(lockstep.groups?.(model)[0]?.basis).toBe('events');
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(lockstep.fit(planted, seededRandom(1), { signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
