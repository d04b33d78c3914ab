import { halfWidth, odometer } from '../../release/accounting/index.ts';
import type { JsonValue } from '../../release/keys/index.ts';
import { parseForest, type ForestFile, type ForestSettings } from '../../release/private-forest/index.ts';
import type { ForestPlanData, ReleasedForest } from '../contract/privacy.ts';
import { FOREST } from '../private-forest/ask.ts';
import { amountOf } from '../release/amount.ts';
import type { LedgerState } from '../release/ledger-state.ts';
import { readDelta, readPositive } from '../release/settings.ts';
import { budgetAfter } from './budget-after.ts';
import { noiseWords } from './noise-words.ts';

type Budgeted = { readonly query: JsonValue; readonly epsilon: string; readonly delta: string };

/**
 * What a private forest is made of, what it costs, and how far off its counts are: from the settings, the cost and the
 * ledger. No row is read. Errors: `usage`.
 */
export const previewForest = (asked: Budgeted, state: LedgerState): ForestPlanData => {
  const { settings, noise, events, statements } = FOREST.planOf({
    query: asked.query,
    epsilon: readPositive('epsilon', asked.epsilon),
    delta: readDelta('delta', asked.delta),
  });
  return {
    ...madeOf(settings),
    leaves: settings.trees * 2 ** settings.depth,
    noise: noiseWords(noise),
    halfWidth: halfWidth(noise, 1 - LEVEL),
    level: LEVEL,
    statements: [...statements],
    cost: amountOf(odometer(events)),
    budget: budgetAfter(events, state),
  };
};

/** What the file of a forest says of it, without its trees. Errors: `usage` for settings that are none. */
export const forestShown = ({ forest }: ForestFile): ReleasedForest => {
  const { request, releasedAt, epsilon, delta, statements, purpose, asker, approver, reviewer, alone } = forest;
  const by = { purpose, asker, approver, reviewer, alone };
  return { ...madeOf(parseForest(forest.query)), request, releasedAt, epsilon, delta, statements, ...by };
};

/** Of the interval that is shown of a leaf: a forest asks for none. */
const LEVEL = 0.95;

const madeOf = ({ features, trees, depth, seed }: ForestSettings) => ({
  features: features.map(({ name, bounds }) => ({ name, bounds: [...bounds] })),
  trees,
  depth,
  seed,
});
