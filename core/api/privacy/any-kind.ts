import type { JsonValue } from '../../release/keys/index.ts';
import { isForestJson } from '../../release/private-forest/index.ts';
import type { Case } from '../../store/index.ts';
import { approveForest } from '../private-forest/approve.ts';
import { askForest } from '../private-forest/ask.ts';
import type { Watch } from '../progress.ts';
import { approveRelease, askRelease, type Approved, type ReviewerKey } from '../release/index.ts';
import { ledgerState } from '../release/ledger-acts.ts';
import { approveCoverage, askCoverageQuery, isCoverageJson } from '../rule-coverage/index.ts';

type AskedAny = {
  readonly query: JsonValue;
  readonly epsilon: string;
  readonly delta: string;
  readonly purpose: string;
};

/** Files a request for what its JSON asks for: numbers, a forest, or how far a rule reaches. Errors: those of the kind. */
export const askAny = (into: Case, { query, ...rest }: AskedAny) => {
  if (isForestJson(query)) return askForest(into, { forest: query, ...rest });
  return (isCoverageJson(query) ? askCoverageQuery : askRelease)(into, { query, ...rest });
};

/** Approves a request, whatever it asks for. Errors: those of the kind. */
export const approveAny = (into: Case, request: string, key: ReviewerKey, watch: Watch): Promise<Approved> => {
  const query = ledgerState(into).requests.get(request)?.query;
  if (isForestJson(query)) return approveForest(into, request, key, watch);
  return (isCoverageJson(query) ? approveCoverage : approveRelease)(into, request, key, watch);
};
