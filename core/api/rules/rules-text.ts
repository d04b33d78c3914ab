import { NightjarError } from '../errors.ts';
import type { Diagnostic, Rule, Vocabulary } from '../../rules/schema.ts';
import { parseRules } from '../../rules/text/parse-rules.ts';
import { lineAndColumn } from '../../rules/text/show-diagnostic.ts';
import { checkRules } from './check-rules.ts';

/** The rules of a text that was checked before. Errors: `input` for a text with errors, or without a rule. */
export const requireRules = (text: string, where = 'rules'): readonly [Rule, ...Rule[]] => {
  const { rules, diagnostics } = parseRules(text);
  const fault = diagnostics.find(({ severity }) => severity === 'error');
  if (fault !== undefined) throw faulty(text, fault, where);
  const [first, ...rest] = rules ?? [];
  if (first !== undefined) return [first, ...rest];
  throw new NightjarError('input', 'There is no rule in it.', {
    where,
    next: 'A rule begins with: rule NAME "Title".',
  });
};

/** The same, with everything checked that can be: names in the vocabulary, conditions that contradict each other, … */
export const requireValidRules = (
  text: string,
  vocabulary: Vocabulary | undefined,
  where = 'rules',
): readonly [Rule, ...Rule[]] => {
  const rules = requireRules(text, where);
  const fault = checkRules(text, vocabulary).diagnostics.find(({ severity }) => severity === 'error');
  if (fault !== undefined) throw faulty(text, fault, where);
  return rules;
};

const faulty = (text: string, { message, hint, from }: Diagnostic, where: string): NightjarError => {
  const { line, column } = lineAndColumn(text, from);
  return new NightjarError('input', message, { where: `${where}:${line}:${column}`, next: hint });
};
