import { formatRational } from '../../math/rational.ts';
import type { JsonValue } from '../../release/keys/index.ts';
import {
  forestJson,
  isForestJson,
  parseForest,
  planPrivateForest,
  type ForestPlan,
} from '../../release/private-forest/index.ts';
import { lossOfBudget } from '../../release/release-file/index.ts';
import type { Case } from '../../store/index.ts';
import type { ReleaseAsked } from '../release/ask.ts';
import { askWith, type AskedKind, type AskedOf } from '../release/ask-with.ts';
import { requireFeatures } from './rows.ts';

/** What an investigator asks for: settings as `parseForest` reads them, and what they may cost, as decimals. */
export type ForestAsked = Omit<ReleaseAsked, 'query'> & { readonly forest: JsonValue };

/** The id of the request, or, where the same forest was paid for before, that one. */
export type ForestAnswer = AskedOf<ForestPlan>;

/**
 * Files a request for a private forest of the case's actors, as `askWith` says, with all of its settings, the ones that
 * were left out too. Errors: `usage` for settings or a budget that cannot be released and for features that may not leave;
 * `input` where actors were not ranked yet.
 */
export const askForest = async (into: Case, { forest, ...rest }: ForestAsked): Promise<ForestAnswer> =>
  askWith(FOREST, into, { ...rest, query: FOREST.canonical(forest) });

/** Private forests, as they are asked for. */
export const FOREST: AskedKind<ForestPlan> = {
  isAsked: isForestJson,
  planOf: ({ query, epsilon, delta }) =>
    planPrivateForest(parseForest(query), lossOfBudget(formatRational(epsilon), formatRational(delta))),
  canonical: (query) => forestJson(parseForest(query)),
  requireColumns: (connection, { settings }) => requireFeatures(connection, settings),
};
