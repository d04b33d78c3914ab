import type { Random } from '../../../core/random/index.ts';
import type { Matrix } from '../../../core/table/index.ts';

type Draw = (random: Random, columns: number) => () => readonly number[];

/** Tables in which nobody is in lockstep, from easy to hard: each row is drawn by itself, but in the last, of a log of machines. */
export const NULL_TABLES: Readonly<Record<string, Draw>> = {
  'independent normals': (random, d) => () => many(d, () => random.normal()),
  'correlated normals': (random, d) => () => {
    const z = random.normal();
    return many(d, () => z + 0.7 * random.normal());
  },
  'heavy tails (t with 2 degrees)': (random, d) => () => {
    const width = 1 / Math.sqrt(1e-9 + random.float());
    return many(d, () => width * random.normal());
  },
  'four tight clusters': (random, d) => {
    const centres = many(4, () => many(d, () => 4 * random.normal()));
    return () => (centres[random.int(4)] ?? []).map((value) => value + 0.3 * random.normal());
  },
  'rounded log-normals': (random, d) => () => {
    const z = random.normal();
    return many(d, () => Math.round(Math.exp(1.5 * (z + random.normal()))));
  },
  'Poisson counts': (random, d) => () => many(d, (j) => poisson(random, 0.3 + 0.2 * j)),
  'counts by activity, most actors do one thing': (random, d) => () => {
    const activity = Math.exp(-1 + 1.8 * random.normal());
    return many(d, (j) => poisson(random, (2 * activity) / (j + 1)));
  },
  'counts in four classes': (random, d) => {
    const classes = many(4, () => many(d, () => Math.exp(1.2 * random.normal())));
    return () => (classes[random.int(4)] ?? []).map((mean) => poisson(random, mean));
  },
  '45 % idle, the others busy': (random, d) => {
    const busy = busyCounts(random, d);
    return () => (random.float() < 0.45 ? many(d, () => 0) : busy());
  },
  '8 % idle, the others busy': (random, d) => {
    const busy = busyCounts(random, d);
    return () => (random.float() < 0.08 ? many(d, () => 0) : busy());
  },
  'yes or no': (random, d) => () => {
    const z = random.normal();
    return many(d, (j) => Number(0.8 * z + random.normal() > 0.4 + 0.1 * j));
  },
  'yes or no in five classes': (random, d) => {
    const classes = many(5, () => many(d, () => (random.float() < 0.3 ? 0.95 : 0.03)));
    return () => (classes[random.int(5)] ?? []).map((share) => Number(random.float() < share));
  },
  'three kinds of actors, small counts': (random, d) => {
    const means = many(3, () => many(d, () => 3 * random.float() ** 2));
    return () => (means[random.int(3)] ?? []).map((mean, j) => Math.min(j + 1, poisson(random, mean)));
  },
  'most rows several times': (random, d) => {
    let row: readonly number[] = [];
    let left = 0;
    return () => {
      if (left-- <= 0) {
        row = many(d, () => random.normal());
        left = random.float() < 0.7 ? 0 : random.int(12);
      }
      return row;
    };
  },
};

/** A table of that kind. */
export const nullTable = (draw: Draw, rows: number, columns: number, random: Random): Matrix => {
  const row = draw(random, columns);
  const values = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) values.set(row(), i * columns);
  return { rows, columns, names: many(columns, (j) => `f${j}`), values };
};

const many = <Value>(count: number, make: (k: number) => Value): Value[] =>
  Array.from({ length: count }, (_, k) => make(k));

const busyCounts = (random: Random, d: number) => (): readonly number[] => {
  const activity = Math.exp(0.5 + 1.2 * random.normal());
  return many(d, (j) => poisson(random, (2 * activity) / (j + 1)));
};

/** By inversion; by its normal limit above 500. */
const poisson = (random: Random, mean: number): number => {
  if (mean > 500) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  const wanted = random.float();
  let mass = Math.exp(-mean);
  let below = mass;
  let count = 0;
  while (below < wanted && count < 5000) {
    count++;
    mass *= mean / count;
    below += mass;
  }
  return count;
};
