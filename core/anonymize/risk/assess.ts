import { NightjarError } from '../../api/errors.ts';
import type { Watch } from '../../api/progress.ts';
import { attackerRisks, type AttackerRisks } from './attacker-risk.ts';
import { sizeTable } from './class-sizes.ts';
import { contributions, type ColumnContribution, type PairContribution } from './contribution.ts';
import { kAnonymity, type KAnonymity } from './k-anonymity.ts';
import { lDiversity, type LDiversity } from './l-diversity.ts';
import { classSizes, partitionBy } from './partition.ts';
import type { QuasiColumn, SensitiveColumn } from './schema.ts';
import { rankSubsets, type SubsetRisk } from './separation.ts';
import { tCloseness, type TCloseness } from './t-closeness.ts';
import { uniqueness, type Uniqueness } from './uniqueness.ts';

export type RiskOptions = {
  /** Classes below k count as too small. */
  readonly k: number;
  /** A risk of one actor above this is too high. */
  readonly threshold: number;
  /** Share of the population that the table holds, where somebody knows; null otherwise. */
  readonly samplingFraction: number | null;
};

/** Counts and shares only: no value of any actor is in it. */
export type RiskAssessment = {
  readonly columns: readonly { readonly name: string; readonly values: number; readonly levels: readonly string[] }[];
  readonly kAnonymity: KAnonymity;
  readonly attackers: AttackerRisks;
  readonly uniqueness: Uniqueness;
  readonly sensitive: readonly {
    readonly name: string;
    readonly lDiversity: LDiversity;
    readonly tCloseness: TCloseness;
  }[];
  /** Largest separation first. */
  readonly subsets: readonly SubsetRisk[];
  readonly contributions: {
    readonly columns: readonly ColumnContribution[];
    readonly pairs: readonly PairContribution[];
  };
};

/**
 * Re-identification risk of a table of actors under a set of quasi-identifiers. Throws `usage` for no column or options
 * out of range, `cancelled`.
 */
export const assessRisk = async (
  columns: readonly QuasiColumn[],
  sensitive: readonly SensitiveColumn[],
  options: RiskOptions,
  watch: Watch = {},
): Promise<RiskAssessment> => {
  requireSound(columns, options);
  const rows = columns[0]?.codes.length ?? 0;
  const partition = partitionBy(
    rows,
    columns.map(({ codes, hierarchy }) => ({ codes, width: hierarchy.widths[0] ?? 1 })),
  );
  const table = sizeTable(classSizes(partition));
  const subsets = await rankSubsets(rows, columns, options.k, watch);
  return {
    columns: columns.map(({ name, hierarchy }) => ({
      name,
      values: hierarchy.widths[0] ?? 0,
      levels: hierarchy.names,
    })),
    kAnonymity: kAnonymity(table, options.k),
    attackers: attackerRisks(table, options.threshold, options.samplingFraction),
    uniqueness: uniqueness(table, options.samplingFraction),
    sensitive: sensitive.map((column) => ({
      name: column.name,
      lDiversity: lDiversity(partition, column),
      tCloseness: tCloseness(partition, column),
    })),
    subsets,
    contributions: contributions(subsets, columns.length),
  };
};

/** More columns than this make every table unique and the ranking slow. */
const MOST_COLUMNS = 16;

const requireSound = (columns: readonly QuasiColumn[], { k, threshold, samplingFraction }: RiskOptions): void => {
  if (columns.length === 0 || columns.length > MOST_COLUMNS) {
    throw wrong('--quasi', `Name 1 to ${MOST_COLUMNS} columns that somebody could know of a person.`);
  }
  if (!Number.isSafeInteger(k) || k < 2) throw wrong('--k', 'Give a whole number from 2.');
  if (!(threshold > 0 && threshold <= 1)) throw wrong('--threshold', 'Give a number above 0 and up to 1.');
  if (samplingFraction !== null && !(samplingFraction > 0 && samplingFraction <= 1)) {
    throw wrong('--sampling-fraction', 'Give a number above 0 and up to 1.');
  }
};

const wrong = (where: string, next: string): NightjarError =>
  new NightjarError('usage', 'The risk cannot be calculated like that.', { where, next });
