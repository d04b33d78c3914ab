import type { JsonValue } from '../../release/keys/index.ts';
import { isForestJson } from '../../release/private-forest/index.ts';
import type { Case } from '../../store/index.ts';
import { approveForest } from '../private-forest/approve.ts';
import { askForest } from '../private-forest/ask.ts';
import type { Watch } from '../progress.ts';
import { approveRelease, askRelease, type Approved, type ReviewerKey } from '../release/index.ts';
import { ledgerState } from '../release/ledger-acts.ts';

type AskedAny = {
  readonly query: JsonValue;
  readonly epsilon: string;
  readonly delta: string;
  readonly purpose: string;
};

/** Files a request for what its JSON asks for, numbers or a forest. Errors: those of `askRelease` and `askForest`. */
export const askAny = (into: Case, { query, ...rest }: AskedAny) =>
  isForestJson(query) ? askForest(into, { forest: query, ...rest }) : askRelease(into, { query, ...rest });

/** Approves a request, whatever it asks for. Errors: those of `approveRelease` and `approveForest`. */
export const approveAny = (into: Case, request: string, key: ReviewerKey, watch: Watch): Promise<Approved> => {
  const query = ledgerState(into).requests.get(request)?.query;
  return (isForestJson(query) ? approveForest : approveRelease)(into, request, key, watch);
};
