import { compareRational, formatRational, type Rational } from '../../math/rational.ts';
import { canonicalQuery, parseQuery, planRelease, type ReleasePlan, type ReleaseQuery } from '../../release/index.ts';
import type { JsonValue } from '../../release/keys/index.ts';
import { isForestJson } from '../../release/private-forest/index.ts';
import { lossOfBudget } from '../../release/release-file/index.ts';
import { newIdentifier, type Case } from '../../store/index.ts';
import { dataState } from '../../store/ledger-data-state.ts';
import { loadRelease } from '../../store/ledger-answers.ts';
import { requireReleaseColumns } from '../../store/release-rows.ts';
import { enter, ledgerState } from './ledger-acts.ts';
import type { ReleaseRequest } from './ledger-state.ts';
import { onOwnConnection } from './own-connection.ts';
import { thisAccount } from './person.ts';
import { answerTo, questionOf } from './question.ts';
import { readDelta, readPositive } from './settings.ts';

/** What an investigator asks for. */
export type ReleaseAsked = {
  /** JSON as in the user guide. */
  readonly query: JsonValue;
  /** Decimals. */
  readonly epsilon: string;
  readonly delta?: string | undefined;
  /** Why; it stays in the ledger and is written into the release. */
  readonly purpose?: string | undefined;
};

/** The id of the request, or, where the same question was answered before, that answer. */
export type Asked =
  | { readonly kind: 'pending'; readonly request: string; readonly plan: ReleasePlan }
  | { readonly kind: 'answered'; readonly sha256: string; readonly file: Buffer };

/**
 * Files a request for a release, for a reviewer to decide on; nothing is spent. A question that was answered before, on
 * the same data and at the same cost, has its answer again, without a request. Errors: `usage` for a query or a budget
 * that cannot be released.
 */
export const askRelease = async (into: Case, asked: ReleaseAsked): Promise<Asked> => {
  const epsilon = readPositive('epsilon', asked.epsilon);
  const delta = readDelta('delta', asked.delta ?? '0');
  const plan = planOf({ query: asked.query, epsilon, delta });
  const state = await onOwnConnection(into, async (connection) => {
    await requireReleaseColumns(connection, plan.query);
    return dataState(connection);
  });
  const question = questionOf(plan.query, epsilon, delta, state);
  const sha256 = answerTo(ledgerState(into), question);
  if (sha256 !== undefined) return { kind: 'answered', sha256, file: loadRelease(into.paths, sha256) };
  const pending = samePending(into, asked.purpose ?? '', { query: plan.query, epsilon, delta });
  if (pending !== undefined) return { kind: 'pending', request: pending, plan };
  const request = newIdentifier();
  enter(into, 'release.requested', () => ({
    request,
    query: asked.query,
    epsilon: formatRational(epsilon),
    delta: formatRational(delta),
    purpose: asked.purpose ?? '',
    asker: thisAccount(),
  }));
  return { kind: 'pending', request, plan };
};

/** The id of an open request of this account that asks the very same, or undefined. */
const samePending = (
  into: Case,
  purpose: string,
  { query, epsilon, delta }: { readonly query: ReleaseQuery; readonly epsilon: Rational; readonly delta: Rational },
): string | undefined => {
  const account = thisAccount();
  const same = [...ledgerState(into).requests.values()].find(
    (request) =>
      request.state === 'pending' &&
      request.asker === account &&
      request.purpose === purpose &&
      compareRational(request.epsilon, epsilon) === 0 &&
      compareRational(request.delta, delta) === 0 &&
      !isForestJson(request.query) &&
      canonicalQuery(parseQuery(request.query)) === canonicalQuery(query),
  );
  return same?.id;
};

/** The plan of a request: no data is needed. Errors: `usage`. */
export const planOf = ({ query, epsilon, delta }: Pick<ReleaseRequest, 'query' | 'epsilon' | 'delta'>): ReleasePlan =>
  planRelease(parseQuery(query), lossOfBudget(formatRational(epsilon), formatRational(delta)));
