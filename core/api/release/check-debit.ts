import { lossEventToJson, type LossEvent } from '../../release/accounting/index.ts';
import { canonicalText } from '../../release/keys/index.ts';
import { NightjarError } from '../errors.ts';
import { FOREST } from '../private-forest/ask.ts';
import { NUMBERS } from './ask.ts';
import type { ReleaseRequest } from './ledger-state.ts';

/**
 * Why a debit of this line of the ledger is not what its request leads to: the request is planned anew, which takes no data,
 * and the losses of that plan are compared one by one. Nothing where they are the same.
 */
export const debitFaults = (seq: number, request: ReleaseRequest | undefined): readonly string[] => {
  if (request?.debit === undefined) return [];
  const { losses, approver, alone } = request.debit;
  const line = `Line ${seq} of the ledger`;
  const faults =
    alone === (approver === request.asker) ? [] : [`${line} does not say rightly whether one account did both.`];
  let planned: readonly LossEvent[];
  try {
    planned = eventsOf(request);
  } catch (error) {
    if (!(error instanceof NightjarError)) throw error;
    return [...faults, `${line} debits a request that cannot be released: ${error.message}`];
  }
  const differing = Array.from({ length: Math.max(planned.length, losses.length) }, (_, i) => i).filter(
    (i) => textOf(planned[i]) !== textOf(losses[i]),
  );
  if (differing.length === 0) return faults;
  const which = differing.map((i) => i + 1).join(', ');
  const of = `${losses.length} in the line, ${planned.length} in the plan`;
  return [...faults, `${line} does not debit what its request leads to: loss ${which} differs (${of}).`];
};

const eventsOf = (request: ReleaseRequest): readonly LossEvent[] =>
  FOREST.isAsked(request.query) ? FOREST.planOf(request).events : NUMBERS.planOf(request).events;

const textOf = (event: LossEvent | undefined): string =>
  event === undefined ? '' : canonicalText(lossEventToJson(event));
