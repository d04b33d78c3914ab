import fc from 'fast-check';

import type { NoiseSource } from '../../../core/random/noise-source.ts';
import type { CodedRows } from '../../../core/release/bounding/index.ts';

/** Row by row: actor, group (−1: none), value (NaN: missing). */
export type Row = readonly [actor: number, group: number, value: number];

export const GROUPS = 4;
export const ACTORS = 5;

export const rowsOf = (rows: readonly Row[], groups = GROUPS): CodedRows => ({
  actor: Uint32Array.from(rows, ([actor]) => actor),
  actors: ACTORS,
  group: Int32Array.from(rows, ([, group]) => group),
  groups,
  value: Float64Array.from(rows, ([, , value]) => value),
});

/** Logs of few actors and groups, so that bounds bite, with values far outside any bound. */
export const arbitraryRows: fc.Arbitrary<readonly Row[]> = fc.array(
  fc.tuple(
    fc.nat(ACTORS - 1),
    fc.integer({ min: -1, max: GROUPS - 1 }),
    fc.oneof(fc.double({ min: -20, max: 20 }), fc.constantFrom(Number.NaN, Infinity, -Infinity, 1e300, -1e300)),
  ),
  { maxLength: 60 },
);

/** Answers depend on what is asked only: the choices for one actor are the same whoever else is there. */
export const steadySource = (seed: number): NoiseSource => ({
  kind: 'noise',
  below: (n) => (seed * 7919 + n * 104_729) % n,
  belowBig: (n) => BigInt(seed) % n,
  close: () => undefined,
});
