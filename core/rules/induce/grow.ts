import { narrowed, type Codes, type Conjunction, type Literal } from './codes.ts';
import { createTop } from './top.ts';

/** What rules are learned on. */
export type Table = {
  readonly codes: Codes;
  /** 1 for a positive. */
  readonly labels: Uint8Array;
  /** Per column which of its cuts may be used. */
  readonly usable: readonly Uint8Array[];
  /** Per column the direction that needs no strong evidence. */
  readonly worse: readonly ('high' | 'low' | 'both')[];
  /** Per column the window it is measured in, and 0 for none: a rule looks through one window only, and for much, never for little. */
  readonly windows: Uint8Array;
  /** ln 1 … ln rows; 0 at 0. */
  readonly logs: Float64Array;
};

export type Growth = {
  readonly mostConditions: number;
  readonly beamWidth: number;
  readonly beta: number;
  /** Positives and rows that a rule has to add. */
  readonly minPositives: number;
  readonly minRows: number;
};

/** What the rules found before reach, and whom they leave. */
export type Left = {
  readonly rows: Uint32Array;
  readonly truePositives: number;
  readonly falsePositives: number;
  /** All positives, found before or not. */
  readonly positives: number;
};

/** A rule, what it adds, and the worth of all rules with it. */
export type Grown = { readonly rule: Conjunction; readonly worth: number };

type Node = {
  readonly rule: Conjunction;
  readonly rows: Uint32Array;
  readonly positives: number;
  readonly negatives: number;
  readonly worth: number;
  readonly window: number;
};

type Candidate = Omit<Node, 'rows' | 'rule'> & { readonly parent: Node; readonly literal: Literal };

/**
 * Share of the worth that each condition costs, that the neighbours of a threshold have in it, and how many rows the threshold
 * is thought to move by: chosen over many labelled tables at once.
 */
export const PER_CONDITION = 0.0025;
const NEIGHBOURS = 0.5;
const MOVED_ROWS = 5;
/** χ² with one degree of freedom at 0.001, half of it: the least log-likelihood a condition against the suspicious direction adds. */
const STRONG = 5.41;
/** The log-likelihood that every condition adds at least: χ² of 6, p = 0.014. */
const EVIDENCE = 3;

/** F_β = (1 + β²) TP / (TP + FP + β² P) (van Rijsbergen 1979, chapter 7). */
export const fMeasure = (truePositives: number, falsePositives: number, positives: number, beta: number): number =>
  truePositives <= 0
    ? 0
    : ((1 + beta * beta) * truePositives) / (truePositives + falsePositives + beta * beta * positives);

/** The worth of a list whose newest rule has so many conditions. */
export const worthOf = (f: number, conditions: number): number => f * (1 - PER_CONDITION * conditions);

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
  const isPositive = left.rows.reduce((sum, row) => sum + (labels[row] ?? 0), 0);
  let beam: readonly Node[] = [
    { rule: [], rows: left.rows, positives: isPositive, negatives: left.rows.length - isPositive, worth: 0, window: 0 },
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

type Top = ReturnType<typeof createTop<Candidate>>;
type Scan = (node: Node, histogram: Int32Array, length: number, best: number, byWorth: Top, byLikelihood: Top) => void;

/** Looks at every condition that can be added to a rule. */
const makeScan = (table: Table, left: Left, { beta, minPositives, minRows }: Growth): Scan => {
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

/** Log-likelihood that p positives and n others have by their own share beyond that of `base`; −1 where theirs is lower. */
const likelihood = (logs: Float64Array, p: number, n: number, base: Base): number => {
  const all = p + n;
  if (p <= base.share * all) return -1;
  // Hot: counts are at most the rows.
  return p * (logs[p]! - logs[all]! - base.log) + n * (logs[n]! - logs[all]! - base.logOthers);
};

type Base = { readonly share: number; readonly log: number; readonly logOthers: number };

const baseOf = (positives: number, rows: number): Base => {
  const share = positives / Math.max(1, rows);
  return { share, log: Math.log(share), logOthers: Math.log(1 - share) };
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
