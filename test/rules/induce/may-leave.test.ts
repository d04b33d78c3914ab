import { describe, expect, it } from 'vitest';
import { setOf } from '../../../core/rules/induce/bitset.ts';
import { encode, hitsOf, type Conjunction } from '../../../core/rules/induce/codes.ts';
import { mayLeave } from '../../../core/rules/induce/may-leave.ts';

/** 0…99, the last ten missing. */
const values = Float64Array.from({ length: 100 }, (_, i) => (i < 90 ? i : Number.NaN));
const codes = encode([values], [Float64Array.from({ length: 90 }, (_, i) => i)]);
const from = (cut: number): Conjunction => [{ column: 0, cut, isHigh: true }];
const learned = (cut: number) => ({ rule: from(cut), hits: hitsOf(codes, from(cut)) });

describe('whether a rule is about enough actors', () => {
  it.each([
    // threshold, hits, left of those with a value
    [80, true], // 10, 80
    [81, false], // 9, 81
    [10, true], // 80, 10
    [9, false], // 81, 9
    [0, true], // 90, nobody
  ])('from %d on', (cut, may) => {
    expect(mayLeave(codes, learned(cut), [], 10)).toBe(may);
  });

  it('tells no few apart from another rule', () => {
    expect(mayLeave(codes, learned(50), [learned(40)], 10)).toBe(true);
    expect(mayLeave(codes, learned(50), [learned(41)], 10)).toBe(false);
    expect(mayLeave(codes, learned(50), [learned(59)], 10)).toBe(false);
    expect(mayLeave(codes, learned(50), [learned(50)], 10)).toBe(true);
    const apart = { rule: from(0), hits: setOf(100, (row) => row < 20) };
    expect(mayLeave(codes, learned(50), [apart], 10)).toBe(true);
  });
});
