import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fewValues, manyValues } from '../../../core/rules/run/conditions/distinct.ts';
import { createInterner } from '../../../core/rules/run/interner.ts';
import { createPairTable } from '../../../core/rules/run/pair-table.ts';
import { createRows, reserveRow } from '../../../core/rules/run/rows.ts';

describe('the table of texts', () => {
  it('gives every text a number of its own as long as it is retained, and the text back', () => {
    // Few letters, so that texts share buckets and beginnings; some too long or not Latin.
    const texts = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'b', '\u00ff', '\u0101', '\ud83d\ude00', '\ud800'), maxLength: 18 }),
      fc.constantFrom('0123456789abcdef', '0123456789abcdefg'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, fc.boolean()), { maxLength: 80 }), fc.nat(2 ** 31 - 1), (steps, seed) => {
        const interner = createInterner(seed);
        const known = new Map<string, number>();
        for (const [text, isKept] of steps) {
          const before = known.get(text);
          const id = interner.idOf(text);
          if (before !== undefined) expect(id).toBe(before);
          else expect([...known.values()]).not.toContain(id);
          expect(interner.find(text)).toBe(id);
          expect(interner.textOf(id)).toBe(text);
          if (isKept && before === undefined) {
            interner.retain(id);
            known.set(text, id);
          } else if (!isKept && before !== undefined) {
            interner.release(id);
            known.delete(text);
          }
          interner.sweep();
          expect(interner.find(text)).toBe(known.get(text) ?? -1);
        }
        for (const [text, id] of known) expect(interner.find(text)).toBe(id);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the table of pairs', () => {
  it('holds what a Map holds', () => {
    const pair = fc.tuple(fc.integer({ min: -2, max: 9 }), fc.constantFrom(0, 1, -1, 2 ** 31 - 1, -(2 ** 31)));
    fc.assert(
      fc.property(fc.array(fc.tuple(pair, fc.boolean()), { maxLength: 200 }), (steps) => {
        const table = createPairTable();
        const known = new Map<string, number>();
        for (const [[a, b], isIn] of steps) {
          const key = `${a} ${b}`;
          const entry = table.find(a, b);
          expect(entry).toBe(known.get(key) ?? -1);
          if (isIn && entry < 0) {
            const made = table.insert(a, b, a);
            expect([table.first(made), table.second(made), table.time(made), table.isMarked(made)]).toEqual([
              a,
              b,
              a,
              false,
            ]);
            known.set(key, made);
          } else if (!isIn && entry >= 0) {
            table.remove(entry);
            known.delete(key);
          }
        }
        const there = Array.from({ length: table.reach() }, (_, entry) => entry).filter((entry) =>
          table.isThere(entry),
        );
        expect(there.toSorted((a, b) => a - b)).toEqual([...known.values()].toSorted((a, b) => a - b));
      }),
      { numRuns: 300 },
    );
  });
});

describe('latest values', () => {
  const step = fc.record({
    slot: fc.nat(2),
    value: fc.nat(6),
    wait: fc.nat(3),
    what: fc.constantFrom('show' as const, 'show' as const, 'show' as const, 'expire' as const, 'close' as const),
  });

  it.each([
    ['few', fewValues],
    ['many', manyValues],
  ] as const)('%s of them are those of a Map in the order of their moments', (_, make) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), fc.integer({ min: 1, max: 5 }), (steps, most) => {
        const rows = createRows();
        const memory = { used: 0, limit: 1e9 };
        const held: number[] = [];
        const values = make(
          { span: 5, memory, rows },
          most,
          (value) => void held.push(value),
          (value) => void held.splice(held.indexOf(value), 1),
        );
        reserveRow(rows, 2);
        const expected = [0, 1, 2].map(() => new Map<number, number>());
        for (const slot of [0, 1, 2]) values.open(slot);
        let now = 0;
        for (const { slot, value, wait, what } of steps) {
          now += wait;
          const own = expected[slot] ?? new Map<number, number>();
          if (what === 'show') {
            values.show(slot, value, now);
            own.delete(value);
            own.set(value, now);
            if (own.size > most) own.delete([...own.keys()][0] ?? -1);
          } else if (what === 'expire') {
            values.expire(slot, now - 5);
            for (const [key, at] of own) if (at <= now - 5) own.delete(key);
          } else {
            values.close(slot);
            values.open(slot);
            own.clear();
          }
          expect(values.length(slot)).toBe(own.size);
          const all = expected.flatMap((map) => [...map.keys()]);
          expect(held.toSorted()).toEqual(all.toSorted());
          expect(memory.used).toBe(all.length);
        }
      }),
      { numRuns: 300 },
    );
  });
});
