import { createNoiseSource } from '../../random/noise-source.ts';
import type { SecureRandom } from '../../random/index.ts';
import { parseRational } from '../../math/rational.ts';
import type { ReleasePath } from '../../release/audit/index.ts';
import { runRelease } from '../../release/index.ts';
import { newSecret, signingKeyOf } from '../../release/keys/index.ts';
import { parseRelease, signRelease } from '../../release/release-file/index.ts';
import type { LedgerEntry } from '../../store/index.ts';
import { breathe, type Watch } from '../progress.ts';
import { planOf } from '../release/ask.ts';
import type { ReleaseRequest } from '../release/ledger-state.ts';
import { releaseBody } from '../release/release-body.ts';

/**
 * The release path of the product as an audit runs it, from rows to the text of the signed file: the same calls as an
 * approval, in the same order, but for the ledger, which is never told what the data are. Request, account, key and ledger
 * line are the same in every run, so that what differs comes from the data and the noise. Where an approval pays, a cancel
 * is heard.
 */
export const productPath = (epsilon: string, delta: string, random: SecureRandom, watch: Watch = {}): ReleasePath => {
  const key = signingKeyOf(newSecret());
  return async (query, rows) => {
    const request: ReleaseRequest = {
      ...REQUEST,
      query,
      epsilon: parseRational(epsilon),
      delta: parseRational(delta),
    };
    const plan = planOf(request);
    const source = createNoiseSource(random);
    try {
      const release = await runRelease(plan, rows, source, () => breathe(watch));
      const body = releaseBody({ caseId: NO_ID, request, release, entry: ENTRY, account: 'audit', reviewer: 'audit' });
      const text = signRelease(body, key).toString('utf8');
      parseRelease(text);
      return text;
    } finally {
      source.close();
    }
  };
};

const NO_ID = '0'.repeat(32);
const NO_HASH = '0'.repeat(64);
const NO_TIME = '2000-01-01T00:00:00.000Z';

const REQUEST: Omit<ReleaseRequest, 'query' | 'epsilon' | 'delta'> = {
  id: NO_ID,
  askedAt: NO_TIME,
  asker: 'audit',
  purpose: 'audit over made-up data',
  state: 'pending',
  reason: undefined,
  debit: undefined,
  answer: undefined,
};

const ENTRY: LedgerEntry = {
  seq: 1,
  at: NO_TIME,
  event: 'release.debited',
  detail: {},
  journal: { entries: 0, hash: NO_HASH },
  nonce: NO_ID,
  previous: NO_HASH,
  hash: NO_HASH,
};
