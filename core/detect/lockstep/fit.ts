import type { Random } from '../../random/index.ts';
import type { Interactions } from '../../table/interactions.ts';
import type { Matrix } from '../../table/table.ts';
import type { Beside } from '../detector.ts';
import { makePace } from '../pace.ts';
import type { Run, TwinGroup } from '../schema.ts';
import { measureCoAction } from './events/co-action.ts';
import { measureCompany } from './features/company.ts';
import { rankTable } from './features/rank-table.ts';
import { featureGroups } from './features/twin-groups.ts';
import { rowKey, rowsKey } from './row-key.ts';

/** What lockstep knows after a fit. It lives as long as the run: a saved model has the names alone. */
export type Lockstep = {
  readonly names: readonly string[];
  readonly found: Found | undefined;
};

export type Found = {
  readonly rows: number;
  /** `rowsKey` of the fitted table. */
  readonly key: number;
  /** One per fitted row. */
  readonly scores: Float64Array;
  readonly groups: readonly TwinGroup[];
  /** Per row that is in a group of near twins, by `rowKey`: what each feature adds to its score. */
  readonly reasons: ReadonlyMap<number, Float64Array>;
};

/** No null model of real tables and logs is good to smaller chances than 1 in 10^9. */
const MOST_DECADES = 9;

/**
 * Looks for near twins in the table and, where `beside` has interactions, for actors that act together. A score is
 * the decades of evidence, −log10 of the chance that a case of this size without lockstep holds any
 * actor as alike, plus a share of actors that are less close to others, in [0, 1), which orders those whom chance explains.
 */
export const fitLockstep = async (
  matrix: Matrix,
  random: Random,
  run: Run,
  { interactions }: Beside = {},
): Promise<Lockstep> => {
  const pace = makePace(run);
  const { rows, columns, names, values } = matrix;
  const table = await rankTable(matrix, pace);
  const company = await measureCompany(table, random, pace, MOST_DECADES);
  const twins = await featureGroups(table, names, company, pace);
  const together =
    interactions === undefined
      ? undefined
      : await measureCoAction(within(interactions, rows), rows, pace, MOST_DECADES);

  const looks = together === undefined ? 0 : Math.log10(2);
  const scores = company.decades.map((alike, i) => {
    const decades = Math.max(0, Math.max(alike, together?.decades[i] ?? 0) - looks);
    const closeness = (decades > 0 ? company.closeness : company.hint)[i] ?? 0;
    return decades + (together === undefined ? closeness : (closeness + (together.closeness[i] ?? 0)) / 2);
  });
  const reasons = new Map<number, Float64Array>();
  for (const { group, parts } of twins) {
    for (const row of group.members) {
      const decades = company.decades[row] ?? 0;
      reasons.set(
        rowKey(values, row * columns, columns),
        parts.map((part) => part * decades),
      );
    }
  }
  const groups = [...(together?.groups ?? []), ...twins.map(({ group }) => group)].sort(
    (a, b) => a.pValue - b.pValue || b.members.length - a.members.length,
  );
  return { names, found: { rows, key: rowsKey(values, rows, columns), scores, groups, reasons } };
};

/** The interactions of the fitted rows. */
const within = (interactions: Interactions, rows: number): Interactions => {
  if (interactions.actors.every((actor) => actor < rows)) return interactions;
  const keep = (_: number, e: number): boolean => (interactions.actors[e] ?? rows) < rows;
  return {
    actors: interactions.actors.filter(keep),
    objects: interactions.objects.filter(keep),
    seconds: interactions.seconds.filter(keep),
    objectCount: interactions.objectCount,
  };
};
