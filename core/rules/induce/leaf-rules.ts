import { drawInOrder, type Random } from '../../random/index.ts';
import { countBoth, countOf, rowsOf, type Bitset } from './bitset.ts';
import { hitsOf, type Conjunction, type Literal } from './codes.ts';
import type { Learned, Table } from './table.ts';

/** Share of the columns that a tree sees, and of the rows. */
const COLUMNS = 0.5;
const ROWS = 0.632;
/** Leaves that are kept at most. */
const MOST_LEAVES = 60;

/**
 * Rules that describe leaves of a small forest: each tree sees some of the rows and columns, and splits where the Gini index
 * falls most (Breiman et al. 1984). The path to every node that holds a larger share of positives than all
 * rows do is a rule, as in rule ensembles (Friedman & Popescu 2008), of at most as many conditions as the tree is deep; the
 * most telling are kept.
 */
export const leafRules = (
  table: Table,
  learn: Bitset,
  positive: Bitset,
  options: { readonly trees: number; readonly depth: number; readonly k: number; readonly minPositives: number },
  random: Random,
): readonly Learned[] => {
  const rows = rowsOf(learn);
  const width = table.codes.columns;
  const paths = new Map<string, Conjunction>();
  for (let tree = 0; tree < options.trees; tree++) {
    const own = random.fork(tree);
    const columns = drawInOrder(width, own, Math.max(1, Math.round(width * COLUMNS))).toSorted();
    const drawn = drawInOrder(rows.length, own, Math.round(rows.length * ROWS));
    const part = Uint32Array.from(drawn, (at) => rows[at] ?? 0);
    for (const path of pathsOf(table, part, columns, options.depth, options.minPositives)) {
      const merged = tightened(path);
      paths.set(JSON.stringify(merged), merged);
    }
  }
  const all = countOf(learn);
  const positives = countBoth(learn, positive);
  return [...paths.values()]
    .map((rule) => ({ rule, hits: hitsOf(table.codes, rule) }))
    .filter(({ hits }) => countOf(hits) >= options.k)
    .map((learned) => {
      const looked = countBoth(learned.hits, learn);
      const found = countBoth(
        learned.hits.map((word, w) => word & (learn[w] ?? 0)),
        positive,
      );
      return { ...learned, lift: (found - (looked * positives) / all) / all };
    })
    .sort((a, b) => b.lift - a.lift)
    .slice(0, MOST_LEAVES);
};

/** One condition per column and direction: the tightest. */
const tightened = (rule: Conjunction): Conjunction => {
  const kept = new Map<string, Literal>();
  for (const literal of rule) {
    const key = `${literal.column} ${literal.isHigh}`;
    const other = kept.get(key);
    const isTighter = other === undefined || (literal.isHigh ? literal.cut > other.cut : literal.cut < other.cut);
    if (isTighter) kept.set(key, literal);
  }
  return [...kept.values()].sort((a, b) => a.column - b.column || Number(a.isHigh) - Number(b.isHigh));
};

/** The paths to the nodes of a tree that hold more positives than their share. */
const pathsOf = (
  { codes, labels, usable, windows }: Table,
  root: Uint32Array,
  columns: Uint32Array,
  depth: number,
  minPositives: number,
): readonly Conjunction[] => {
  const found: Conjunction[] = [];
  const countOfPositives = (rows: Uint32Array): number => rows.reduce((sum, row) => sum + (labels[row] ?? 0), 0);
  const base = countOfPositives(root) / Math.max(1, root.length);
  const grow = (rows: Uint32Array, path: readonly Literal[]): void => {
    const positives = countOfPositives(rows);
    if (positives < minPositives) return;
    if (path.length > 0 && positives > base * rows.length) found.push(path);
    if (path.length === depth || positives === rows.length) return;
    const split = bestSplit(rows, positives);
    if (split === undefined) return;
    for (const isHigh of [false, true]) {
      const side = rows.filter((row) => {
        const code = codes.codes[split.column * codes.rows + row] ?? 0;
        return isHigh ? code > split.cut && code <= (codes.cuts[split.column]?.length ?? 0) : code <= split.cut;
      });
      if (isHigh || (windows[split.column] ?? 0) === 0) grow(side, [...path, { ...split, isHigh }]);
    }
  };
  const bestSplit = (rows: Uint32Array, positives: number): { column: number; cut: number } | undefined => {
    let best: { column: number; cut: number } | undefined;
    let most = (positives * positives) / rows.length + 1e-9;
    for (const column of columns) {
      const cuts = codes.cuts[column]?.length ?? 0;
      const counts = new Uint32Array(2 * (cuts + 2));
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i]!; // hot: i < length
        counts[2 * codes.codes[column * codes.rows + row]! + labels[row]!]!++;
      }
      let [p, n] = [0, 0];
      for (let cut = 0; cut < cuts; cut++) {
        n += counts[2 * cut]!; // hot: cut < cuts
        p += counts[2 * cut + 1]!;
        const rest = rows.length - p - n;
        if (p + n === 0 || rest === 0 || usable[column]?.[cut] !== 1) continue;
        // The Gini index falls most where Σ p² / n over both sides is highest.
        const purity = (p * p) / (p + n) + (positives - p) ** 2 / rest;
        if (purity > most) [most, best] = [purity, { column, cut }];
      }
    }
    return best;
  };
  grow(root, []);
  return found;
};
