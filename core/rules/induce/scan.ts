import { baseOf, evidenceOf, likelihood } from './likelihood.ts';
import type { Candidate, Growth, Left, Node, Table } from './table.ts';
import type { Top } from './top.ts';
import { PER_CONDITION } from './worth.ts';

/**
 * Share that the neighbours of a threshold have in its worth, and how many rows the threshold is thought to move by: chosen over
 * many labelled tables at once.
 */
const NEIGHBOURS = 0.5;
const MOVED_ROWS = 5;
/** χ² with one degree of freedom at 0.001, half of it: what a condition against the suspicious direction needs beyond that. */
const STRONG = 5.41;
/** Half of G² of every condition at least: χ² of 8 with one degree of freedom, p = 0.005. */
const EVIDENCE = 4;

export type Scan = {
  /** Whether a rule can become worth more than the best so far by further conditions. */
  readonly isOpen: (rule: Candidate, best: number) => boolean;
  /** Looks at every condition that can be added to a rule, which then has `length`. */
  readonly look: (
    node: Node,
    length: number,
    best: number,
    byWorth: Top<Candidate>,
    byLikelihood: Top<Candidate>,
  ) => void;
};

/** A scan beside the rules found before, of what they leave. */
export const makeScan = (table: Table, left: Left, root: Node, { beta, minPositives, minRows }: Growth): Scan => {
  const { codes, usable, worse, windows, logs } = table;
  const b2 = beta * beta;
  const f = (p: number, n: number): number => {
    const tp = left.truePositives + p;
    return ((1 + b2) * tp) / (tp + left.falsePositives + n + b2 * left.positives);
  };
  const base = baseOf(root.positives, root.rows.length);
  const evidence = Math.log(Math.max(1, codes.offsets[codes.columns] ?? 0)) + STRONG;

  /** The fewest positives that are worth more than `best` if nobody else is hit. */
  const fewest = (best: number): number => {
    let [low, high] = [minPositives, root.positives + 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (f(middle, 0) <= best) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const look: Scan['look'] = (node, length, best, byWorth, byLikelihood) => {
    const { histogram } = node;
    const keep = 1 - PER_CONDITION * length;
    const leastP = fewest(best);
    const all = node.rows.length;
    for (let j = 0; j < codes.columns; j++) {
      const window = windows[j]!; // hot, as all below: j < columns, cut < cuts
      if (window !== 0 && node.window !== 0 && window !== node.window) continue;
      const start = 2 * codes.offsets[j]!;
      const cuts = codes.cuts[j]!.length;
      let allP = 0;
      let allN = 0;
      for (let at = start; at <= start + 2 * cuts; at += 2) {
        allN += histogram[at]!;
        allP += histogram[at + 1]!;
      }
      if (allP < leastP) continue;
      const own = usable[j]!;
      let lowP = 0;
      let lowN = 0;
      for (let cut = 0; cut < cuts; cut++) {
        const at = start + 2 * cut;
        lowN += histogram[at]!;
        lowP += histogram[at + 1]!;
        if (own[cut] === 0) continue;
        for (let side = window === 0 ? 0 : 1; side < 2; side++) {
          const isHigh = side === 1;
          const p = isHigh ? allP - lowP : lowP;
          const n = isHigh ? allN - lowN : lowN;
          if (p < leastP || p + n < minRows || p + n === all || p * node.negatives <= n * node.positives) continue;
          const ratio = likelihood(logs, p, n, base);
          // No threshold is worth more than with all that it can be moved by in its favour.
          const most = keep * f(p + MOVED_ROWS, Math.max(0, n - MOVED_ROWS));
          if (!byLikelihood.admits(ratio) && !byWorth.admits(most)) continue;
          const sign = isHigh ? -1 : 1;
          const under = sign * Math.min(1, MOVED_ROWS / (histogram[at]! + histogram[at + 1]! + 1e-9));
          const over = sign * Math.min(1, MOVED_ROWS / (histogram[at + 2]! + histogram[at + 3]! + 1e-9));
          const moved =
            f(p - under * histogram[at + 1]!, n - under * histogram[at]!) +
            f(p + over * histogram[at + 3]!, n + over * histogram[at + 2]!);
          const worth = keep * ((1 - NEIGHBOURS) * f(p, n) + (NEIGHBOURS / 2) * moved);
          if (!byWorth.admits(worth) && !byLikelihood.admits(ratio)) continue;
          const isAgainst = worse[j] !== 'both' && (worse[j] === 'high') !== isHigh;
          const gain = evidenceOf(logs, p, n, node.positives, node.negatives);
          if (gain < (isAgainst ? evidence : EVIDENCE)) continue;
          const literal = { column: j, cut, isHigh };
          const candidate = {
            parent: node,
            literal,
            positives: p,
            negatives: n,
            worth,
            window: Math.max(window, node.window),
          };
          byWorth.add(candidate, worth);
          byLikelihood.add(candidate, ratio);
        }
      }
    }
  };
  const isOpen: Scan['isOpen'] = ({ positives, parent }, best) =>
    (1 - PER_CONDITION * (parent.rule.length + 2)) * f(positives, 0) > best;
  return { isOpen, look };
};
