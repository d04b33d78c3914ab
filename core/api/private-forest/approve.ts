import { formatRational } from '../../math/rational.ts';
import {
  forestOf,
  forestPlanText,
  parseForestFile,
  runPrivateForest,
  signForest,
  treesText,
  type ForestBody,
  type ForestPlan,
  type ForestRows,
  type PrivateForest,
} from '../../release/private-forest/index.ts';
import type { Case } from '../../store/index.ts';
import type { Watch } from '../progress.ts';
import { approveWith, type ApprovedKind, type Approved } from '../release/approve-with.ts';
import { originText, paidText, type Paid } from '../release/common-body.ts';
import type { ReviewerKey } from '../release/key-file.ts';
import { FOREST } from './ask.ts';
import { readRows } from './rows.ts';

/** Approves a request for a forest, as `approveWith` says. Errors: those, and `usage` where it asks for something else. */
export const approveForest = (into: Case, request: string, key: ReviewerKey, watch: Watch = {}): Promise<Approved> =>
  approveWith(APPROVED_FOREST, into, request, key, watch);

const APPROVED_FOREST: ApprovedKind<ForestPlan, ForestRows, PrivateForest> = {
  ...FOREST,
  readRows: (connection, { settings }) => readRows(connection, settings),
  run: runPrivateForest,
  sign: (forest, paid, key) => {
    const file = signForest(forestBody(forest, paid), key);
    forestOf(parseForestFile(file.toString('utf8')));
    return file;
  },
};

/** What the file of a forest will say. Everything in it is public, or has noise on it. */
const forestBody = (forest: PrivateForest, paid: Paid): ForestBody => ({
  kind: 'private-forest',
  ...originText(paid),
  epsilon: formatRational(paid.request.epsilon),
  delta: formatRational(paid.request.delta),
  ...forestPlanText(forest.plan),
  trees: treesText(forest),
  ...paidText(paid),
});
