import { createNoiseSource, type NoiseSource } from '../../random/noise-source.ts';
import { systemRandom, type SecureRandom } from '../../random/index.ts';
import { lossEventToJson, type LossEvent } from '../../release/accounting/index.ts';
import type { Case, LedgerEntry } from '../../store/index.ts';
import { loadRelease, removeUnnamedReleases, storeRelease } from '../../store/ledger-answers.ts';
import { NightjarError, throwIfCancelled } from '../errors.ts';
import type { Watch } from '../progress.ts';
import type { AskedKind } from './ask-with.ts';
import type { Paid } from './common-body.ts';
import type { ReviewerKey } from './key-file.ts';
import { enter, enterSigned, ledgerState, requireReviewer } from './ledger-acts.ts';
import type { LedgerState, ReleaseRequest } from './ledger-state.ts';
import { thisAccount } from './person.ts';
import { answerTo, questionOf } from './question.ts';
import { readAtRest } from './read-at-rest.ts';
import { openRequest, requireBudget, requireTwoPersons } from './requirements.ts';
import { inTurn } from './turn.ts';

/** What approving takes to know of one kind of release. */
export type ApprovedKind<Plan extends Planned, Rows, Drawn> = AskedKind<Plan> & {
  readonly readRows: (connection: Case['connection'], plan: Plan) => Promise<Rows>;
  /** Draws nothing before `debit` has resolved, which it calls with the very plan that it runs. */
  readonly run: (plan: Plan, rows: Rows, source: NoiseSource, debit: (plan: Plan) => Promise<void>) => Promise<Drawn>;
  /** The signed file. What could not be read back is not given out: then it throws. */
  readonly sign: (drawn: Drawn, paid: Paid, key: ReviewerKey) => Buffer;
};

type Planned = { readonly events: readonly LossEvent[] };

/** A release file, and whether it cost nothing because the question had an answer already. */
export type Approved = { readonly file: Buffer; readonly sha256: string; readonly isRepeated: boolean };

/**
 * Approves a request with a reviewer's key: spends, then draws the noise, then stores the signed answer. What goes wrong
 * before the debit costs nothing and leaves the request open; what goes wrong after it stays spent, and the same question
 * costs anew. Errors: `usage` (no such open request, key not enrolled, no limit, limit reached, one person where two are
 * demanded), those of reading rows and of drawing, `disk-full`.
 */
export const approveWith = <Plan extends Planned, Rows, Drawn>(
  kind: ApprovedKind<Plan, Rows, Drawn>,
  into: Case,
  request: string,
  key: ReviewerKey,
  watch: Watch,
): Promise<Approved> => inTurn(into, () => approve(kind, into, request, key, watch));

const approve = async <Plan extends Planned, Rows, Drawn>(
  kind: ApprovedKind<Plan, Rows, Drawn>,
  into: Case,
  id: string,
  key: ReviewerKey,
  watch: Watch,
): Promise<Approved> => {
  const account = thisAccount();
  /** Required at first, and again of the state that an entry changes: others act while rows are read. */
  const requireAll = (current: LedgerState): ReleaseRequest => {
    const found = openRequest(current, id);
    requireReviewer(current, key);
    requireTwoPersons(current, found, account);
    return found;
  };
  const state = ledgerState(into);
  const request = requireAll(state);
  const plan = kind.planOf(request);
  removeUnnamedReleases(into.paths, answersOf(state));

  const { rows, dataState } = await readAtRest(into, (connection) => kind.readRows(connection, plan));
  const question = questionOf(kind.canonical(request.query), request, dataState);
  const known = answerTo(state, question);
  if (known !== undefined) {
    const file = loadRelease(into.paths, known);
    enter(into, 'release.repeated', (current) => ({ request: requireAll(current).id, sha256: known }));
    return { file, sha256: known, isRepeated: true };
  }
  throwIfCancelled(watch.signal);

  let entry: LedgerEntry | undefined;
  /** On disk when it returns; before that, no noise can be drawn. */
  const debit = (planned: Plan): void => {
    entry = enterSigned(into, 'release.debited', key, (current) => {
      requireAll(current);
      requireBudget(current, planned);
      const losses = planned.events.map(lossEventToJson);
      return { request: id, question, losses, approver: account, alone: account === request.asker };
    });
  };
  const source = createNoiseSource(randomOncePaid(() => entry !== undefined));
  try {
    const drawn = await kind.run(plan, rows, source, async (planned) => debit(planned));
    if (entry === undefined) throw new NightjarError('internal', 'A release was made before it was paid for.');
    const file = kind.sign(drawn, { caseId: into.id, request, entry, account, reviewer: key.name }, key);
    const sha256 = storeRelease(into.paths, file);
    enter(into, 'release.answered', () => ({ request: id, sha256 }));
    return { file, sha256, isRepeated: false };
  } finally {
    source.close();
  }
};

/** The system's generator, which gives no byte before there is a debit. */
const randomOncePaid = (isPaid: () => boolean): SecureRandom => ({
  kind: 'secure',
  bytes: (length) => {
    if (isPaid()) return systemRandom.bytes(length);
    throw new NightjarError('internal', 'Noise was asked for before it was paid for.');
  },
});

const answersOf = ({ requests }: LedgerState): ReadonlySet<string> =>
  new Set([...requests.values()].flatMap(({ answer }) => answer ?? []));
