import { parted, type Codes, type Conjunction } from './codes.ts';
import { counted, positivesFirst, uncounted } from './histogram.ts';
import { makeScan } from './scan.ts';
import type { Candidate, Growth, Grown, Left, Node, Table } from './table.ts';
import { createTop } from './top.ts';
import { fMeasure } from './worth.ts';

/**
 * The rule that adds most to the F measure of a list, undefined where none adds, by beam search: conditions are added one by
 * one, and of each length the best are carried on by two orders, the worth and the log-likelihood ratio (Dunning 1993), which
 * keeps precise beginnings that are not worth much yet. What cannot become better than the best so far, even if it lost all
 * its false positives, is cut off (as in OPUS, Webb 1995). A threshold is worth half of itself and half of its neighbours: one
 * that only just catches its positives does not last. `isSupported` is asked of rules about to become the best.
 */
export const growRule = (
  table: Table,
  left: Left,
  growth: Growth,
  isSupported: (rule: Conjunction) => boolean,
): Grown | undefined => {
  const { codes, labels } = table;
  const { rows, positives } = positivesFirst(left.rows, labels);
  const histogram = left.histogram ?? counted(codes, { rows, positives });
  const root: Node = { rule: [], rows, positives, negatives: rows.length - positives, worth: 0, window: 0, histogram };
  const scan = makeScan(table, left, root, growth);
  let nodes: readonly Node[] = [root];
  const { truePositives, falsePositives } = left;
  const before = fMeasure(truePositives, falsePositives, left.positives, growth.beta);
  let best: Grown | undefined;
  for (let length = 1; length <= growth.mostConditions; length++) {
    const byWorth = createTop<Candidate>(growth.beamWidth);
    const byLikelihood = createTop<Candidate>(growth.beamWidth);
    for (const node of nodes) scan.look(node, length, best?.worth ?? before, byWorth, byLikelihood);
    const beam = different([...byWorth.items(), ...byLikelihood.items()]);
    for (const candidate of beam) {
      const { worth } = candidate;
      if (worth <= (best?.worth ?? before)) continue;
      const rule = ruleOf(candidate);
      if (isSupported(rule)) best = { rule, worth };
    }
    if (length === growth.mostConditions) break;
    nodes = beam
      .filter((candidate) => scan.isOpen(candidate, best?.worth ?? before))
      .map((each) => nodeOf(codes, each));
  }
  return best;
};

/** One of those that hit equally many of both kinds. */
const different = (candidates: readonly Candidate[]): readonly Candidate[] => {
  const kept = new Map<number, Candidate>();
  for (const candidate of candidates) {
    const key = candidate.positives * 2 ** 26 + candidate.negatives;
    if (!kept.has(key)) kept.set(key, candidate);
  }
  return [...kept.values()];
};

const ruleOf = ({ parent, literal }: Candidate): Conjunction => [...parent.rule, literal];

const nodeOf = (codes: Codes, candidate: Candidate): Node => {
  const { parent, literal, ...counts } = candidate;
  const { kept, dropped } = parted(codes, parent.rows, literal);
  const rule = ruleOf(candidate);
  const { positives } = counts;
  // The smaller part is counted; what is left of the rule before it is the other.
  const histogram =
    kept.length <= dropped.length
      ? counted(codes, { rows: kept, positives })
      : uncounted(parent.histogram, codes, { rows: dropped, positives: parent.positives - positives });
  return { ...counts, rule, rows: kept, histogram };
};
