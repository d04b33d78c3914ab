import { viewLedger, type RequestView } from '../../../core/api/release/index.ts';
import type { Case } from '../../../core/index.ts';
import { usageError, type OptionValues } from '../command.ts';
import { withCase } from '../open-for.ts';
import { inertJson, plain, type Terminal } from '../terminal.ts';
import { wantsJson } from './release-decide.ts';

/** `nightjar release requests`: what was asked for, and what became of it. The exit code. */
export const showRequests = async (values: OptionValues, terminal: Terminal): Promise<number> => {
  const json = wantsJson(values);
  const { requests } = await withCase(values, terminal, async (from) => viewLedger(from));
  if (json) terminal.out(`${inertJson(requests)}\n`);
  else terminal.out(requests.length === 0 ? 'Nothing was asked for yet.\n' : requests.map(requestLines).join(''));
  return 0;
};

/** The request whose id begins like this. Errors: `usage`. */
export const requestOf = (of: Case, beginning: string): RequestView => {
  const [only, ...more] = requestsLike(of, beginning);
  if (only !== undefined && more.length === 0) return only;
  throw usageError(
    only === undefined ? 'There is no such request.' : 'More than one request begins like that.',
    'See `nightjar release requests --case DIR`.',
  );
};

const requestsLike = (of: Case, beginning: string): readonly RequestView[] =>
  viewLedger(of).requests.filter(({ id }) => id.startsWith(beginning));

const requestLines = (request: RequestView): string => {
  const { id, state, askedAt, asker, epsilon, delta, purpose, query, reason, debit } = request;
  const why = purpose === '' ? '' : `  purpose: ${plain(purpose)}\n`;
  const refusal = reason === null ? '' : `  refused: ${plain(reason)}\n`;
  const together = debit?.alone === true ? '  asked and approved by one account\n' : '';
  const head = `${id}  ${state}  ${askedAt}  by ${plain(asker)}  epsilon ${epsilon}, delta ${delta}`;
  return `${head}\n  ${inertJson(query)}\n${why}${refusal}${together}`;
};
