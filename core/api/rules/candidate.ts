import type { Scores } from '../../rules/induce/index.ts';
import type { Rule, Vocabulary } from '../../rules/schema.ts';
import { ruleInWords } from '../../rules/text/in-words.ts';
import { printRule } from '../../rules/text/print-rule.ts';
import type { RuleCandidate } from '../contract/rules-findings.ts';

/** What was learned, and how it does on what it was learned from and on what it was not. */
type Learned = { readonly rule: Rule; readonly training: Scores; readonly holdOut: Scores | null };

/** A learned rule as somebody could start from it; figures of training without intervals, which say nothing there. */
export const candidateOf = (
  { rule, training, holdOut }: Learned,
  { features }: Pick<Vocabulary, 'features'>,
  unit: RuleCandidate['unit'],
  note: string,
): RuleCandidate => ({
  text: printRule(rule),
  words: ruleInWords(rule, features),
  unit,
  training: {
    precision: training.precision.value ?? 0,
    recall: training.recall.value ?? 0,
    f1: training.f1.value ?? 0,
    hits: hitsOf(training),
  },
  holdOut:
    holdOut === null
      ? null
      : { precision: holdOut.precision, recall: holdOut.recall, f1: holdOut.f1, hits: hitsOf(holdOut) },
  notes: [note],
});

const hitsOf = ({ truePositives, falsePositives }: Scores): number => truePositives + falsePositives;
