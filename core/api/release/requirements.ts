import { odometer, requireWithinLimit, type LossEvent } from '../../release/accounting/index.ts';
import { NightjarError } from '../errors.ts';
import { spentLosses, type LedgerState, type ReleaseRequest } from './ledger-state.ts';

/** A request that nobody has decided on. Throws `usage`. */
export const openRequest = ({ requests }: LedgerState, id: string): ReleaseRequest => {
  const request = requests.get(id);
  if (request?.state === 'pending') return request;
  const message = request === undefined ? 'There is no such request.' : 'The request has been decided on already.';
  throw new NightjarError('usage', message, { next: 'See `nightjar release requests --case DIR`.' });
};

/** Throws `usage` where the limit is missing, or a plan would break it. */
export const requireBudget = (state: LedgerState, plan: { readonly events: readonly LossEvent[] }): void => {
  if (state.limit === undefined) {
    const next = 'Have a reviewer set one: `nightjar ledger --case DIR --limit EPSILON --key FILE`.';
    throw new NightjarError('usage', 'The case has no limit, and nothing is released without one.', { next });
  }
  requireWithinLimit(state.limit, odometer(spentLosses(state)), plan.events);
};

/** Throws `usage` where the case demands two persons, and who asked is who approves. */
export const requireTwoPersons = (state: LedgerState, { asker }: ReleaseRequest, account: string): void => {
  if (!state.twoPersons || asker !== account) return;
  throw new NightjarError('usage', 'Who asked cannot approve: this case demands two persons.', {
    next: 'Have the reviewer approve it from an account of their own.',
  });
};
