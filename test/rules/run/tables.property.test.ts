import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fewValues, manyValues } from '../../../core/rules/run/conditions/distinct.ts';
import { PACKED_WORDS } from '../../../core/rules/run/index.ts';
import { createInterner, type Interner } from '../../../core/rules/run/interner.ts';
import { createPairTable } from '../../../core/rules/run/pair-table.ts';
import { createRows, reserveRow } from '../../../core/rules/run/rows.ts';
import { createSweep } from '../../../core/rules/run/sweep.ts';
import { packed } from './support.ts';

describe('the table of texts', () => {
  // Few letters, so that texts share buckets and beginnings; some too long or not Latin.
  const texts = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'b', '\u00ff', '\u0101', '\ud83d\ude00', '\ud800'), maxLength: 18 }),
    fc.constantFrom('0123456789abcdef', '0123456789abcdefg'),
  );
  const SPAN = 10;

  /** Asks for a text, as bytes where they are few enough and say the same: half a letter is none. */
  const prepare = (interner: Interner, text: string | null, n: number, isPacked: boolean): void => {
    const bytes = Buffer.from(text ?? '');
    if (!isPacked || bytes.length > 12 || bytes.toString() !== (text ?? '')) interner.keys.prepare(text, n);
    else interner.keys.preparePacked(packed([null, text]), PACKED_WORDS, n);
  };

  it('gives every text a number of its own for as long as it can matter, and the text back', () => {
    const step = fc.record({
      texts: fc.array(fc.option(texts), { maxLength: 4 }),
      isUsed: fc.boolean(),
      isPacked: fc.boolean(),
      wait: fc.nat(4),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat(2 ** 31 - 1), (steps, seed) => {
        const interner = createInterner(seed);
        interner.retention.keepFor(SPAN);
        const kept = interner.idOf('a');
        interner.setCode(kept, 0);
        /** Number and latest use of each text. */
        const known = new Map<string, { id: number; at: number }>([['a', { id: kept, at: Infinity }]]);
        let now = 0;
        for (const { texts: some, isUsed, isPacked, wait } of steps) {
          now += wait;
          for (const [text, { at }] of known) if (at < now - SPAN) known.delete(text);
          const ids = new Int32Array(some.length);
          for (const [n, text] of some.entries()) prepare(interner, text, n, isPacked);
          interner.idsOf(some.length, ids);
          for (const [i, text] of some.entries()) {
            const id = ids[i] ?? -2;
            if (text === null) {
              expect(id).toBe(-1);
              continue;
            }
            const before = known.get(text);
            if (before !== undefined) expect(id).toBe(before.id);
            else expect([...known.values()].map((each) => each.id)).not.toContain(id);
            expect(interner.find(text)).toBe(id);
            expect(interner.textOf(id)).toBe(text);
            if (!isUsed) continue;
            interner.use(id, now);
            known.set(text, { id, at: text === 'a' ? Infinity : now });
          }
          interner.retention.sweep(now);
          const found = new Int32Array(some.length);
          for (const [n, text] of some.entries()) prepare(interner, text, n, !isPacked);
          interner.findAll(some.length, found);
          for (const [i, text] of some.entries()) {
            if (text === null) expect(found[i]).toBe(-1);
            else if (known.has(text)) expect(found[i]).toBe(known.get(text)?.id);
          }
        }
        for (const [text, { id }] of known) expect(interner.find(text)).toBe(id);
      }),
      { numRuns: 300 },
    );
  });

  it('forgets what nobody used, and what was used too long ago', () => {
    const interner = createInterner(1);
    interner.retention.keepFor(SPAN);
    interner.retention.sweep(0);
    for (const text of ['unused', 'old', 'new', 'code']) interner.idOf(text);
    interner.use(interner.find('old'), 0);
    interner.use(interner.find('new'), 1);
    interner.setCode(interner.find('code'), 0);
    interner.retention.sweep(10);
    const are = (): boolean[] => ['unused', 'old', 'new', 'code'].map((text) => interner.find(text) >= 0);
    expect(are()).toEqual([false, true, true, true]); // exactly as old as asked for is kept
    interner.retention.sweep(11);
    expect(are()).toEqual([false, false, true, true]);
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

describe('a sweep', () => {
  const step = fc.record({ made: fc.nat(4), used: fc.array(fc.nat(30)), wait: fc.nat(5) });

  it('drops what is over, nothing else, and looks at nothing before anything can be over', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (steps, span) => {
        const times: (number | null)[] = [];
        let looks = 0;
        const table = {
          reach: () => times.length,
          inserted: () => times.length,
          nextBefore: (moment: number, from: number, below: number): number => {
            looks++;
            const found = times.findIndex((time, i) => i >= from && i < below && time !== null && time < moment);
            return found < 0 ? below : found;
          },
        };
        let now = 100;
        const sweep = createSweep(table, (entry) => {
          expect(times[entry]).toBeLessThan(now - span);
          times[entry] = null;
        });
        sweep(now, now - span);
        for (const { made, used, wait } of steps) {
          now += wait;
          for (let i = 0; i < made; i++) times.push(now);
          for (const entry of used) if (typeof times[entry] === 'number') times[entry] = now;
          const before = looks;
          sweep(now, now - span);
          if (now - span <= 100) expect(looks).toBe(before);
        }
        // However many there are, all are looked at in the end.
        now += span + 1;
        for (let i = 0; i <= times.length; i++) sweep(now, now - span);
        expect(times.every((time) => time === null)).toBe(true);
      }),
      { numRuns: 200 },
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
        const values = make({ span: 5, memory, rows }, most);
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
          expect(memory.used).toBe(all.length);
        }
      }),
      { numRuns: 300 },
    );
  });
});
