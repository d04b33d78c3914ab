import type { Detection } from '../detect/schema.ts';
import { quantileOfSorted } from '../math/quantile.ts';
import { placeAmong } from '../math/ranks.ts';
import type { FeatureTable } from '../table/table.ts';
import type { FeatureWords } from './schema.ts';

/** One feature over the peers: what is typical, and where a value stands. */
export type PeerColumn = {
  /** Finite values ascending. */
  readonly sorted: Float64Array;
  readonly peers: number;
  /** The middle value; of a category the most common level. NaN when no peer has a value. */
  readonly median: number;
  readonly range: readonly [number, number];
  /** Levels of a category; 0 for a number. */
  readonly levels: number;
};

export const peerColumn = (values: Float64Array, peers: readonly number[], levels = 0): PeerColumn => {
  const known = new Float64Array(peers.length);
  let count = 0;
  for (const row of peers) {
    const value = values[row] ?? Number.NaN;
    if (Number.isFinite(value)) known[count++] = value;
  }
  const sorted = known.subarray(0, count).sort();
  return {
    sorted,
    peers: peers.length,
    median: levels > 0 ? mostCommon(sorted) : quantileOfSorted(sorted, 0.5),
    range: [quantileOfSorted(sorted, 0.25), quantileOfSorted(sorted, 0.75)],
    levels,
  };
};

/** The peer's value at a share of the sorted ones: one that somebody has. */
export const valueAt = ({ sorted }: PeerColumn, share: number): number =>
  sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;

/** The middle peer's value; of a category the most common level. */
export const middleValue = (column: PeerColumn): number => (column.levels > 0 ? column.median : valueAt(column, 0.5));

const mostCommon = (sorted: Float64Array): number => {
  let best = Number.NaN;
  let most = 0;
  for (let from = 0; from < sorted.length;) {
    const value = sorted[from] ?? 0;
    const { equal } = placeAmong(sorted, value);
    if (equal > most) [best, most] = [value, equal];
    from += equal;
  }
  return best;
};

/** The actors compared with each other: those with evidence, or all where none has. */
export type Peers = {
  readonly rows: readonly number[];
  readonly isPeer: (row: number) => boolean;
  /** The peers' values of a feature; each column is sorted when first asked for. */
  readonly column: (feature: string) => PeerColumn;
};

/** The unit of a category's level numbers: says so where a table does not, as one that was read back from a case. */
const LEVEL = 'level';

export const peersOf = (
  table: FeatureTable,
  evidence: Detection['evidence'],
  dictionary: readonly FeatureWords[] = [],
): Peers => {
  const all = table.actors.map((_, i) => i);
  const withEvidence = all.filter((row) => evidence[row] === 'ok');
  const rows = withEvidence.length > 0 ? withEvidence : all;
  const columns = new Map<string, PeerColumn>();
  const categories = new Set(dictionary.filter(({ unit }) => unit === LEVEL).map(({ name }) => name));
  const levelsOf = (feature: string, j: number): number => {
    const levels = table.levels?.[j] ?? 0;
    return levels > 0 || !categories.has(feature) ? levels : new Set(table.columns[j]?.filter(Number.isFinite)).size;
  };
  return {
    rows,
    isPeer: (row) => withEvidence.length === 0 || evidence[row] === 'ok',
    column: (feature) => {
      const known = columns.get(feature);
      if (known !== undefined) return known;
      const j = table.names.indexOf(feature);
      const column = peerColumn(table.columns[j] ?? new Float64Array(0), rows, levelsOf(feature, j));
      columns.set(feature, column);
      return column;
    },
  };
};

/** Shares of the other peers below and above a value, and its percentile with ties counted half. */
export type Place = {
  readonly below: number;
  readonly above: number;
  readonly percentile: number;
  /** Peers it is compared with: the known ones, without itself when it is one of them. */
  readonly others: number;
};

export const placeOf = (column: PeerColumn, value: number, isPeer: boolean): Place => {
  const { below, equal } = placeAmong(column.sorted, value);
  const known = column.sorted.length;
  const others = Math.max(1, isPeer && Number.isFinite(value) ? known - 1 : known);
  return {
    below: below / others,
    above: (known - below - equal) / others,
    percentile: known > 0 ? (100 * (below + equal / 2)) / known : 50,
    others,
  };
};
