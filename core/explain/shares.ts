import type { Detection, Run } from '../detect/schema.ts';
import type { FeatureTable } from '../table/table.ts';
import { contributions } from './contributions.ts';
import { deletions, type Deletion } from './deletion.ts';
import { middleValue, type Peers } from './peers.ts';

/** What is explained: a detection; without `rescore`, as one read back from a case, by attribution alone. */
export type Explained = Pick<Detection, 'features' | 'parts' | 'evidence' | 'odd' | 'alike' | 'groups'> &
  Partial<Pick<Detection, 'rescore'>>;

export type Account = {
  /** Per row and feature of the detection the share of the score it accounts for, row by row. */
  readonly shares: Float64Array;
  /** Per row what deleting features did to its oddness; undefined where changed rows cannot be scored. */
  readonly deletions: readonly Deletion[] | undefined;
};

/**
 * What accounts for the scores of the actors at `rows`; a row's shares add to 1 (or are all 0 when no detector ran). Of an
 * actor that is odd they are found by deletion where changed rows can be scored; of one that is more alike than odd they are
 * what the detectors of likeness attribute, where they do.
 */
export const accountFor = async (
  table: FeatureTable,
  detection: Explained,
  peers: Peers,
  rows: readonly number[],
  run: Run = {},
  pace?: () => Promise<void>,
): Promise<Account> => {
  const { rescore, features, parts, odd, alike } = detection;
  const width = features.length;
  const kind = (evidence: 'odd' | 'alike') => parts.filter((part) => part.evidence === evidence);
  const nominated = await contributions({ features, parts: kind('odd') }, rows, run);
  let found: readonly Deletion[] | undefined;
  const shares = nominated.slice();
  if (rescore !== undefined && kind('odd').length > 0) {
    const typical = typicalRow(peers, features);
    const values = rowValues(table, features, rows);
    const input = { rows: values, typical, nominated, rescore, ...(pace === undefined ? {} : { pace }) };
    found = await deletions(input, run);
    found.forEach((deletion, k) => shares.set(deletion.shares, k * width));
  }
  const likeness = await contributions({ features, parts: kind('alike') }, rows, run);
  rows.forEach((row, k) => {
    const own = likeness.subarray(k * width, (k + 1) * width);
    const isAlike = (alike?.[row] ?? 0) > (odd[row] ?? 0);
    if (isAlike && own.some((share) => share > 0)) shares.set(own, k * width);
  });
  return { shares, deletions: found };
};

/** The peers' middle values, made once as long as the peers and the features are the same. */
const typicalRow = (peers: Peers, features: readonly string[]): Float64Array => {
  const before = typicals.get(peers);
  if (before?.features === features) return before.row;
  const row = Float64Array.from(features, (feature) => middleValue(peers.column(feature)));
  typicals.set(peers, { features, row });
  return row;
};

const typicals = new WeakMap<Peers, { readonly features: readonly string[]; readonly row: Float64Array }>();

/** The rows of a table as arrays in the order of `features`, in the table's units. */
export const rowValues = (
  table: FeatureTable,
  features: readonly string[],
  rows: readonly number[],
): readonly Float64Array[] => {
  const places = new Map(table.names.map((name, j) => [name, j]));
  const columns = features.map((feature) => table.columns[places.get(feature) ?? -1]);
  return rows.map((row) => Float64Array.from(columns, (column) => column?.[row] ?? Number.NaN));
};
