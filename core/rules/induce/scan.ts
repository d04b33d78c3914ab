import { baseOf, likelihood } from './likelihood.ts';
import type { Candidate, Growth, Left, Node, Table } from './table.ts';
import type { Top } from './top.ts';
import { PER_CONDITION } from './worth.ts';

/**
 * Share that the neighbours of a threshold have in its worth, and how many rows the threshold is thought to move by: chosen over
 * many labelled tables at once.
 */
const NEIGHBOURS = 0.5;
const MOVED_ROWS = 5;
/** χ² with one degree of freedom at 0.001, half of it: the least log-likelihood a condition against the suspicious direction adds. */
const STRONG = 5.41;
/** The log-likelihood that every condition adds at least: χ² of 6, p = 0.014. */
const EVIDENCE = 3;

/** Looks at every condition that can be added to a rule, which then has `length`; `best` is the worth of the best so far. */
export type Scan = (
  node: Node,
  histogram: Int32Array,
  length: number,
  best: number,
  byWorth: Top<Candidate>,
  byLikelihood: Top<Candidate>,
) => void;

/** A scan beside the rules found before. The histogram holds the node's rows by column, bin and label. */
export const makeScan = (table: Table, left: Left, { beta, minPositives, minRows }: Growth): Scan => {
  const { codes, usable, worse, windows, logs } = table;
  const b2 = beta * beta;
  const f = (p: number, n: number): number => {
    const tp = left.truePositives + p;
    return ((1 + b2) * tp) / (tp + left.falsePositives + n + b2 * left.positives);
  };
  const base = baseOf(
    left.rows.reduce((sum, row) => sum + (table.labels[row] ?? 0), 0),
    left.rows.length,
  );
  const evidence = Math.log(Math.max(1, codes.offsets[codes.columns] ?? 0)) + STRONG;

  return (node, histogram, length, best, byWorth, byLikelihood) => {
    const keep = 1 - PER_CONDITION * length;
    const own = baseOf(node.positives, node.positives + node.negatives);
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
      let lowP = 0;
      let lowN = 0;
      for (let cut = 0; cut < cuts; cut++) {
        const at = start + 2 * cut;
        lowN += histogram[at]!;
        lowP += histogram[at + 1]!;
        if (usable[j]![cut] === 0) continue;
        for (let side = window === 0 ? 0 : 1; side < 2; side++) {
          const isHigh = side === 1;
          const p = isHigh ? allP - lowP : lowP;
          const n = isHigh ? allN - lowN : lowN;
          if (p < minPositives || p + n < minRows || p + n === node.rows.length || f(p, 0) <= best) continue;
          const gain = likelihood(logs, p, n, own);
          if (gain < EVIDENCE) continue;
          if (worse[j] !== 'both' && (worse[j] === 'high') !== isHigh && gain < evidence) continue;
          const sign = isHigh ? -1 : 1;
          const under = sign * Math.min(1, MOVED_ROWS / (histogram[at]! + histogram[at + 1]! + 1e-9));
          const over = sign * Math.min(1, MOVED_ROWS / (histogram[at + 2]! + histogram[at + 3]! + 1e-9));
          const moved =
            f(p - under * histogram[at + 1]!, n - under * histogram[at]!) +
            f(p + over * histogram[at + 3]!, n + over * histogram[at + 2]!);
          const worth = keep * ((1 - NEIGHBOURS) * f(p, n) + (NEIGHBOURS / 2) * moved);
          const ratio = likelihood(logs, p, n, base);
          if (!byWorth.admits(worth) && !byLikelihood.admits(ratio)) continue;
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
};
