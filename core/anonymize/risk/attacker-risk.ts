import { sumOverClasses, type SizeTable } from './class-sizes.ts';
import { expectedMatchRisk } from './population-match.ts';

/** What an attacker of one kind can expect. */
export type AttackerRisk = {
  /** Share of the actors whose own risk exceeds the threshold (El Emam's Ra). */
  readonly atRisk: number;
  /** Risk of the actor who is easiest to find (Rb). */
  readonly highest: number;
  /** Share of the actors an attacker would find by trying all (Rc). */
  readonly average: number;
};

export type AttackerRisks = {
  readonly threshold: number;
  /** Knows that the person is in the table: 1 / class size. */
  readonly prosecutor: AttackerRisk;
  /** Wants to find anybody, and does not know who is in the table: 1 / size of the class in the population. */
  readonly journalist: AttackerRisk;
  /** Wants to find as many as possible. */
  readonly marketer: { readonly average: number };
  /** Share of the population that the table holds, as declared; null: the table counts as the population, the worst case. */
  readonly samplingFraction: number | null;
};

/**
 * Prosecutor, journalist and marketer risk (El Emam 2013; Dankar & El Emam 2010 for the marketer), as ARX defines them:
 * at risk is strictly more than the threshold; prosecutor Rc is classes / actors; journalist Rc is the larger of
 * classes / population and the mean over actors of 1 / F. Without a declared sampling fraction a class of the
 * population is that of the table, F = f. With one, 1 / F is estimated (see population-match.ts), the population by
 * actors / fraction. An empty table has no risk.
 */
export const attackerRisks = (table: SizeTable, threshold: number, samplingFraction: number | null): AttackerRisks => {
  const { rows, classCount } = table;
  const fraction = samplingFraction ?? 1;
  const risks = new Map(Array.from(table.sizes, (size) => [size, expectedMatchRisk(size, fraction)]));
  const match = (size: number): number => risks.get(size) ?? 0;
  const smallest = table.sizes[0] ?? 0;
  const share = (value: (size: number) => number): number => (rows === 0 ? 0 : sumOverClasses(table, value) / rows);
  const marketer = share((size) => size * match(size));
  return {
    threshold,
    prosecutor: {
      atRisk: share((size) => (1 / size > threshold ? size : 0)),
      highest: smallest === 0 ? 0 : 1 / smallest,
      average: rows === 0 ? 0 : classCount / rows,
    },
    journalist: {
      atRisk: share((size) => (match(size) > threshold ? size : 0)),
      highest: smallest === 0 ? 0 : match(smallest),
      average: Math.max(marketer, rows === 0 ? 0 : (classCount * fraction) / rows),
    },
    marketer: { average: marketer },
    samplingFraction,
  };
};

/** The smallest class size whose risk 1 / k does not exceed the threshold. */
export const leastClassSize = (threshold: number): number => {
  let k = Math.max(1, Math.floor(1 / threshold));
  while (1 / k > threshold) k++;
  return k;
};
