import { askCoverage, COVERAGE_STATEMENTS } from '../../../core/api/rule-coverage/index.ts';
import { requirePlaceFor } from '../../../core/api/release/index.ts';
import { required, text, usageError, type OptionValues } from '../command.ts';
import { withCase } from '../open-for.ts';
import type { Terminal } from '../terminal.ts';
import { askIn, COVERAGE, decide, wantsJson } from './release-decide.ts';
import { openKey } from './release-key.ts';
import { requestsLike } from './release-requests.ts';
import { requiredRules } from './rules-files.ts';

export const RELEASE_OPTIONS = {
  epsilon: { type: 'string' },
  delta: { type: 'string' },
  purpose: { type: 'string' },
  request: { type: 'string' },
  key: { type: 'string' },
  'key-passphrase-file': { type: 'string' },
} as const;

export const RELEASE_USAGE = `nightjar rules release --case DIR --rules FILE --epsilon E [--purpose TEXT] [--key REVIEWER_KEY --out FILE]
       nightjar rules release --case DIR --request ID --key REVIEWER_KEY --out FILE`;

/**
 * `nightjar rules release`: asks how many actors a rule hits, by verdict, as a release with noise; with `--key` approves it
 * in one go; with `--request` approves one that was asked for. The exit code.
 */
export const releaseCoverage = async (values: OptionValues, terminal: Terminal): Promise<number> => {
  const json = wantsJson(values);
  const key = text(values, 'key') === undefined ? undefined : await openKey(values, terminal);
  const out = key === undefined ? undefined : required(values, 'out');
  if (out !== undefined) requirePlaceFor(out);
  const to = { out, json, terminal };
  const beginning = text(values, 'request');
  if (beginning !== undefined) {
    if (key === undefined) throw usageError('--key is missing.', 'Give --key and --out.');
    return withCase(values, terminal, (into) => {
      const [only, ...more] = requestsLike(into, beginning);
      if (only !== undefined && more.length === 0) return decide(COVERAGE, into, only.id, key, to);
      throw usageError('No single request begins like that.', 'See `nightjar release requests --case DIR`.');
    });
  }
  const [rule, ...others] = requiredRules(values).rules;
  if (others.length > 0) throw usageError('One rule is released at a time.', 'Give a file that holds one.');
  const asked = {
    rule,
    epsilon: required(values, 'epsilon'),
    delta: text(values, 'delta'),
    purpose: text(values, 'purpose'),
  };
  for (const statement of COVERAGE_STATEMENTS) terminal.note(statement);
  return askIn(values, COVERAGE, (into) => askCoverage(into, asked), key, to);
};
