import { compareRational, formatRational } from '../../math/rational.ts';
import { canonicalText, type JsonValue } from '../../release/keys/index.ts';
import { newIdentifier, type Case } from '../../store/index.ts';
import { loadRelease } from '../../store/ledger-answers.ts';
import { dataState } from '../../store/ledger-data-state.ts';
import { enter, ledgerState } from './ledger-acts.ts';
import type { ReleaseRequest } from './ledger-state.ts';
import { onOwnConnection } from './own-connection.ts';
import { thisAccount } from './person.ts';
import { answerTo, questionOf } from './question.ts';
import { readDelta, readPositive } from './settings.ts';

/** What is asked, and what it may cost. */
export type Budgeted = Pick<ReleaseRequest, 'query' | 'epsilon' | 'delta'>;

/** What asking takes to know of one kind of release. */
export type AskedKind<Plan> = {
  /** Whether the JSON of a request asks for this kind, well or badly. */
  readonly isAsked: (query: JsonValue) => boolean;
  /** The plan of a request: no data is needed. Errors: `usage`. */
  readonly planOf: (request: Budgeted) => Plan;
  /** What is asked: equal for equal questions, however they were written. Errors: `usage`. */
  readonly canonical: (query: JsonValue) => JsonValue;
  /** Errors: `usage` where the case lacks a column, or it may not leave; `input`. */
  readonly requireColumns: (connection: Case['connection'], plan: Plan) => Promise<unknown>;
};

/** The id of the request, or, where the same question was answered before, that answer. */
export type AskedOf<Plan> =
  | { readonly kind: 'pending'; readonly request: string; readonly plan: Plan }
  | { readonly kind: 'answered'; readonly sha256: string; readonly file: Buffer };

/**
 * Files a request for a reviewer to decide on; nothing is spent. A question that was answered before, on the same data and
 * at the same cost, has its answer again, without a request; one that this account has open already, for the same purpose,
 * is not filed twice.
 */
export const askWith = async <Plan>(
  kind: AskedKind<Plan>,
  into: Case,
  {
    query,
    purpose = '',
    ...cost
  }: {
    readonly query: JsonValue;
    readonly epsilon: string;
    readonly delta?: string | undefined;
    readonly purpose?: string | undefined;
  },
): Promise<AskedOf<Plan>> => {
  const epsilon = readPositive('epsilon', cost.epsilon);
  const delta = readDelta('delta', cost.delta ?? '0');
  const asked = { query, epsilon, delta };
  const plan = kind.planOf(asked);
  const state = await onOwnConnection(into, async (connection) => {
    await kind.requireColumns(connection, plan);
    return dataState(connection);
  });
  const sha256 = answerTo(ledgerState(into), questionOf(kind.canonical(query), asked, state));
  if (sha256 !== undefined) return { kind: 'answered', sha256, file: loadRelease(into.paths, sha256) };
  const filed = samePending(kind, into, purpose, asked);
  if (filed !== undefined) return { kind: 'pending', request: filed, plan };
  const request = newIdentifier();
  enter(into, 'release.requested', () => ({
    request,
    query,
    epsilon: formatRational(epsilon),
    delta: formatRational(delta),
    purpose,
    asker: thisAccount(),
  }));
  return { kind: 'pending', request, plan };
};

/** The id of an open request of this account that asks the very same, or undefined. */
const samePending = <Plan>(
  { isAsked, canonical }: AskedKind<Plan>,
  into: Case,
  purpose: string,
  { query, epsilon, delta }: Budgeted,
): string | undefined => {
  const account = thisAccount();
  const wanted = canonicalText(canonical(query));
  const same = [...ledgerState(into).requests.values()].find(
    (request) =>
      request.state === 'pending' &&
      request.asker === account &&
      request.purpose === purpose &&
      compareRational(request.epsilon, epsilon) === 0 &&
      compareRational(request.delta, delta) === 0 &&
      isAsked(request.query) &&
      canonicalText(canonical(request.query)) === wanted,
  );
  return same?.id;
};
