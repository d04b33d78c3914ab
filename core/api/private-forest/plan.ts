import { createHash } from 'node:crypto';

import { formatRational } from '../../math/rational.ts';
import { canonicalText, type JsonValue } from '../../release/keys/index.ts';
import { forestJson, parseForest, planPrivateForest, type ForestPlan } from '../../release/private-forest/index.ts';
import { lossOfBudget } from '../../release/release-file/index.ts';
import type { ReleaseRequest } from '../release/ledger-state.ts';

/** The plan of a request for a forest: no data is needed. Errors: `usage`. */
export const planOf = ({ query, epsilon, delta }: Pick<ReleaseRequest, 'query' | 'epsilon' | 'delta'>): ForestPlan =>
  planPrivateForest(parseForest(query), lossOfBudget(formatRational(epsilon), formatRational(delta)));

/** One SHA-256 per question: settings, what it may cost, and the state of the data. */
export const questionOf = ({ settings, cost }: ForestPlan, state: string): string => {
  const parts = { query: forestJson(settings), cost: costText(cost), dataState: state };
  return createHash('sha256').update(canonicalText(parts)).digest('hex');
};

const costText = (cost: ForestPlan['cost']): JsonValue =>
  Object.fromEntries(
    Object.entries(cost).map(([name, part]) => [name, typeof part === 'string' ? part : formatRational(part)]),
  );
