import { narrowed, type Codes, type Conjunction } from './codes.ts';
import { makeScan } from './scan.ts';
import type { Candidate, Growth, Grown, Left, Node, Table } from './table.ts';
import { createTop } from './top.ts';

/**
 * The rule that adds most to the F measure of a list, by beam search: conditions are added one by one, and of each length the
 * best are carried on by two orders, the worth and the log-likelihood ratio (Dunning 1993), which keeps precise beginnings
 * that are not worth much yet. What cannot become better than the best so far, even if it lost all its false positives, is cut
 * off (as in OPUS, Webb 1995). A threshold is worth half of itself and half of its neighbours: one that
 * only just catches its positives does not last. `isSupported` is asked of rules about to become the best.
 */
export const growRule = (
  table: Table,
  left: Left,
  growth: Growth,
  isSupported: (rule: Conjunction) => boolean,
): Grown | undefined => {
  const { codes, labels } = table;
  const histogram = new Int32Array(2 * (codes.offsets[codes.columns] ?? 0));
  const positives = left.rows.reduce((sum, row) => sum + (labels[row] ?? 0), 0);
  let beam: readonly Node[] = [
    { rule: [], rows: left.rows, positives, negatives: left.rows.length - positives, worth: 0, window: 0 },
  ];
  let best: Grown | undefined;
  const scan = makeScan(table, left, growth);
  for (let length = 1; length <= growth.mostConditions; length++) {
    const byWorth = createTop<Candidate>(growth.beamWidth);
    const byLikelihood = createTop<Candidate>(growth.beamWidth);
    for (const node of beam) {
      count(histogram, codes, labels, node.rows);
      scan(node, histogram, length, best?.worth ?? 0, byWorth, byLikelihood);
    }
    beam = narrow(codes, [...byWorth.items(), ...byLikelihood.items()]);
    for (const { rule, worth } of beam) {
      if (worth > (best?.worth ?? 0) && isSupported(rule)) best = { rule, worth };
    }
  }
  return best;
};

/** Counts rows by column, bin and label. */
const count = (histogram: Int32Array, codes: Codes, labels: Uint8Array, rows: Uint32Array): void => {
  histogram.fill(0);
  const { columns, codes: all, offsets } = codes;
  // Hot: every value of every row; rows are below codes.rows.
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const label = labels[row]!;
    const at = row * columns;
    for (let j = 0; j < columns; j++) histogram[2 * (offsets[j]! + all[at + j]!) + label]!++;
  }
};

/** The nodes of candidates, one of those that hit equally many of both kinds. */
const narrow = (codes: Codes, candidates: readonly Candidate[]): readonly Node[] => {
  const nodes = new Map<number, Node>();
  for (const { parent, literal, ...counts } of candidates) {
    const key = counts.positives * 2 ** 26 + counts.negatives;
    if (nodes.has(key)) continue;
    nodes.set(key, { ...counts, rule: [...parent.rule, literal], rows: narrowed(codes, parent.rows, literal) });
  }
  return [...nodes.values()];
};
