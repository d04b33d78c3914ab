import { formatRational } from '../../math/rational.ts';
import type { JsonValue } from '../../release/keys/index.ts';
import { forestJson, isForestJson, parseForest, type ForestPlan } from '../../release/private-forest/index.ts';
import { newIdentifier, type Case } from '../../store/index.ts';
import { loadRelease } from '../../store/ledger-answers.ts';
import { dataState } from '../../store/ledger-data-state.ts';
import { enter, ledgerState } from '../release/ledger-acts.ts';
import { onOwnConnection } from '../release/own-connection.ts';
import { thisAccount } from '../release/person.ts';
import { answerTo } from '../release/question.ts';
import { readDelta, readPositive } from '../release/settings.ts';
import { planOf, questionOf } from './plan.ts';
import { requireFeatures } from './rows.ts';

/** What an investigator asks for: settings as `parseForest` reads them, and what they may cost, as decimals. */
export type ForestAsked = {
  readonly forest: JsonValue;
  readonly epsilon: string;
  readonly delta?: string | undefined;
  /** Why; it stays in the ledger and is written into the file. */
  readonly purpose?: string | undefined;
};

/** The id of the request, or, where the same forest was paid for before, that one. */
export type ForestAnswer =
  | { readonly kind: 'pending'; readonly request: string; readonly plan: ForestPlan }
  | { readonly kind: 'answered'; readonly sha256: string; readonly file: Buffer };

/**
 * Files a request for a private forest of the case's actors, for a reviewer to decide on; nothing is spent. The same
 * settings on the same data at the same cost have their answer again. Errors: `usage` for settings or a budget that cannot
 * be released and for features that may not leave; `input` where actors were not ranked yet.
 */
export const askForest = async (into: Case, asked: ForestAsked): Promise<ForestAnswer> => {
  const epsilon = readPositive('epsilon', asked.epsilon);
  const delta = readDelta('delta', asked.delta ?? '0');
  const query = forestJson(parseForest(asked.forest));
  const plan = planOf({ query, epsilon, delta });
  const state = await onOwnConnection(into, async (connection) => {
    await requireFeatures(connection, plan.settings);
    return dataState(connection);
  });
  const sha256 = answerTo(ledgerState(into), questionOf(plan, state));
  if (sha256 !== undefined) return { kind: 'answered', sha256, file: loadRelease(into.paths, sha256) };
  const filed = samePending(into, asked.purpose ?? '', plan);
  if (filed !== undefined) return { kind: 'pending', request: filed, plan };
  const request = newIdentifier();
  enter(into, 'release.requested', () => ({
    request,
    query,
    epsilon: formatRational(epsilon),
    delta: formatRational(delta),
    purpose: asked.purpose ?? '',
    asker: thisAccount(),
  }));
  return { kind: 'pending', request, plan };
};

/** The id of an open request of this account that asks the very same, or undefined. */
const samePending = (into: Case, purpose: string, plan: ForestPlan): string | undefined => {
  const account = thisAccount();
  const same = [...ledgerState(into).requests.values()].find((request) => {
    const isMine = request.state === 'pending' && request.asker === account && request.purpose === purpose;
    return isMine && isForestJson(request.query) && questionOf(planOf(request), '') === questionOf(plan, '');
  });
  return same?.id;
};
