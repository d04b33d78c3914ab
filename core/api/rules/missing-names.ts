import type { Rule, Vocabulary } from '../../rules/schema.ts';
import { unknownColumn } from '../../rules/validate/unknown-column.ts';
import { unknownFeature } from '../../rules/validate/unknown-feature.ts';
import { wrongType } from '../../rules/validate/wrong-type.ts';

const VALIDATORS = [unknownColumn, wrongType, unknownFeature];

/**
 * What rules name that the events or features they run over do not have, each rule and name once, as sentences: rules run all
 * the same, and what is not there is missing everywhere. What the vocabulary leaves out is not looked at.
 */
export const missingNames = (rules: readonly Rule[], vocabulary: Partial<Vocabulary>): string[] => [
  ...new Set(
    rules.flatMap((rule) =>
      VALIDATORS.flatMap(({ check }) => check(rule, { vocabulary, day: null, before: [] })).map(
        ({ message }) => `${rule.id}: ${message} It is missing everywhere.`,
      ),
    ),
  ),
];
