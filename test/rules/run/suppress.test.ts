import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createSuppression } from '../../../core/rules/run/index.ts';
import type { Hit } from '../../../core/rules/schema.ts';

const hit = (at: number | null, group = 'a', rule = 'r'): Hit => ({ rule, group: [group], at });
const toldOf = (hits: readonly Hit[], micros: number): readonly Hit[] => {
  const { tells } = createSuppression(micros);
  return hits.filter((each) => tells(each));
};

describe('suppression of hits', () => {
  it('tells the first of a group, and the next when the time has passed since the one told last', () => {
    expect(
      toldOf(
        [0, 4, 9, 10, 15, 19, 20, 100].map((at) => hit(at)),
        10,
      ).map(({ at }) => at),
    ).toEqual([0, 10, 20, 100]);
  });

  it('keeps rules and groups apart, also where their names run together', () => {
    const hits: Hit[] = [
      hit(0),
      hit(0, 'b'),
      hit(1, 'a', 's'),
      { rule: 'r', group: ['a,b', 'c'], at: 1 },
      { rule: 'r', group: ['a', 'b,c'], at: 1 },
      { rule: 'r', group: ['a","b', 'c'], at: 1 },
    ];
    expect(toldOf(hits, 10)).toEqual(hits);
  });

  it('always tells what has no moment', () => {
    expect(toldOf([hit(null), hit(null)], 10)).toHaveLength(2);
  });

  it('leaves no two hits of a group nearer to each other, drops none that could be told, and counts the others', () => {
    const event = fc.record({ gap: fc.integer({ min: 0, max: 6 }), group: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (events, micros) => {
        let at = 0;
        const hits = events.map(({ gap, group }) => hit((at += gap), group));
        const { tells, suppressed } = createSuppression(micros);
        const last = new Map<string, number>();
        let untold = 0;
        for (const each of hits) {
          const before = last.get(each.group[0] ?? '');
          const isDue = before === undefined || (each.at ?? 0) >= before + micros;
          expect(tells(each)).toBe(isDue);
          if (isDue) last.set(each.group[0] ?? '', each.at ?? 0);
          else untold++;
        }
        expect(suppressed.get('r') ?? 0).toBe(untold);
      }),
    );
  });
});
