import { throwIfCancelled } from '../api/errors.ts';
import type { Detection, Run } from '../detect/schema.ts';
import type { FeatureTable } from '../table/table.ts';
import { peersOf, placeOf, type PeerColumn, type Peers } from './peers.ts';
import type { FeatureWords, Reason } from './schema.ts';
import { reasonSentence } from './sentence.ts';
import { accountFor, type Explained } from './shares.ts';

export type ExplainOptions = {
  /** Rows of the table to explain, such as the first of `detection.order`. */
  readonly rows: readonly number[];
  /** Reasons per actor; default 5. Features that account for nothing are never listed. */
  readonly reasons?: number;
  /** Awaited after each row: lets others have their turn, and may throw. */
  readonly pace?: () => Promise<void>;
  /**
   * What a detector of joint patterns expects of each row: one value per row and name of `detection.features`, row by row,
   * in the units of the table, NaN where it expects nothing in particular.
   */
  readonly expected?: Float64Array;
};

const DEFAULT_REASONS = 5;

/**
 * The reasons of the actors at `rows`, one list per row, strongest first. Values and what is typical
 * are in the units of the table; peers are the actors with evidence (all, where none has). A feature
 * without an entry in the dictionary is called by its name. Throws `cancelled`.
 */
export const explainActors = async (
  table: FeatureTable,
  detection: Explained,
  dictionary: readonly FeatureWords[],
  options: ExplainOptions,
  run: Run = {},
): Promise<readonly (readonly Reason[])[]> => {
  throwIfCancelled(run.signal);
  const peers = peersOf(table, detection.evidence, dictionary);
  const { shares } = await accountFor(table, detection, peers, options.rows, run, options.pace);
  return reasonsOf(table, detection, shares, dictionary, options, peers);
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
  peers: Peers = peersOf(table, detection.evidence, dictionary),
): Promise<readonly (readonly Reason[])[]> => {
  const { rows, expected } = options;
  const { features } = detection;
  const wordsOf = wordsIn(dictionary);

  const reasonOf = (k: number, j: number, contribution: number): Reason => {
    const feature = features[j] ?? '';
    const row = rows[k] ?? 0;
    const column = peers.column(feature);
    const value = table.columns[table.names.indexOf(feature)]?.[row] ?? Number.NaN;
    const place = placeOf(column, value, peers.isPeer(row));
    const isNumber = column.levels === 0;
    const known = column.sorted.length > 0 && isNumber;
    const awaited = isNumber ? within(column, expected?.[k * features.length + j]) : undefined;
    return {
      feature,
      value: Number.isNaN(value) || !isNumber ? null : value,
      typical: known ? column.median : null,
      typicalRange: known ? column.range : null,
      percentile: Number.isNaN(value) || !known ? null : place.percentile,
      contribution,
      ...(awaited === undefined ? {} : { expected: awaited }),
      sentence: reasonSentence(wordsOf(feature), value, column, place, awaited),
    };
  };

  const reasons: Reason[][] = [];
  for (const k of rows.keys()) {
    const own = shares.subarray(k * features.length, (k + 1) * features.length);
    reasons.push(
      strongest(own)
        .slice(0, options.reasons ?? DEFAULT_REASONS)
        .map((j) => reasonOf(k, j, own[j] ?? 0)),
    );
    await options.pace?.();
  }
  return reasons;
};

/** An expectation, not beyond what any peer has: a network knows no whole numbers and no zero. */
const within = ({ sorted }: PeerColumn, value: number | undefined): number | undefined => {
  if (value === undefined || !Number.isFinite(value) || sorted.length === 0) return undefined;
  return Math.min(sorted.at(-1) ?? value, Math.max(sorted[0] ?? value, value));
};

/** Columns with a share, the largest first. */
export const strongest = (shares: Float64Array): number[] =>
  [...shares.keys()].filter((j) => (shares[j] ?? 0) > 0).sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0) || a - b);

/** The words for a feature; one without an entry is called by its name. */
export const wordsIn = (dictionary: readonly FeatureWords[]): ((feature: string) => FeatureWords) => {
  const words = new Map(dictionary.map((entry) => [entry.name, entry]));
  return (feature) => words.get(feature) ?? { name: feature, sentence: feature, unit: '' };
};
