import { formatRational } from '../../math/rational.ts';
import { createNoiseSource } from '../../random/noise-source.ts';
import { systemRandom } from '../../random/index.ts';
import { lossEventToJson } from '../../release/accounting/index.ts';
import {
  forestOf,
  forestPlanText,
  parseForestFile,
  runPrivateForest,
  signForest,
  treesText,
  type ForestBody,
  type ForestPlan,
} from '../../release/private-forest/index.ts';
import { UNIT_OF_PRIVACY } from '../../release/release-file/index.ts';
import type { Case, LedgerEntry } from '../../store/index.ts';
import { loadRelease, storeRelease } from '../../store/ledger-answers.ts';
import { VERSION } from '../../version.ts';
import { NightjarError, throwIfCancelled } from '../errors.ts';
import type { Watch } from '../progress.ts';
import { openRequest, requireBudget, requireTwoPersons, type Approved } from '../release/approve.ts';
import type { ReviewerKey } from '../release/key-file.ts';
import { enter, enterSigned, ledgerState, requireReviewer } from '../release/ledger-acts.ts';
import { thisAccount } from '../release/person.ts';
import { answerTo } from '../release/question.ts';
import { inTurn } from '../release/turn.ts';
import { planOf, questionOf } from './plan.ts';
import { readRows } from './rows.ts';

/**
 * Approves a request for a forest with a reviewer's key: spends, then draws the noise, then stores the signed file. As with
 * `approveRelease`, what goes wrong before the debit costs nothing, and what goes wrong after it stays spent. Errors: those
 * of `approveRelease`; `usage` where the request is not for a forest.
 */
export const approveForest = (into: Case, request: string, key: ReviewerKey, watch: Watch = {}): Promise<Approved> =>
  inTurn(into, () => approve(into, request, key, watch));

const approve = async (into: Case, id: string, key: ReviewerKey, watch: Watch): Promise<Approved> => {
  const state = ledgerState(into);
  const request = openRequest(state, id);
  requireReviewer(state, key);
  const account = thisAccount();
  requireTwoPersons(state, request, account);
  const plan = planOf(request);
  const { rows, state: dataRead } = await readRows(into, plan.settings);
  const question = questionOf(plan, dataRead);
  const known = answerTo(state, question);
  if (known !== undefined) {
    const file = loadRelease(into.paths, known);
    enter(into, 'release.repeated', () => ({ request: id, sha256: known }));
    return { file, sha256: known, isRepeated: true };
  }
  throwIfCancelled(watch.signal);

  let entry: LedgerEntry | undefined;
  const debit = (planned: ForestPlan): void => {
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
    const forest = await runPrivateForest(plan, rows, source, (planned) => Promise.resolve(debit(planned)));
    if (entry === undefined) throw new NightjarError('internal', 'A forest was drawn before it was paid for.');
    const body: ForestBody = {
      kind: 'private-forest',
      request: id,
      releasedAt: entry.at,
      software: { name: 'nightjar', version: VERSION },
      caseId: into.id,
      unitOfPrivacy: { ...UNIT_OF_PRIVACY },
      epsilon: formatRational(request.epsilon),
      delta: formatRational(request.delta),
      ...forestPlanText(forest.plan),
      trees: treesText(forest),
      purpose: request.purpose,
      asker: request.asker,
      approver: account,
      reviewer: key.name,
      alone: account === request.asker,
      ledger: { seq: entry.seq, entry: entry.hash },
    };
    const file = signForest(body, key);
    forestOf(parseForestFile(file.toString('utf8'))); // what cannot be read back is not given out
    const sha256 = storeRelease(into.paths, file);
    enter(into, 'release.answered', () => ({ request: id, sha256 }));
    return { file, sha256, isRepeated: false };
  } finally {
    source.close();
  }
};
