import type { Random } from '../../../random/index.ts';
import { HABIT_SHARE } from './excess.ts';
import type { RankTable } from './rank-table.ts';
import { fillPlaces } from './views.ts';

const MOST_CLUSTERS = Math.floor(1 / HABIT_SHARE);
/** Rounds before clusters that are too small are given up, and after each that was. */
const ROUNDS = 11;
const ROUNDS_AFTER = 3;
/** Rows from which the centres are learned. */
const MOST_ROWS = 5_000;

/** Rows as points, one after the other. */
type Points = { readonly values: Float32Array; readonly count: number; readonly columns: number };

type Means = { readonly centres: readonly Float64Array[]; readonly sizes: readonly number[] };

/**
 * The rows of each cluster of a table: k-means (Lloyd 1982, begun as by Arthur & Vassilvitskii 2007) over the
 * columns' places. A cluster that holds less than a tenth of the rows could be a group that acts together; it is given up, and its
 * rows go to others. `pace` is awaited now and then.
 */
export const clustersOf = async (
  table: RankTable,
  random: Random,
  pace: () => Promise<void>,
): Promise<readonly Uint32Array[]> => {
  const { rows, columns, ranks } = table;
  const places = new Uint16Array(columns);
  const place = (row: number, values: Float32Array, at: number): void => {
    fillPlaces(table, ranks.subarray(row * columns, (row + 1) * columns), places);
    values.set(places, at);
  };
  const step = Math.max(1, Math.floor(rows / MOST_ROWS));
  const count = Math.floor((rows - 1) / step) + 1;
  const points: Points = { values: new Float32Array(count * columns), count, columns };
  for (let k = 0; k < count; k++) place(k * step, points.values, k * columns);
  const centres = await findCentres(points, random, pace);

  const members = centres.map((): number[] => []);
  const point = new Float32Array(columns);
  for (let row = 0; row < rows; row++) {
    place(row, point, 0);
    members[nearest(centres, point, 0)]?.push(row);
    if (row % STRETCH === 0) await pace();
  }
  return members.filter(({ length }) => length > 0).map((list) => Uint32Array.from(list));
};

/** Rows between two looks at the clock. */
const STRETCH = 4_096;

const findCentres = async (
  points: Points,
  random: Random,
  pace: () => Promise<void>,
): Promise<readonly Float64Array[]> => {
  let { centres, sizes } = await settled(points, firstCentres(points, random), ROUNDS, pace);
  for (;;) {
    const smallest = sizes.indexOf(Math.min(...sizes));
    if (centres.length === 1 || (sizes[smallest] ?? 0) >= HABIT_SHARE * points.count) return centres;
    const others = centres.filter((_, c) => c !== smallest);
    ({ centres, sizes } = await settled(points, others, ROUNDS_AFTER, pace));
  }
};

/** Centres after some rounds, and how many points were nearest to each in the last of them. */
const settled = async (
  points: Points,
  first: readonly Float64Array[],
  rounds: number,
  pace: () => Promise<void>,
): Promise<Means> => {
  let found: Means = { centres: first, sizes: [] };
  for (let round = 0; round < rounds; round++) {
    found = meansOf(points, found.centres);
    await pace();
  }
  return found;
};

/** Each next one a point drawn in proportion to its squared distance from those before. */
const firstCentres = ({ values, count, columns }: Points, random: Random): readonly Float64Array[] => {
  const pointAt = (k: number): Float64Array => Float64Array.from(values.subarray(k * columns, (k + 1) * columns));
  const centres = [pointAt(random.int(count))];
  const least = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  while (centres.length < MOST_CLUSTERS) {
    const last = centres.at(-1)!;
    least.forEach((known, k) => {
      least[k] = Math.min(known, distance(last, values, k * columns));
    });
    let left = random.float() * least.reduce((sum, value) => sum + value, 0);
    const next = least.findIndex((value) => (left -= value) < 0);
    if (next < 0) break; // every point is a centre already
    centres.push(pointAt(next));
  }
  return centres;
};

/** The mean of the points that are nearest to each centre, and how many they are; a centre without any stays. */
const meansOf = ({ values, count, columns }: Points, centres: readonly Float64Array[]): Means => {
  const sums = centres.map(() => new Float64Array(columns));
  const sizes = centres.map(() => 0);
  for (let k = 0; k < count; k++) {
    const c = nearest(centres, values, k * columns);
    const sum = sums[c]!;
    sizes[c]!++;
    for (let j = 0; j < columns; j++) sum[j]! += values[k * columns + j]!; // hot: points × columns
  }
  const means = sums.map((sum, c) => (sizes[c] === 0 ? centres[c]! : sum.map((value) => value / sizes[c]!)));
  return { centres: means, sizes };
};

const nearest = (centres: readonly Float64Array[], values: Float32Array, at: number): number => {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [c, centre] of centres.entries()) {
    const far = distance(centre, values, at);
    if (far < least) [least, best] = [far, c];
  }
  return best;
};

/** Squared. */
const distance = (centre: Float64Array, values: Float32Array, at: number): number => {
  let sum = 0;
  for (let j = 0; j < centre.length; j++) sum += (values[at + j]! - centre[j]!) ** 2; // hot: points × centres × columns
  return sum;
};
