import { throwIfCancelled } from '../api/errors.ts';
import type { Detection, Run } from '../detect/schema.ts';
import type { FeatureTable } from '../table/table.ts';
import { contributions } from './contributions.ts';
import { peerColumn, placeOf, type PeerColumn } from './peers.ts';
import type { FeatureWords, Reason } from './schema.ts';
import { reasonSentence } from './sentence.ts';

export type ExplainOptions = {
  /** Rows of the table to explain, such as the first of `detection.order`. */
  readonly rows: readonly number[];
  /** Reasons per actor; default 5. Features that account for nothing are never listed. */
  readonly reasons?: number;
  /** Awaited after each row: lets others have their turn, and may throw. */
  readonly pace?: () => Promise<void>;
};

export const DEFAULT_REASONS = 5;

/**
 * The reasons of the actors at `rows`, one list per row, strongest first. Values and what is typical
 * are in the units of the table; peers are the actors with evidence (all, where none has). A feature
 * without an entry in the dictionary is called by its name. Throws `cancelled`.
 */
export const explainActors = async (
  table: FeatureTable,
  detection: Detection,
  dictionary: readonly FeatureWords[],
  options: ExplainOptions,
  run: Run = {},
): Promise<readonly (readonly Reason[])[]> => {
  throwIfCancelled(run.signal);
  const shares = await contributions(detection, options.rows, run);
  return reasonsOf(table, detection, shares, dictionary, options);
};

/**
 * As `explainActors`, of shares that are known already: one per row of `options.rows` and name of `detection.features`,
 * row by row. The table needs no more columns than those that get into the reasons.
 */
export const reasonsOf = async (
  table: FeatureTable,
  detection: Pick<Detection, 'features' | 'evidence'>,
  shares: Float64Array,
  dictionary: readonly FeatureWords[],
  options: ExplainOptions,
): Promise<readonly (readonly Reason[])[]> => {
  const { rows } = options;
  const { features, evidence } = detection;
  const all = table.actors.map((_, i) => i);
  const withEvidence = all.filter((row) => evidence[row] === 'ok');
  const peers = withEvidence.length > 0 ? withEvidence : all;
  const isPeer = (row: number): boolean => withEvidence.length === 0 || evidence[row] === 'ok';
  const words = new Map(dictionary.map((entry) => [entry.name, entry]));
  const columns = new Map<string, PeerColumn>();

  const reasonOf = (row: number, feature: string, contribution: number): Reason => {
    const values = table.columns[table.names.indexOf(feature)] ?? new Float64Array(0);
    const column = columns.get(feature) ?? peerColumn(values, peers);
    columns.set(feature, column);
    const value = values[row] ?? Number.NaN;
    const place = placeOf(column, value, isPeer(row));
    const known = column.sorted.length > 0;
    const entry = words.get(feature) ?? { name: feature, sentence: feature, unit: '' };
    return {
      feature,
      value: Number.isNaN(value) ? null : value,
      typical: known ? column.median : null,
      typicalRange: known ? column.range : null,
      percentile: Number.isNaN(value) || !known ? null : place.percentile,
      contribution,
      sentence: reasonSentence(entry, value, column, place),
    };
  };

  const reasons: Reason[][] = [];
  for (const [k, row] of rows.entries()) {
    const own = shares.subarray(k * features.length, (k + 1) * features.length);
    reasons.push(
      features
        .map((feature, j) => ({ feature, contribution: own[j] ?? 0 }))
        .filter(({ contribution }) => contribution > 0)
        .sort((a, b) => b.contribution - a.contribution)
        .slice(0, options.reasons ?? DEFAULT_REASONS)
        .map(({ feature, contribution }) => reasonOf(row, feature, contribution)),
    );
    await options.pace?.();
  }
  return reasons;
};
