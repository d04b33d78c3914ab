import { createNoiseSource } from '../../random/noise-source.ts';
import { systemRandom } from '../../random/index.ts';
import { lossEventToJson, odometer, requireWithinLimit } from '../../release/accounting/index.ts';
import { runRelease, type ReleasePlan } from '../../release/index.ts';
import { parseRelease, signRelease } from '../../release/release-file/index.ts';
import type { Case, LedgerEntry } from '../../store/index.ts';
import { loadRelease, removeUnnamedReleases, storeRelease } from '../../store/ledger-answers.ts';
import { dataState } from '../../store/ledger-data-state.ts';
import { readReleaseRows } from '../../store/release-rows.ts';
import { NightjarError, throwIfCancelled } from '../errors.ts';
import type { Watch } from '../progress.ts';
import { planOf } from './ask.ts';
import type { ReviewerKey } from './key-file.ts';
import { enter, enterSigned, ledgerState, requireReviewer } from './ledger-acts.ts';
import { spentLosses, type LedgerState, type ReleaseRequest } from './ledger-state.ts';
import { onOwnConnection } from './own-connection.ts';
import { thisAccount } from './person.ts';
import { answerTo, questionOf } from './question.ts';
import { releaseBody } from './release-body.ts';
import { inTurn } from './turn.ts';

/** A release file, and whether it cost nothing because the question had an answer already. */
export type Approved = { readonly file: Buffer; readonly sha256: string; readonly isRepeated: boolean };

/**
 * Approves a request with a reviewer's key: spends, then draws the noise, then stores the signed answer. What goes wrong
 * before the debit costs nothing and leaves the request open; what goes wrong after it stays spent, and the same question
 * costs anew. Errors: `usage` (no such open request, key not enrolled, no limit, limit reached, one person where two are
 * demanded), those of reading rows and of drawing, `disk-full`.
 */
export const approveRelease = (into: Case, request: string, key: ReviewerKey, watch: Watch = {}): Promise<Approved> =>
  inTurn(into, () => approve(into, request, key, watch));

const approve = async (into: Case, id: string, key: ReviewerKey, watch: Watch): Promise<Approved> => {
  const state = ledgerState(into);
  const request = openRequest(state, id);
  requireReviewer(state, key);
  const account = thisAccount();
  requireTwoPersons(state, request, account);
  const plan = planOf(request);
  removeUnnamedReleases(into.paths, answersOf(state));

  const { rows, state: dataRead } = await readRows(into, plan);
  const question = questionOf(plan.query, request.epsilon, request.delta, dataRead);
  const sha256 = answerTo(state, question);
  if (sha256 !== undefined) {
    const file = loadRelease(into.paths, sha256);
    enter(into, 'release.repeated', () => ({ request: id, sha256 }));
    return { file, sha256, isRepeated: true };
  }
  throwIfCancelled(watch.signal);

  let entry: LedgerEntry | undefined;
  const debit = (planned: ReleasePlan): void => {
    entry = enterSigned(into, 'release.debited', key, (current) => {
      openRequest(current, id);
      requireReviewer(current, key);
      requireTwoPersons(current, request, account);
      requireBudget(current, planned);
      return {
        request: id,
        question,
        losses: planned.events.map(lossEventToJson),
        approver: account,
        alone: account === request.asker,
      };
    });
  };
  const source = createNoiseSource(systemRandom);
  try {
    const release = await runRelease(plan, rows, source, (planned) => Promise.resolve(debit(planned)));
    if (entry === undefined) throw new NightjarError('internal', 'A release was drawn before it was paid for.');
    const file = signRelease(
      releaseBody({ caseId: into.id, request, release, entry, account, reviewer: key.name }),
      key,
    );
    parseRelease(file.toString('utf8')); // what cannot be read back is not given out
    const stored = storeRelease(into.paths, file);
    enter(into, 'release.answered', () => ({ request: id, sha256: stored }));
    return { file, sha256: stored, isRepeated: false };
  } finally {
    source.close();
  }
};

/** Refuses a request, with a reason that stays in the ledger. Errors: `usage`. */
export const refuseRelease = (into: Case, id: string, reason: string, key: ReviewerKey): void =>
  void enterSigned(into, 'release.refused', key, (state) => {
    openRequest(state, id);
    requireReviewer(state, key);
    return { request: id, reason };
  });

/** A request that nobody has decided on. Throws `usage`. */
export const openRequest = ({ requests }: LedgerState, id: string): ReleaseRequest => {
  const request = requests.get(id);
  if (request?.state === 'pending') return request;
  const message = request === undefined ? 'There is no such request.' : 'The request has been decided on already.';
  throw new NightjarError('usage', message, { next: 'See `nightjar release requests --case DIR`.' });
};

/** Throws `usage` where the limit is missing, or a plan would break it. */
export const requireBudget = (state: LedgerState, plan: Pick<ReleasePlan, 'events'>): void => {
  if (state.limit === undefined) {
    const next = 'Have a reviewer set one: `nightjar ledger --case DIR --limit EPSILON --key FILE`.';
    throw new NightjarError('usage', 'The case has no limit, and nothing is released without one.', { next });
  }
  requireWithinLimit(state.limit, odometer(spentLosses(state)), plan.events);
};

export const requireTwoPersons = (state: LedgerState, { asker }: ReleaseRequest, account: string): void => {
  if (!state.twoPersons || asker !== account) return;
  throw new NightjarError('usage', 'Who asked cannot approve: this case demands two persons.', {
    next: 'Have the reviewer approve it from an account of their own.',
  });
};

const answersOf = ({ requests }: LedgerState): ReadonlySet<string> =>
  new Set([...requests.values()].flatMap(({ answer }) => answer ?? []));

/** The rows of a query, and the state of the data that they are of. */
const readRows = (into: Case, { query }: ReleasePlan) =>
  onOwnConnection(into, async (connection) => {
    const before = await dataState(connection);
    const rows = await readReleaseRows(connection, query);
    const state = await dataState(connection);
    if (state === before) return { rows, state };
    const message = 'The data changed while they were read; nothing was spent.';
    throw new NightjarError('input', message, { next: 'Wait for the import or the run to end, then approve again.' });
  });
