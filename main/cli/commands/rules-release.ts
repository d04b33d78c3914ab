import { askCoverage, COVERAGE_STATEMENTS } from '../../../core/api/rule-coverage/index.ts';
import { requirePlaceFor } from '../../../core/api/release/index.ts';
import { required, text, usageError, type OptionValues } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import { askOrApprove } from './release-question.ts';
import { COVERAGE } from './release-decide.ts';
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
export const releaseCoverage = (values: OptionValues, terminal: Terminal): Promise<number> =>
  askOrApprove(values, terminal, {
    kind: COVERAGE,
    requirePlace: requirePlaceFor,
    read: () => {
      const [rule, ...others] = requiredRules(values).rules;
      if (others.length > 0) throw usageError('One rule is released at a time.', 'Give a file that holds one.');
      const asked = {
        rule,
        epsilon: required(values, 'epsilon'),
        delta: text(values, 'delta'),
        purpose: text(values, 'purpose'),
      };
      for (const statement of COVERAGE_STATEMENTS) terminal.note(statement);
      return (into) => askCoverage(into, asked);
    },
  });
