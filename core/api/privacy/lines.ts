import { formatRational } from '../../math/rational.ts';
import { odometer, type Odometer } from '../../release/accounting/index.ts';
import type { Case, LedgerEntry } from '../../store/index.ts';
import type { LedgerLine } from '../contract/privacy.ts';
import { ledgerReader, type LedgerState } from '../release/ledger-state.ts';
import { amountOf } from '../release/amount.ts';

/** Every line of the ledger as a sentence, with what had been spent after it. Errors: `case-damaged`. */
export const ledgerLines = ({ id, ledger }: Pick<Case, 'id' | 'ledger'>): LedgerLine[] => {
  const reader = ledgerReader(id);
  let spent: Odometer = odometer([]);
  return ledger.entries().map((entry) => {
    reader.read(entry);
    const { state } = reader;
    const request = textAt(entry, 'request');
    if (entry.event === 'release.debited') {
      spent = odometer(state.requests.get(request ?? '')?.debit?.losses ?? [], spent);
    }
    return {
      seq: entry.seq,
      at: entry.at,
      event: entry.event,
      sentence: sentenceOf(entry, state),
      request: request ?? null,
      spent: amountOf(spent),
      limit: state.limit === undefined ? null : formatRational(state.limit.epsilon),
    };
  });
};

/** What happened, by whose word. Names of keys and accounts are claims of their owners. */
const sentenceOf = (entry: LedgerEntry, state: LedgerState): string => {
  const by = state.keys.get(textAt(entry, 'by') ?? '')?.name ?? 'a key';
  const request = state.requests.get(textAt(entry, 'request') ?? '');
  switch (entry.event) {
    case 'key.enrolled':
      return `Key of ${textAt(entry, 'name') ?? 'nobody'} enrolled, by the key of ${by}.`;
    case 'limit.set':
      return `Limit set to ε ${textAt(entry, 'epsilon') ?? ''}, δ ${brief(textAt(entry, 'delta') ?? '')}, by the key of ${by}.`;
    case 'rule.set':
      return `${state.twoPersons ? 'Two persons demanded' : 'One person may ask and approve'}, by the key of ${by}.`;
    case 'release.requested':
      return `Asked by ${request?.asker ?? 'nobody'}: ${request?.purpose === '' ? 'no purpose given' : (request?.purpose ?? '')}`;
    case 'release.refused':
      return `Refused by the key of ${by}: ${textAt(entry, 'reason') ?? ''}`;
    case 'release.debited':
      return `Approved and spent by the key of ${by}${request?.debit?.alone === true ? '; asked and approved by one account' : ''}.`;
    case 'release.answered':
      return 'The signed answer is stored.';
    case 'release.repeated':
      return 'The question had an answer already; it was given again at no cost.';
    default:
      return entry.event;
  }
};

/** A small number as the app writes it everywhere: 0.000001 is 1e-6. */
const brief = (exact: string): string => {
  const value = Number(exact);
  return value > 0 && value < 1e-3 ? value.toExponential() : exact;
};

const textAt = ({ detail }: LedgerEntry, name: string): string | undefined => {
  const value = detail[name];
  return typeof value === 'string' ? value : undefined;
};
