import type { ReleasePlan } from '../../release/index.ts';
import type { Rule } from '../../rules/schema.ts';
import type { Case } from '../../store/index.ts';
import { NightjarError } from '../errors.ts';
import { NUMBERS, type Asked, type ReleaseAsked } from '../release/ask.ts';
import { askWith, type AskedKind } from '../release/ask-with.ts';
import { onOwnConnection } from '../release/own-connection.ts';
import { printRule } from '../../rules/text/print-rule.ts';
import { createSavedRules } from '../rules/saved.ts';
import { requireRules } from '../rules/rules-text.ts';
import { today } from '../rules/today.ts';
import { requireOwn } from './own-rules.ts';
import { coverageOf, coverageQuery, isCoverageJson, ruleHash } from './question.ts';
import { savedRuleOf } from './rows.ts';

/** What an investigator asks for, and what it may cost; decimals. */
export type CoverageAsked = {
  readonly rule: Rule;
  readonly epsilon: string;
  readonly delta?: string | undefined;
  readonly purpose?: string | undefined;
};

/** What the reviewer must know beside the statements of the plan. */
export const COVERAGE_STATEMENTS: readonly string[] = [
  'Each actor is counted once: hit by the rule or not, and called abuse, benign or neither.',
  'The rule itself is taken as public, and not protected: whoever made it may have looked at the case.',
  'Verdicts on others are taken as they are: what people would have decided without an actor, nobody can know.',
];

/**
 * Files a request for how far a rule reaches, as `askWith` says; the rule is saved in the case, so that what is approved is
 * what was asked for. Errors: `usage` for a rule whose hits depend on other actors, or a budget that cannot be spent.
 */
export const askCoverage = async (into: Case, { rule, ...rest }: CoverageAsked): Promise<Asked> => {
  await onOwnConnection(into, (connection) => requireOwn(connection, rule));
  await keep(into, rule);
  return askWith(COVERAGE, into, { ...rest, query: coverageQuery(rule, today()) });
};

/** The same for a question that was written down (`coverageQuery`), of a rule that the case holds. */
export const askCoverageQuery = (into: Case, asked: ReleaseAsked): Promise<Asked> => askWith(COVERAGE, into, asked);

/** Coverage of rules, as it is asked for. */
export const COVERAGE: AskedKind<ReleasePlan> = {
  ...NUMBERS,
  isAsked: isCoverageJson,
  requireColumns: async (connection, plan) => requireOwn(connection, await savedRuleOf(connection, coverageIn(plan))),
};

/** What a plan is about. Errors: `usage` where it is about no rule. */
export const coverageIn = ({ query: { by } }: Pick<ReleasePlan, 'query'>) => {
  const found = by.length === 1 && by[0]?.kind === 'keys' ? coverageOf(by[0].column) : undefined;
  if (found !== undefined) return found;
  throw new NightjarError('usage', 'The request is not about a rule.', {
    next: 'Approve it with `nightjar release approve`.',
  });
};

/** Saves the rule unless a version of it says the same. */
const keep = async (into: Case, rule: Rule): Promise<void> => {
  const saved = await createSavedRules(into);
  try {
    const hash = ruleHash(rule);
    const versions = saved.versions(rule.id);
    if (versions.some(({ text }) => ruleHash(requireRules(text, rule.id)[0]) === hash)) return;
    const latest = versions[0];
    const { id, title, author } = rule;
    const replaces = latest === undefined ? null : { id, version: latest.version };
    await saved.save([{ id, title, author, text: printRule(rule) }], 'saved to be asked about', replaces);
  } finally {
    await saved.close();
  }
};
