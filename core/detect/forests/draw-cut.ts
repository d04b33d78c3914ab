import type { Random } from '../../random/random.ts';
import { drawnIn, drawnOut } from '../drawn-in.ts';
import type { Recipe } from './recipes.ts';
import { uniformThreshold } from './thresholds/uniform.ts';

/** A node's rows, [from, to) of `rows`, in a sample of `columns` values a row. */
export type Node = {
  readonly sample: Float32Array;
  readonly rows: Int32Array;
  readonly from: number;
  readonly to: number;
};

/** A cut, overwritten by the next one drawn. */
export type Cut = {
  /** `terms` columns and their coefficients. */
  readonly features: Uint16Array;
  readonly coefficients: Float32Array;
  /** Per position in [from, to) the projection of the row there: right above the threshold, NaN where missing. */
  readonly projected: Float32Array;
  threshold: number;
  /** Right when equal to this one: the cut parts a category. −1 for numbers. */
  level: number;
  /** The left side's share of the node's width, values far out drawn in; of a category, of the levels in the node. */
  leftWidth: number;
};

/**
 * Draws cuts as the recipe says: columns uniform among those that vary in the node, combined with
 * standard normal coefficients on values scaled there (Liu, Ting & Zhou 2010), a threshold by the recipe's rule. The
 * rule sees projections drawn in beyond `far` robust deviations (of a projection, the length of its coefficients), and
 * its threshold is taken back: the cut itself is of values as they are. When the first column drawn is a category, the
 * cut sets one of its levels in the node, uniformly drawn, apart from the others. Undefined where nothing varies.
 */
export const makeCutter = (
  recipe: Recipe,
  levels: readonly number[],
  sampleSize: number,
): ((node: Node, random: Random) => Cut | undefined) => {
  const columns = levels.length;
  const { terms } = recipe;
  const order = new Int32Array(columns);
  const categories = levels.some((count) => count > 0);
  const seen = new Uint8Array(levels.reduce((most, count) => Math.max(most, count), 0));
  const emptyCut = (): Cut => ({
    features: new Uint16Array(terms),
    coefficients: new Float32Array(terms),
    projected: new Float32Array(sampleSize),
    threshold: 0,
    level: -1,
    leftWidth: 0,
  });
  let cut = emptyCut();
  let best = emptyCut();
  const finite = new Float32Array(sampleSize);
  let deviation = 0;

  // The `!` below: indices are bounded by the loops, and a check per value would cost a third.
  /** Whether a column of numbers varies in the node; leaves its standard deviation there. */
  const varies = ({ sample, rows, from, to }: Node, column: number): boolean => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let n = 0;
    let mean = 0;
    let squares = 0;
    for (let k = from; k < to; k++) {
      const value = sample[rows[k]! * columns + column]!;
      if (value < low) low = value;
      if (value > high) high = value;
      if (terms === 1 || value !== value) continue;
      const off = value - mean;
      mean += off / ++n;
      squares += off * (value - mean);
    }
    deviation = terms === 1 ? 1 : Math.sqrt(squares / n);
    return high > low && high - low < Number.POSITIVE_INFINITY;
  };

  /** The number of levels of a category in the node, each marked in `seen`. */
  const levelsIn = ({ sample, rows, from, to }: Node, column: number): number => {
    seen.fill(0);
    let count = 0;
    for (let k = from; k < to; k++) {
      const value = sample[rows[k]! * columns + column]!;
      if (value !== value || seen[value] !== 0) continue;
      seen[value] = 1;
      count++;
    }
    return count;
  };

  const cutLevel = (node: Node, column: number, present: number, random: Random): void => {
    let pick = random.int(present);
    let level = 0;
    while (seen[level] === 0 || pick-- > 0) level++;
    const { sample, rows, from, to } = node;
    for (let k = from; k < to; k++) {
      const value = sample[rows[k]! * columns + column]!;
      cut.projected[k] = value === level ? 1 : value === value ? 0 : Number.NaN;
    }
    cut.features.fill(column);
    cut.coefficients.fill(0);
    Object.assign(cut, { threshold: 0, level, leftWidth: (present - 1) / present });
  };

  /** Projects the node's rows and chooses a threshold; the gain, or undefined where all projections are equal. */
  const cutNumbers = ({ sample, rows, from, to }: Node, guided: boolean, random: Random): number | undefined => {
    const { features, coefficients, projected } = cut;
    const far = recipe.far * (terms === 1 ? 1 : Math.hypot(...coefficients));
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let n = 0;
    for (let k = from; k < to; k++) {
      const base = rows[k]! * columns;
      let sum = 0;
      for (let t = 0; t < terms; t++) sum += coefficients[t]! * sample[base + features[t]!]!;
      const value = Math.fround(terms === 1 ? sample[base + features[0]!]! : sum);
      projected[k] = value;
      if (value !== value) continue;
      finite[n++] = drawnIn(value, far);
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (!(high > low)) return undefined;
    const rule = guided ? recipe.rule : uniformThreshold;
    const { at, gain } = rule(finite.subarray(0, n), random);
    const threshold = Math.fround(drawnOut(at, far));
    cut.threshold = threshold >= low && threshold < high ? threshold : low;
    const first = drawnIn(low, far);
    cut.leftWidth = (drawnIn(cut.threshold, far) - first) / (drawnIn(high, far) - first);
    cut.level = -1;
    return gain;
  };

  /** Draws columns without replacement until `terms` of them vary; how many did. A category drawn first ends it. */
  const drawColumns = (node: Node, random: Random, numbersOnly: boolean): number => {
    let found = 0;
    for (let k = 0; k < columns && found < terms; k++) {
      const pick = k + random.int(columns - k);
      const column = order[pick]!;
      order[pick] = order[k]!;
      order[k] = column;
      if (categories && levels[column]! > 0) {
        if (found > 0 || numbersOnly) continue;
        const present = levelsIn(node, column);
        if (present < 2) continue;
        cutLevel(node, column, present, random);
        return terms;
      }
      if (!varies(node, column)) continue;
      cut.features[found] = column;
      cut.coefficients[found] = terms === 1 ? 1 : random.normal() / deviation;
      cut.level = -1;
      found++;
    }
    if (found > 0) scaleCoefficients(found);
    return found;
  };

  /** Largest coefficient 1, so that none overflows; places left over repeat the first column with 0. */
  const scaleCoefficients = (found: number): void => {
    let largest = 0;
    for (let t = 0; t < found; t++) largest = Math.max(largest, Math.abs(cut.coefficients[t]!));
    for (let t = 0; t < found; t++) cut.coefficients[t]! /= largest;
    for (let t = found; t < terms; t++) {
      cut.features[t] = cut.features[0]!;
      cut.coefficients[t] = 0;
    }
  };

  return (node, random) => {
    for (let j = 0; j < columns; j++) order[j] = j;
    const guided = recipe.guided > 0 && random.float() < recipe.guided;
    let gain = Number.NEGATIVE_INFINITY;
    for (let attempt = 0; attempt < recipe.tries; attempt++) {
      if (drawColumns(node, random, attempt > 0) === 0) break;
      if (cut.level >= 0) return cut;
      const own = cutNumbers(node, guided, random);
      if (own === undefined || !(own > gain)) continue;
      gain = own;
      [cut, best] = [best, cut];
    }
    return gain === Number.NEGATIVE_INFINITY ? undefined : best;
  };
};
