import type { SumTree } from './tree.ts';

/**
 * Whole numbers close to a consistent tree that add up, too: the root rounded, then from each parent to its children the
 * nearest numbers with its sum, rounded down, and what is missing given to the largest remainders. With `nonNegative` the
 * nearest numbers are those of the simplex (Held, Wolfe & Crowder 1974), none below 0; small leaves then come out too high
 * on average, and large siblings too low. Post-processing of released numbers: it costs nothing, and its error is in no
 * interval.
 */
export const roundTree = (tree: SumTree, value: Float64Array, nonNegative: boolean): Float64Array => {
  const rounded = new Float64Array(value.length);
  rounded[0] = Math.round(nonNegative ? Math.max(0, value[0] ?? 0) : (value[0] ?? 0));
  for (let node = 0; node < value.length; node++) {
    const from = tree.firstChild[node] ?? -1;
    if (from < 0) continue;
    const to = from + (tree.children[node] ?? 0);
    const targets = nearest(value.subarray(from, to), rounded[node] ?? 0, nonNegative);
    rounded.set(roundTo(targets, rounded[node] ?? 0), from);
  }
  return rounded;
};

/** The numbers nearest to `x` with this sum, by Euclid's distance; with `nonNegative` (and a sum ≥ 0) none below 0. */
const nearest = (x: Float64Array, sum: number, nonNegative: boolean): Float64Array => {
  const descending = x.slice().sort().reverse();
  let above = 0;
  let shift = 0;
  for (let i = 0; i < descending.length; i++) {
    above += descending[i] ?? 0;
    const next = (sum - above) / (i + 1);
    if (nonNegative && i > 0 && (descending[i] ?? 0) + next <= 0) break;
    shift = next;
  }
  return x.map((each) => (nonNegative ? Math.max(0, each + shift) : each + shift));
};

/** Whole numbers with exactly this sum, each less than 1 from its target: the method of largest remainders. */
const roundTo = (targets: Float64Array, sum: number): Float64Array => {
  const whole = targets.map(Math.floor);
  const missing = Math.round(sum - whole.reduce((total, each) => total + each, 0));
  const byRemainder = Array.from(targets.keys()).sort(
    (a, b) => (targets[b] ?? 0) - (whole[b] ?? 0) - (targets[a] ?? 0) + (whole[a] ?? 0) || a - b,
  );
  for (let i = 0; i < missing; i++) whole[byRemainder[i % byRemainder.length] ?? 0]!++;
  return whole;
};
