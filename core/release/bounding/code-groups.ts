import { NightjarError } from '../../api/errors.ts';
import type { Dimension, KeyColumn } from '../schema.ts';
import { codeDimension, type CodedDimension } from './code-dimension.ts';

/** Rows by group. */
export type CodedGroups = {
  /** Group of each row, 0…groups − 1; −1 for a row outside every declared key, bin or time, or without a key. */
  readonly group: Int32Array;
  readonly groups: number;
  /** Per dimension the place in `labels` of a group's key. */
  readonly keysOf: (group: number) => readonly number[];
  /** Per dimension its labels: declared ones in their order, unknown ones as the rows bring them. */
  readonly labels: readonly (readonly string[])[];
};

/**
 * Gives every row its group by its own keys: a row-wise transformation, so that what other actors do changes no row's
 * group. Declared dimensions have all their groups, whether rows fall into them or not; groups of unknown keys are the
 * combinations that occur. Errors: `internal` where the columns do not fit the dimensions.
 */
export const codeGroups = (by: readonly Dimension[], keys: readonly KeyColumn[], rows: number): CodedGroups => {
  if (keys.length !== by.length) throw new NightjarError('internal', 'The rows do not have the columns of the query.');
  const coded = by.map((dimension, i) => codeDimension(dimension, keys[i], rows));
  const labels = coded.map((dimension) => dimension.labels);
  const [only] = coded;
  if (coded.length === 1 && only !== undefined) {
    return { group: only.code, groups: only.labels.length, keysOf: (group) => [group], labels };
  }
  return by.some(({ kind }) => kind === 'unknown') ? occurring(coded, labels, rows) : declared(coded, labels, rows);
};

/** Every combination of declared keys is a group; the last dimension varies fastest. */
const declared = (coded: readonly CodedDimension[], labels: CodedGroups['labels'], rows: number): CodedGroups => {
  const group = new Int32Array(rows);
  for (const { code, labels: own } of coded) {
    const size = own.length;
    for (let i = 0; i < rows; i++) {
      const before = group[i]!; // hot: i is inside both
      const at = code[i]!;
      group[i] = before < 0 || at < 0 ? -1 : before * size + at;
    }
  }
  const groups = coded.reduce((product, dimension) => product * dimension.labels.length, 1);
  const keysOf = (whole: number): readonly number[] => {
    const places: number[] = [];
    let rest = whole;
    for (const { labels: own } of coded.toReversed()) {
      places.unshift(rest % own.length);
      rest = Math.floor(rest / own.length);
    }
    return places;
  };
  return { group, groups, keysOf, labels };
};

/** Combinations get numbers as they occur, dimension by dimension: a number pair stays far below 2^53. */
const occurring = (coded: readonly CodedDimension[], labels: CodedGroups['labels'], rows: number): CodedGroups => {
  let group = new Int32Array(rows);
  let places: (readonly number[])[] = [[]];
  for (const { code, labels: own } of coded) {
    const numbers = new Map<number, number>();
    const next: (readonly number[])[] = [];
    const joined = new Int32Array(rows);
    for (let i = 0; i < rows; i++) {
      const before = group[i]!; // hot: i is inside both
      const at = code[i]!;
      if (before < 0 || at < 0) {
        joined[i] = -1;
        continue;
      }
      const pair = before * own.length + at;
      let number = numbers.get(pair);
      if (number === undefined) {
        number = next.length;
        numbers.set(pair, number);
        next.push([...(places[before] ?? []), at]);
      }
      joined[i] = number;
    }
    group = joined;
    places = next;
  }
  return { group, groups: places.length, keysOf: (whole) => places[whole] ?? [], labels };
};
