import { throwIfCancelled } from '../api/errors.ts';
import type { Run, TwinGroup } from '../detect/schema.ts';
import { quantile } from '../math/quantile.ts';
import type { FeatureTable } from '../table/table.ts';
import { changeSentence } from './change-sentence.ts';
import { clauseOf } from './clause.ts';
import type { Deletion } from './deletion.ts';
import { reasonsOf, strongest, wordsIn, type ExplainOptions } from './explain-actors.ts';
import { peersOf, placeOf, type Peers } from './peers.ts';
import type { Explanation, FeatureWords, SmallestChange } from './schema.ts';
import { accountFor, rowValues, type Explained } from './shares.ts';
import { ORDINARY_BELOW, smallestChanges, type Change } from './smallest-change.ts';
import { summarySentence, type Company } from './summary.ts';
import { groupsByRow, toldTwins } from './twins.ts';

export type FullOptions = ExplainOptions & {
  /** As `peersOf` gives; to be kept between calls, since its columns are sorted once. */
  readonly peers?: Peers;
};

/** Actors whose changes are searched together. */
const CHUNK = 64;

/**
 * Reasons, one sentence and the smallest change that would make each actor ordinary, for the actors at `rows`. The change
 * needs a detection that can score changed rows; without one it is null, and for an actor that is alike to others: changing
 * one does not undo what many do. Ordinary is less odd than one in ten actors with evidence. Throws `cancelled`.
 */
export const explainInFull = async (
  table: FeatureTable,
  detection: Explained,
  dictionary: readonly FeatureWords[],
  options: FullOptions,
  run: Run = {},
): Promise<readonly Explanation[]> => {
  throwIfCancelled(run.signal);
  const { rows, pace } = options;
  if (rows.length === 0) return []; // an evaluation asks for none, and the peers' columns would be sorted all the same
  const { features } = detection;
  const peers = options.peers ?? peersOf(table, detection.evidence, dictionary);
  const wordsOf = wordsIn(dictionary);
  const { shares, deletions } = await accountFor(table, detection, peers, rows, run, pace);
  const reasons = await reasonsOf(table, detection, shares, dictionary, options, peers);
  const changes = await changesOf(table, detection, peers, rows, deletions, run, pace);
  const groupOf = groupsByRow(detection.groups);
  const companyOf = ({ members, basis }: TwinGroup, row: number): Company => ({
    others: members.length - 1,
    basis,
    isStrongest: (detection.alike?.[row] ?? 0) > (detection.odd[row] ?? 0),
  });
  return rows.map((row, k): Explanation => {
    const order = strongest(shares.subarray(k * features.length, (k + 1) * features.length));
    const named = order.slice(0, LOOKED_AT).map((j) => features[j] ?? '');
    const clauses = named.flatMap((feature) => {
      const value = table.columns[table.names.indexOf(feature)]?.[row] ?? Number.NaN;
      const column = peers.column(feature);
      return clauseOf(wordsOf(feature), value, column, placeOf(column, value, peers.isPeer(row))) ?? [];
    });
    const change = changes[k] ?? null;
    const own = groupOf(row);
    return {
      reasons: reasons[k] ?? [],
      summary: summarySentence(clauses, named, own === undefined ? undefined : companyOf(own, row)),
      twins: own === undefined ? null : toldTwins(own, row),
      smallestChange:
        change === null || own !== undefined ? null : toldChange(change, row, table, features, peers, wordsOf),
    };
  });
};

/** Strongest features a summary may be made of. */
const LOOKED_AT = 5;

const changesOf = async (
  table: FeatureTable,
  detection: Explained,
  peers: Peers,
  rows: readonly number[],
  deletions: readonly Deletion[] | undefined,
  run: Run,
  pace?: () => Promise<void>,
): Promise<readonly (Change | null)[]> => {
  const { rescore, features } = detection;
  if (rescore === undefined || deletions === undefined) return rows.map(() => null);
  const target = ordinaryBelow(detection, peers);
  const columns = features.map((feature) => peers.column(feature));
  const found: (Change | null)[] = [];
  for (let from = 0; from < rows.length; from += CHUNK) {
    const own = rows.slice(from, from + CHUNK);
    const values = rowValues(table, features, own);
    const part = deletions.slice(from, from + CHUNK);
    const changes = await smallestChanges({ rows: values, deletions: part, columns, target, rescore }, run);
    found.push(...changes.map((change, k) => ((detection.alike?.[own[k] ?? 0] ?? 0) < target ? change : null)));
    await pace?.();
  }
  return found;
};

/** The score below which an actor is ordinary: looked for once as long as the scores and the peers are the same. */
const ordinaryBelow = ({ odd }: Pick<Explained, 'odd'>, peers: Peers): number => {
  const before = borders.get(peers);
  if (before?.odd === odd) return before.border;
  const border = quantile(
    Float64Array.from(peers.rows, (row) => odd[row] ?? 0),
    ORDINARY_BELOW,
  );
  borders.set(peers, { odd, border });
  return border;
};

const borders = new WeakMap<Peers, { readonly odd: Float64Array; readonly border: number }>();

const toldChange = (
  change: Change,
  row: number,
  table: FeatureTable,
  features: readonly string[],
  peers: Peers,
  wordsOf: (feature: string) => FeatureWords,
): SmallestChange => {
  const changes = change.moves.map(({ column, to }) => {
    const feature = features[column] ?? '';
    const value = table.columns[table.names.indexOf(feature)]?.[row] ?? Number.NaN;
    const isCategory = peers.column(feature).levels > 0;
    return { feature, from: Number.isNaN(value) ? null : value, to, words: wordsOf(feature), isCategory };
  });
  return {
    changes: changes.map(({ feature, from, to }) => ({ feature, from, to })),
    score: change.score,
    sentence: changeSentence(changes),
  };
};
