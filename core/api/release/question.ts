import { createHash } from 'node:crypto';

import { formatRational, type Rational } from '../../math/rational.ts';
import { canonicalQuery, type ReleaseQuery } from '../../release/index.ts';
import { canonicalText } from '../../release/keys/index.ts';
import type { LedgerState } from './ledger-state.ts';

/** One SHA-256 per question: the query, however it was written, what it may cost, and the state of the data. */
export const questionOf = (query: ReleaseQuery, epsilon: Rational, delta: Rational, dataState: string): string => {
  const parts = {
    query: canonicalQuery(query),
    epsilon: formatRational(epsilon),
    delta: formatRational(delta),
    dataState,
  };
  return createHash('sha256').update(canonicalText(parts)).digest('hex');
};

/** SHA-256 of the release file that answered the same question before, or undefined. */
export const answerTo = ({ requests }: LedgerState, question: string): string | undefined =>
  [...requests.values()].find(({ debit, answer }) => debit?.question === question && answer !== undefined)?.answer;
