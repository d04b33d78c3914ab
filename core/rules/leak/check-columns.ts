import { conditionsOf } from '../form/filters-of.ts';
import { literalsOf } from '../form/literals-of.ts';
import type { Rule } from '../schema.ts';
import type { LeakEvidence } from './evidence.ts';
import { leak, type Leak } from './leak.ts';
import { isOpenColumn } from './open-columns.ts';

/** No value of a column of identities; on open columns only texts that at least k actors show. */
export const checkColumns = (rule: Rule, { k, actorsByLiteral }: LeakEvidence): readonly Leak[] => [
  ...literalsOf(rule).flatMap(({ path, column, value }) => {
    if (!isOpenColumn(column)) return [identity(path)];
    if (typeof value === 'number' || (actorsByLiteral.get(path) ?? 0) >= k) return [];
    return [
      leak('rare-value', path, `Fewer than ${k} actors show this value.`, 'Remove it, or use a more common one.'),
    ];
  }),
  ...conditionsOf(rule).flatMap(({ path, condition }) =>
    condition.kind === 'sum' && !isOpenColumn(condition.column) ? [identity(`${path}.column`)] : [],
  ),
];

const identity = (at: string): Leak => {
  const hint = 'Count events, or different values of the column, instead of naming one.';
  return leak(
    'identity-column',
    at,
    'Values of this column stand for single persons, things or places in the log.',
    hint,
  );
};
