import fc from 'fast-check';
import type { EventFilter } from '../../../core/rules/schema.ts';
import type { Fields } from './meets.ts';

const TEXT_COLUMNS = ['action', 'outcome', 'country'] as const;
const TEXTS = ['login', 'LOGIN', 'failure', 'DE', 'a%b', 'a_b', 'a\\b', 'a\\\\b', "it's", '404', ''] as const;
const NUMBERS = [-3, 0, 1, 2.5, 1e-7, 1e21] as const;

const leaf: fc.Arbitrary<EventFilter> = fc.oneof(
  fc.record({
    column: fc.constantFrom(...TEXT_COLUMNS),
    op: fc.constant('=' as const),
    value: fc.constantFrom(...TEXTS),
  }),
  fc.record({
    column: fc.constantFrom(...TEXT_COLUMNS),
    op: fc.constant('in' as const),
    values: fc.uniqueArray(fc.constantFrom(...TEXTS), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    column: fc.constant('amount'),
    op: fc.constantFrom('=', '<', '<=', '>', '>='),
    value: fc.constantFrom(...NUMBERS),
  }),
  fc.record({ column: fc.constantFrom(...TEXT_COLUMNS, 'amount'), op: fc.constant('present' as const) }),
);

/** Filters over three text columns and a number. */
export const filters: fc.Arbitrary<EventFilter> = fc.letrec<{ filter: EventFilter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.record({ not: tie('filter') }),
    fc.record({ all: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
  ),
})).filter;

const text = fc.option(fc.constantFrom(...TEXTS), { nil: null });

/** Events of these columns, each of which may be missing. */
export const fields: fc.Arbitrary<Fields> = fc.record({
  actor_id: fc.constantFrom('actor_a', null),
  action: text,
  outcome: text,
  country: text,
  amount: fc.option(fc.constantFrom(...NUMBERS), { nil: null }),
});
