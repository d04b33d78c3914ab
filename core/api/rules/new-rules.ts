import type { Vocabulary } from '../../rules/schema.ts';
import { printRule } from '../../rules/text/print-rule.ts';
import { NightjarError } from '../errors.ts';
import { requireValidRules } from './rules-text.ts';
import type { NewRule } from './saved.ts';

/**
 * The rules of a text, ready to be saved: a rule that stands alone keeps its text as it was written, comments too. Errors: `input`
 * for a text with errors, and for more than one rule where one is edited (`isEdit`).
 */
export const newRules = (text: string, vocabulary: Vocabulary, isEdit: boolean): readonly NewRule[] => {
  const rules = requireValidRules(text, vocabulary);
  if (isEdit && rules.length > 1) {
    throw new NightjarError('input', 'One rule is edited, and the text holds more.', {
      next: 'Save the others as new rules.',
    });
  }
  return rules.map((rule) => ({
    id: rule.id,
    title: rule.title,
    author: rule.author,
    text: rules.length === 1 ? text : printRule(rule),
  }));
};
