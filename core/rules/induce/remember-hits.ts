import { both, setOf, type Bitset } from './bitset.ts';
import { hitsOf, type Codes, type Conjunction } from './codes.ts';

/** As `hitsOf`, for many rules of one table: what a condition hits is looked up once. */
export const rememberHits = (codes: Codes): ((rule: Conjunction) => Bitset) => {
  const known = new Map<number, Bitset>();
  return (rule) => {
    if (rule.length === 0) return setOf(codes.rows, () => true);
    return rule
      .map((literal) => {
        const key = 2 * ((codes.offsets[literal.column] ?? 0) + literal.cut) + Number(literal.isHigh);
        const hits = known.get(key) ?? hitsOf(codes, [literal]);
        known.set(key, hits);
        return hits;
      })
      .reduce(both);
  };
};
