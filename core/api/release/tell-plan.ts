import { formatRational } from '../../math/rational.ts';
import { lossEventToJson, odometer, type LossEventJson } from '../../release/accounting/index.ts';
import { expectedErrorOf, type QueryError } from '../../release/index.ts';
import type { JsonValue } from '../../release/keys/index.ts';
import { NightjarError } from '../errors.ts';
import { planOf } from './ask.ts';
import { readDelta, readPositive } from './settings.ts';

/** What can be said of a release before it is asked for. */
export type ToldPlan = {
  /** Sums of the runs of its mechanisms, as exact decimals; epsilon is null where only zCDP counts. */
  readonly cost: { readonly epsilon: string | null; readonly rho: string; readonly delta: string };
  readonly losses: readonly LossEventJson[];
  /** Groups that will be released; null where the data decide. */
  readonly groups: number | null;
  readonly error: QueryError;
  readonly statements: readonly string[];
};

/**
 * Cost, error and statements of a release, from the query, its cost and a size of groups that the user assumes: nothing is
 * asked, nothing is spent, and no case is read. Errors: `usage`.
 */
export const tellPlan = (asked: {
  readonly query: JsonValue;
  readonly epsilon: string;
  readonly delta?: string | undefined;
  readonly groupSize?: string | undefined;
}): ToldPlan => {
  const epsilon = readPositive('epsilon', asked.epsilon);
  const plan = planOf({ query: asked.query, epsilon, delta: readDelta('delta', asked.delta ?? '0') });
  const sums = odometer(plan.events);
  return {
    cost: {
      epsilon: sums.epsilon === undefined ? null : formatRational(sums.epsilon),
      rho: formatRational(sums.rho),
      delta: formatRational(sums.delta),
    },
    losses: plan.events.map(lossEventToJson),
    groups: plan.groups ?? null,
    error: expectedErrorOf(plan, { groupSize: readSize(asked.groupSize) }),
    statements: plan.statements,
  };
};

const readSize = (size: string | undefined): number | undefined => {
  if (size === undefined || /^[1-9]\d{0,11}$/u.test(size)) return size === undefined ? undefined : Number(size);
  throw new NightjarError('usage', 'A size of groups is out of range.', {
    where: 'group-size',
    next: 'Give a whole number from 1 up.',
  });
};
