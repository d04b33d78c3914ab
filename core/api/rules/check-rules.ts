import type { Rule, Vocabulary } from '../../rules/schema.ts';
import { ruleInWords } from '../../rules/text/in-words.ts';
import { parseRules } from '../../rules/text/parse-rules.ts';
import { validateRules } from '../../rules/validate/index.ts';
import { placed, type PlacedDiagnostic } from './placed.ts';
import { today } from './today.ts';

/** The `rules check` document. */
export type CheckedRules = {
  readonly diagnostics: readonly PlacedDiagnostic[];
  /** What the rules say; none while the text has errors. */
  readonly rules: readonly { readonly id: string; readonly title: string; readonly words: string }[];
};

/** Everything wrong with a text of rules, in its order. Without a vocabulary, names of columns and features are not checked. */
export const checkRules = (text: string, vocabulary?: Vocabulary): CheckedRules => {
  const parsed = parseRules(text);
  const diagnostics = [...parsed.diagnostics, ...validateRules(text, parsed, checkable(vocabulary), today())].toSorted(
    (a, b) => a.from - b.from,
  );
  const hasErrors = diagnostics.some(({ severity }) => severity === 'error');
  const rules = hasErrors ? [] : (parsed.rules ?? []);
  return { diagnostics: placed(text, diagnostics), rules: rules.map((rule) => told(rule, vocabulary)) };
};

/** Of a case that was not ranked it is not known which features there will be. */
const checkable = (vocabulary: Vocabulary | undefined): Partial<Vocabulary> => {
  if (vocabulary === undefined) return {};
  const { columns, features } = vocabulary;
  return { ...(columns.length === 0 ? {} : { columns }), ...(features.length === 0 ? {} : { features }) };
};

const told = (rule: Rule, vocabulary: Vocabulary | undefined) => ({
  id: rule.id,
  title: rule.title,
  words: ruleInWords(rule, vocabulary?.features),
});
