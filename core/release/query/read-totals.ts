import { addRational, compareRational, parseRational, rational, type Rational } from '../../math/rational.ts';
import type { Dimension, Totals, TotalsLevel } from '../schema.ts';
import { wrongQuery } from './refuse.ts';
import type { DimensionShape } from './shape.ts';
import { timeLabel, TIME_WIDTH_US } from './time-width.ts';
import { ALL } from './totals-of.ts';

type Time = Omit<Extract<Dimension, { kind: 'time' }>, 'totals'>;
type TimeShape = Extract<DimensionShape, { every: string; totals: unknown }>;
type KeyShape = Extract<DimensionShape, { keys: unknown; totals: unknown }>;

/** Totals over time: days and weeks count from "from", the last may be shorter. Errors: `usage`. */
export const readTimeTotals = ({ totals, shares }: TimeShape, time: Time, where: string): Totals => {
  const units = belowAll(totals, where);
  const levels: TotalsLevel[] = [];
  let below = { width: TIME_WIDTH_US[time.every], count: (time.toUs - time.fromUs) / TIME_WIDTH_US[time.every] };
  for (const unit of units) {
    const width = unit === ALL ? 0 : TIME_WIDTH_US[unit];
    if (width <= below.width) {
      throw wrongQuery(`${where}.totals`, 'Totals do not grow coarser.', 'Order them like ["day", "week", "all"].');
    }
    const per = width / below.width;
    const groupOf = Array.from({ length: below.count }, (_, i) => Math.floor(i / per));
    const count = Math.ceil(below.count / per);
    levels.push({
      labels: Array.from({ length: count }, (_, i) => `${unit} ${timeLabel(time.fromUs + i * width)}`),
      groupOf,
    });
    below = { width, count };
  }
  return { levels, shares: readShares(shares, levels.length + 2, where) };
};

/** Totals over declared lists: each level names lists of the groups of the level below, in their order. Errors: `usage`. */
export const readKeyTotals = ({ keys, totals, shares }: KeyShape, where: string): Totals => {
  const names = new Set([ALL, ...keys]);
  if (names.size <= keys.length) throw wrongQuery(where, 'A key is named "all".', 'Leave the totals out.');
  const levels: TotalsLevel[] = [];
  let below: readonly string[] = keys;
  for (const grouping of belowAll(totals, where)) {
    if (grouping === ALL) continue;
    const labels = grouping.map(({ name }) => name);
    const isInOrder =
      grouping.reduce((sum, { of }) => sum + of.length, 0) === below.length &&
      grouping.flatMap(({ of }) => of).every((name, i) => name === below[i]);
    if (!isInOrder) {
      const next = 'List every group of the level below once, in the order in which it is declared.';
      throw wrongQuery(`${where}.totals`, 'A grouping does not hold the level below it.', next);
    }
    for (const label of labels) {
      if (names.has(label)) throw wrongQuery(`${where}.totals`, 'A name is there twice.', 'Name each group once.');
      names.add(label);
    }
    levels.push({ labels, groupOf: grouping.flatMap(({ of }, i) => of.map(() => i)) });
    below = labels;
  }
  return { levels, shares: readShares(shares, levels.length + 2, where) };
};

/** The total of all is always there, and last: without it nothing would be gained over smaller queries. */
const belowAll = <A>(totals: readonly (A | typeof ALL)[], where: string): readonly (A | typeof ALL)[] => {
  const isLast = totals.indexOf(ALL) === totals.length - 1;
  if (isLast) return totals.slice(0, -1);
  throw wrongQuery(`${where}.totals`, 'The last of the totals is not "all".', 'End the list with "all".');
};

/** From the dimension's own groups to the total of all; equal where none are written. */
const readShares = (
  given: readonly (string | number)[] | undefined,
  levels: number,
  where: string,
): Totals['shares'] => {
  if (given === undefined) return Array.from({ length: levels }, () => rational(1, levels));
  const shares = given.map((each) => parseRational(String(each)));
  const zero = rational(0);
  const isSplit =
    shares.length === levels &&
    shares.every((share) => compareRational(share, zero) > 0) &&
    compareRational(shares.reduce<Rational>(addRational, zero), rational(1)) === 0;
  if (isSplit) return shares;
  throw wrongQuery(
    `${where}.shares`,
    'The shares do not split the cost over the levels.',
    `Give ${levels} numbers above 0 that add up to 1: the groups themselves first, "all" last.`,
  );
};
