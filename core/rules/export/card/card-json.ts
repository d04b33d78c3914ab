import type { Rule } from '../../schema.ts';
import { ruleInWords } from '../../text/in-words.ts';
import { printRule } from '../../text/print-rule.ts';
import { cannotSee } from './cannot-see.ts';
import { type CardFacts, ruleOfTarget } from './schema.ts';
import { visibleJson } from '../../text/hidden.ts';

/** The card as JSON, for systems that keep rules: the same facts as in `ruleCard`, and the rule in its form. */
export const ruleCardJson = (rule: Rule, facts: CardFacts): string => {
  const running = ruleOfTarget(rule, facts);
  const card = {
    format: 'nightjar-rule-card',
    version: 1,
    rule,
    intent: rule.intent,
    inWords: ruleInWords(rule, facts.features ?? []),
    text: printRule(rule),
    target: {
      name: facts.exporter.name,
      sentence: facts.exporter.sentence,
      translation: facts.translation.kind,
      differences: facts.translation.kind === 'narrowed' ? facts.translation.differences : [],
      text: printRule(running),
      files: facts.files,
      fields: Object.fromEntries(facts.fields),
    },
    /** Released numbers only; empty: none was released. */
    metrics: facts.metrics,
    falsePositives: rule.falsePositives,
    cannotSee: cannotSee(running),
    owner: facts.owner ?? rule.author,
    expires: rule.expires,
    fixtures: { files: facts.fixtureFiles, scenes: facts.fixtures.scenes, notes: facts.fixtures.notes },
  };
  return `${visibleJson(card, 2)}\n`;
};
