import { createHash } from 'node:crypto';

import { formatRational, type Rational } from '../../math/rational.ts';
import { canonicalText, type JsonValue } from '../../release/keys/index.ts';
import type { LedgerState } from './ledger-state.ts';

/** One SHA-256 per question: what is asked, however it was written, what it may cost, and the state of the data. */
export const questionOf = (
  query: JsonValue,
  { epsilon, delta }: { readonly epsilon: Rational; readonly delta: Rational },
  dataState: string,
): string => {
  const parts = { query, epsilon: formatRational(epsilon), delta: formatRational(delta), dataState };
  return createHash('sha256').update(canonicalText(parts)).digest('hex');
};

/** SHA-256 of the release file that answered the same question before, or undefined. */
export const answerTo = ({ requests }: LedgerState, question: string): string | undefined =>
  [...requests.values()].find(({ debit, answer }) => debit?.question === question && answer !== undefined)?.answer;
