import type { Rule, Vocabulary } from '../schema.ts';
import { implies } from './constraint.ts';
import { constraintPairs } from './constraint-pairs.ts';
import { leftBy, type Measure } from './measure.ts';
import { measurePairs } from './measure-pairs.ts';
import { ALL, holds, isEmpty, type Range } from './range.ts';
import { warning, type Fault, type Validator } from './validator.ts';

/** A condition that another one implies: it says nothing. */
export const redundancy: Validator = {
  code: 'redundancy',
  check: (rule, { vocabulary }) => [...ofMeasures(rule, vocabulary), ...ofFilters(rule)],
};

const HINT = 'Remove it.';

const ofMeasures = (rule: Rule, vocabulary: Partial<Vocabulary>): readonly Fault[] => {
  const faults = new Map<string, Fault>();
  for (const { first, second, left } of measurePairs(rule, vocabulary)) {
    const leftOfFirst = leftBy(first.measure, second.measure) ?? ALL;
    if (saysNothing(second.measure, first.measure, left)) {
      faults.set(second.path, warning(second.path, 'A condition above implies this one.', HINT));
    } else if (saysNothing(first.measure, second.measure, leftOfFirst)) {
      faults.set(first.path, warning(first.path, 'A condition below implies this one.', HINT));
    }
  }
  return [...faults.values()];
};

/** Whether a condition holds of all values that the other leaves; conditions that always or never hold have their own say. */
const saysNothing = ({ held, possible }: Measure, other: Measure, left: Range): boolean =>
  !isEmpty(held) && !isEmpty(other.held) && !holds(held, possible) && holds(held, left);

const ofFilters = (rule: Rule): readonly Fault[] => {
  const faults = new Map<string, Fault>();
  for (const { first, second, areOfOne } of constraintPairs(rule)) {
    if (!areOfOne && second.path.startsWith('exclusions')) continue; // `excludes-everything` looks there
    const { path } = implies(first, second) ? second : areOfOne && implies(second, first) ? first : NONE;
    if (path !== '') faults.set(path, warning(path, 'Another comparison implies this one.', HINT));
  }
  return [...faults.values()];
};

const NONE = { path: '' };
