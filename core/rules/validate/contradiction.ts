import type { Rule, Vocabulary } from '../schema.ts';
import { areOpposed } from './constraint.ts';
import { constraintPairs } from './constraint-pairs.ts';
import { measurePairs } from './measure-pairs.ts';
import { intersected, isEmpty } from './range.ts';
import { error, type Fault, type Validator } from './validator.ts';

/** Two conditions that cannot both hold. */
export const contradiction: Validator = {
  code: 'contradiction',
  check: (rule, { vocabulary }) => [...ofMeasures(rule, vocabulary), ...ofFilters(rule)],
};

const ofMeasures = (rule: Rule, vocabulary: Partial<Vocabulary>): readonly Fault[] =>
  measurePairs(rule, vocabulary).flatMap(({ first, second, left }) => {
    const isOpposed = isEmpty(intersected(intersected(left, second.measure.possible), second.measure.held));
    if (!isOpposed || isEmpty(first.measure.held) || isEmpty(second.measure.held)) return [];
    if (isEmpty(intersected(second.measure.possible, second.measure.held))) return [];
    if (isEmpty(intersected(first.measure.possible, first.measure.held))) return [];
    return [error(second.path, 'This cannot hold together with a condition above.', 'Move one of the thresholds.')];
  });

const ofFilters = (rule: Rule): readonly Fault[] =>
  constraintPairs(rule)
    .filter(({ first, second }) => areOpposed(first, second))
    .map(({ second: { path } }) =>
      error(path, 'No event meets both this and another comparison that it must meet.', 'Remove one of them.'),
    );
