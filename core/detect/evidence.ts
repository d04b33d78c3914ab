import type { FeatureTable } from '../table/table.ts';

/** Actors with evidence below which the reader is warned that ranks mean little. */
const FEW_ACTORS = 8;

export type Peers = {
  /** All rows of the table, those compared with each other first. */
  readonly rows: readonly number[];
  /** How many of `rows`, from the first, are the peers. */
  readonly peers: number;
  readonly hasEvidence: (row: number) => boolean;
  readonly warnings: readonly string[];
};

/**
 * Splits a table by evidence: the rows with at least `minEvents` events come first, so that they
 * are one piece of every matrix. When fewer than two have it, all are peers and none
 * counts as having evidence.
 */
export const peersFirst = (table: FeatureTable, minEvents: number): Peers => {
  const hasEnough = (row: number): boolean => (table.events[row] ?? 0) >= minEvents;
  const all = table.actors.map((_, i) => i);
  const enough = all.filter(hasEnough);
  const few = `Only ${enough.length} of ${all.length} actors have at least ${minEvents} events`;
  if (enough.length < 2) {
    const warnings = [`${few}: all were compared, and none counts as having enough evidence.`];
    return { rows: all, peers: all.length, hasEvidence: () => false, warnings };
  }
  const rows = [...enough, ...all.filter((row) => !hasEnough(row))];
  const warnings = enough.length < FEW_ACTORS ? [`${few}: ranks among so few say little.`] : [];
  return { rows, peers: enough.length, hasEvidence: hasEnough, warnings };
};
