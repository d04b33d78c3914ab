import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encode, hitsOf } from '../../../core/rules/induce/codes.ts';
import { rememberHits } from '../../../core/rules/induce/remember-hits.ts';

it('finds what a plain look at every row finds, also where conditions come again', () => {
  const literal = fc.record({ column: fc.nat(1), cut: fc.nat(2), isHigh: fc.boolean() });
  const value = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(Number.NaN));
  const table = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(table, fc.array(fc.array(literal, { maxLength: 4 }), { maxLength: 12 }), (rows, rules) => {
      const columns = [0, 1].map((j) => Float64Array.from(rows, (row) => row[j] ?? 0));
      const codes = encode(columns, [Float64Array.of(2, 4, 6), Float64Array.of(1, 5, 8)]);
      const remembered = rememberHits(codes);
      for (const rule of rules) expect(remembered(rule)).toEqual(hitsOf(codes, rule));
    }),
  );
});
