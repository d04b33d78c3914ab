import type { Condition, Rule, Vocabulary } from '../schema.ts';
import { leftBy, measureOf, type Measure } from './measure.ts';
import type { Range } from './range.ts';

type Placed = { readonly path: string; readonly measure: Measure };

/** Two conditions of one list, the first above, where it says something of the second: it leaves it these values. */
export const measurePairs = (
  rule: Rule,
  vocabulary: Partial<Vocabulary>,
): readonly { readonly first: Placed; readonly second: Placed; readonly left: Range }[] =>
  listsOf(rule).flatMap(({ path, when }) => {
    const placed = when.flatMap((condition, i) => {
      const measure = measureOf(condition, rule, vocabulary);
      return measure === undefined ? [] : [{ path: `${path}.${i}`, measure }];
    });
    return placed.flatMap((first, i) =>
      placed.slice(i + 1).flatMap((second) => {
        const left = leftBy(second.measure, first.measure);
        return left === undefined ? [] : [{ first, second, left }];
      }),
    );
  });

const listsOf = (rule: Rule): readonly { readonly path: string; readonly when: readonly Condition[] }[] => [
  { path: 'when', when: rule.when },
  ...rule.exclusions.flatMap((exclusion, i) =>
    'when' in exclusion ? [{ path: `exclusions.${i}.when`, when: exclusion.when }] : [],
  ),
];
