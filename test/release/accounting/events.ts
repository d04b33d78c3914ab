import fc from 'fast-check';
import { rational } from '../../../core/math/rational.ts';
import type { LossEvent } from '../../../core/release/accounting/index.ts';

const reach = {
  coordinates: fc.integer({ min: 1, max: 6 }),
  sensitivity: fc.integer({ min: 1, max: 20 }).map((n) => rational(n)),
};
const fraction = (most: number): fc.Arbitrary<ReturnType<typeof rational>> =>
  fc
    .tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 1000 }))
    .map(([n, d]) => rational(BigInt(n * most), BigInt(1000 * d)));
const width = fc
  .tuple(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 7 }))
  .map(([n, d]) => rational(n, d));
const small = fc.integer({ min: 0, max: 100 }).map((n) => rational(n, 10n ** 10n));

/** Any event, with parameters from tiny to absurd. */
export const anyEvent: fc.Arbitrary<LossEvent> = fc.oneof(
  fc.record({ kind: fc.constant('discrete-laplace' as const), ...reach, scale: width }),
  fc.record({ kind: fc.constant('discrete-gaussian' as const), ...reach, sigmaSquared: width }),
  fc.record({ kind: fc.constant('selection' as const), epsilon: fraction(1), delta: small }),
  fc.record({ kind: fc.constant('pure' as const), epsilon: fraction(3) }),
  fc.record({ kind: fc.constant('approximate' as const), epsilon: fraction(1), delta: small }),
  fc.record({ kind: fc.constant('zcdp' as const), rho: fraction(1) }),
  fc.record({
    kind: fc.constant('bounded-range' as const),
    epsilon: fraction(1),
    choices: fc.integer({ min: 1, max: 9 }),
  }),
);
