import { formatRational } from '../../math/rational.ts';
import { parseQuery, solveEpsilonOf } from '../../release/index.ts';
import type { JsonValue } from '../../release/keys/index.ts';
import { readDelta } from '../release/settings.ts';
import { unitOf } from './units.ts';

/**
 * The smallest ε, to a millionth, whose intervals are at most ± `within` on groups of this size, in the unit of the measure.
 * Errors: `usage` where none up to 100 does, or the measure has no interval.
 */
export const solveForWidth = (asked: {
  readonly query: JsonValue;
  readonly delta: string;
  readonly within: number;
  readonly groupSize: number;
}): { readonly epsilon: string; readonly halfWidth: number; readonly unit: string } => {
  const { within, groupSize } = asked;
  const query = parseQuery(asked.query);
  const { epsilon, halfWidth } = solveEpsilonOf(query, { within, groupSize, delta: readDelta('delta', asked.delta) });
  return { epsilon: formatRational(epsilon), halfWidth, unit: unitOf(query) };
};
