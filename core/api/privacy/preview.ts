import { formatRational } from '../../math/rational.ts';
import { odometer } from '../../release/accounting/index.ts';
import { expectedErrorOf, type PublicNumbers, type ReleasePlan } from '../../release/index.ts';
import type { JsonValue } from '../../release/keys/index.ts';
import { lossOfBudget } from '../../release/release-file/index.ts';
import type { ReleasePlanData } from '../contract/privacy.ts';
import { planOf } from '../release/index.ts';
import type { LedgerState } from '../release/ledger-state.ts';
import { readDelta, readPositive } from '../release/settings.ts';
import { amountOf } from '../release/amount.ts';
import { budgetAfter } from './budget-after.ts';
import { firstGroups } from './declared-groups.ts';
import { errorParts } from './error-parts.ts';
import { noiseWords } from './noise-words.ts';
import { unitOf } from './units.ts';

type Budgeted = { readonly query: JsonValue; readonly epsilon: string; readonly delta: string };

/**
 * What a release would show and cost, and how far off it would be: from the query, the cost, the ledger, and `numbers` that
 * are public or released already. No row is read, so nothing here can tell anything of one. Errors: `usage`.
 */
export const previewRelease = (
  asked: Budgeted,
  state: LedgerState,
  numbers: (plan: ReleasePlan) => PublicNumbers = () => ({}),
): ReleasePlanData => {
  const plan = planOf({
    query: asked.query,
    epsilon: readPositive('epsilon', asked.epsilon),
    delta: readDelta('delta', asked.delta),
  });
  const { query, selection } = plan;
  const known = numbers(plan);
  const error = expectedErrorOf(plan, known);
  return {
    groups: plan.groups ?? null,
    keys: query.by.map(({ column }) => column),
    preview: firstGroups(query.by, MOST_SHOWN),
    level: query.level,
    statistics: plan.statistics.map(({ name, meaning, reach, noise }) => ({
      name,
      meaning,
      coordinates: reach.coordinates,
      sensitivity: formatRational(reach.sensitivity),
      noise: noiseWords(noise),
    })),
    threshold: selection?.noise.bound ?? boundOf(plan),
    statements: [...plan.statements],
    unit: unitOf(query),
    halfWidth: error.halfWidth ?? null,
    error: errorParts(plan, error),
    curve: curveOf(plan, asked.delta, known),
    cost: amountOf(odometer(plan.events)),
    budget: budgetAfter(plan.events, state),
  };
};

const MOST_SHOWN = 200;

const CURVE_POINTS = 31;

/** ε from 0.01 to 10, evenly by its logarithm; a point where the width of the interval can be told. */
const curveOf = ({ query }: ReleasePlan, delta: string, numbers: PublicNumbers): ReleasePlanData['curve'] =>
  Array.from({ length: CURVE_POINTS }, (_, i) => 10 ** (-2 + (3 * i) / (CURVE_POINTS - 1))).flatMap((x) => {
    const epsilon = Number(x.toPrecision(3));
    const { halfWidth } = expectedErrorOf({ query, cost: lossOfBudget(String(epsilon), delta) }, numbers);
    return halfWidth === undefined ? [] : [{ epsilon, halfWidth }];
  });

const boundOf = ({ statistics }: ReleasePlan): number | null => {
  const noise = statistics[0]?.noise;
  return noise?.kind === 'truncated-laplace' ? noise.bound : null;
};
