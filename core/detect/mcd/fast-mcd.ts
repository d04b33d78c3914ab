import { drawRows, shuffled, type Random } from '../../random/index.ts';
import { spreadOf, squaredDistances, type Rows, type Spread } from './spread.ts';

export type McdOptions = {
  /** Added to every variance. */
  readonly ridge: number;
  /** Rows the estimate rests on, as a share; never fewer than (n + p + 1) / 2. */
  readonly support?: number;
  readonly starts?: number;
};

type Candidate = { readonly spread: Spread; readonly picked: Uint32Array };

/**
 * Rousseeuw & Van Driessen 1999, section 3.3: 500 starts, two steps each, the ten best go on. A hundred of which half grow
 * find smaller determinants than 500 that do not, where rare values make many local minima (docs/decisions/0009).
 */
const STARTS = 100;
const KEPT = 10;
/** Same place: with many rows, five groups of 300. Fewer rows than that stay together: groups lose what is rare. */
const GROUP_ROWS = 300;
const GROUPS = 5;
/** Of those kept in groups, the ones that go on to the groups merged and to all rows. */
const FEW = 4;
const MOST_STEPS = 30;
/** Multiplications the starts may take; at 70 columns all fit. */
const MOST_WORK = 5e8;

/**
 * The half of the rows whose covariance has the smallest determinant, as nearly as FastMCD finds it (Rousseeuw & Van
 * Driessen 1999): random starts, with many rows in groups of 300, concentration steps, the best ones on the groups
 * merged, the best of these on all rows until the determinant stays. Unlike there, every other start first takes half of the
 * rows, then more: a column that is constant in most rows stays constant as long as it can. With many columns there are
 * fewer starts.
 */
export const fastMcd = async (
  rows: Rows,
  random: Random,
  options: McdOptions,
  pace: () => Promise<void>,
): Promise<Candidate> => {
  const { count, columns } = rows;
  const size = supportOf(count, columns, options.support);
  const groups = count <= GROUPS * GROUP_ROWS ? 1 : GROUPS;
  const order = shuffled(drawRows(count, count, random), random);
  const groupRows = groups === 1 ? count : GROUP_ROWS;
  const affordable = Math.floor(MOST_WORK / (3 * groupRows * columns * columns));
  const starts = Math.ceil((options.starts ?? Math.min(STARTS, Math.max(KEPT, affordable))) / groups);
  let found: Candidate[] = [];
  for (let group = 0; group < groups; group++) {
    const part = takeRows(rows, order.subarray(group * groupRows, (group + 1) * groupRows));
    const h = share(size, part.count, count);
    const own: Candidate[] = [];
    for (let start = 0; start < starts; start++) {
      const picked = drawRows(part.count, Math.min(part.count, columns + 1), random);
      const first = { spread: spreadOf(part, picked, options.ridge), picked };
      own.push(concentrate(part, start % 2 === 0 ? grow(part, first.spread, h, options) : first, h, 2, options));
      await pace();
    }
    found.push(...best(own, Math.ceil(KEPT / groups)));
  }
  if (groups > 1) {
    const merged = takeRows(rows, order.subarray(0, groups * groupRows));
    const h = share(size, merged.count, count);
    found = await twoSteps(merged, best(found, FEW), h, options, pace);
    const affords = Math.floor(MOST_WORK / (6 * count * columns * columns));
    if (affords > 1) found = await twoSteps(rows, best(found, Math.min(FEW, affords)), size, options, pace);
    found = best(found, 1);
  }
  const steps = Math.max(3, Math.min(MOST_STEPS, Math.floor((2 * MOST_WORK) / (count * columns * columns))));
  const last: Candidate[] = [];
  for (const candidate of found) {
    last.push(concentrate(rows, candidate, size, steps, options));
    await pace();
  }
  return best(last, 1)[0] ?? { spread: spreadOf(rows, order, options.ridge), picked: order };
};

/** Candidates from fewer rows, each two steps on, as it is and grown anew. */
const twoSteps = async (
  rows: Rows,
  candidates: readonly Candidate[],
  size: number,
  options: McdOptions,
  pace: () => Promise<void>,
): Promise<Candidate[]> => {
  const on: Candidate[] = [];
  for (const { spread } of candidates) {
    on.push(concentrate(rows, { spread, picked: NONE }, size, 2, options));
    on.push(concentrate(rows, grow(rows, spread, size, options), size, 2, options));
    await pace();
  }
  return on;
};

const NONE = new Uint32Array(0);

/** Two C-steps with fewer rows than `size`: half of them all, then half-way to `size`. */
const grow = (rows: Rows, spread: Spread, size: number, options: McdOptions): Candidate => {
  const half = supportOf(rows.count, rows.columns);
  const first = concentrate(rows, { spread, picked: NONE }, Math.min(size, half), 1, options);
  return concentrate(rows, first, Math.min(size, (half + size) >> 1), 1, options);
};

/** (n + p + 1) / 2: the share at which most rows may be foul. */
const supportOf = (count: number, columns: number, share?: number): number =>
  Math.min(count, Math.max((count + columns + 1) >> 1, Math.floor((share ?? 0) * count)));

const share = (size: number, part: number, count: number): number => Math.ceil((size * part) / count);

const best = (candidates: readonly Candidate[], most: number): Candidate[] =>
  [...candidates].sort((a, b) => a.spread.logDet - b.spread.logDet).slice(0, most);

/** C-steps: the rows nearest by the present estimate make the next one. The determinant never grows. */
const concentrate = (rows: Rows, from: Candidate, size: number, steps: number, options: McdOptions): Candidate => {
  let { spread, picked } = from;
  const distances = new Float64Array(rows.count);
  for (let step = 0; step < steps; step++) {
    squaredDistances(spread, rows, distances);
    const next = nearest(distances, size);
    if (next.length === picked.length && next.every((row, i) => row === picked[i])) break;
    picked = next;
    spread = spreadOf(rows, picked, options.ridge);
  }
  return { spread, picked };
};

/** Rows of the `size` smallest distances, of equal ones the first, in ascending order. */
const nearest = (distances: Float64Array, size: number): Uint32Array => {
  const limit = distances.slice().sort()[size - 1] ?? Number.POSITIVE_INFINITY;
  let equal = size;
  for (const distance of distances) if (distance < limit) equal--;
  const picked = new Uint32Array(size);
  let count = 0;
  distances.forEach((distance, row) => {
    if (distance < limit || (distance === limit && equal-- > 0)) picked[count++] = row;
  });
  return picked;
};

const takeRows = ({ columns, values }: Rows, picked: Uint32Array): Rows => {
  const taken = new Float64Array(picked.length * columns);
  picked.forEach((row, k) => taken.set(values.subarray(row * columns, (row + 1) * columns), k * columns));
  return { count: picked.length, columns, values: taken };
};
