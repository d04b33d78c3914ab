import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutPart, SUBCELLS, wholePart, type Part } from '../../../core/release/quantiles/part.ts';
import { rankOptions } from '../../../core/release/quantiles/rank-options.ts';

const HIGH = 3;
const LAST = (HIGH + 1) * SUBCELLS - 1;
const cells = fc.array(fc.integer({ min: 0, max: HIGH }), { maxLength: 12 });
const position = fc.integer({ min: 0, max: LAST });

/** Distance of every position of the part, from the definition: rows below by spreading each segment over its positions. */
const bruteDistances = (part: Part, a: number, b: number): number[] =>
  Array.from({ length: part.to - part.from + 1 }, (_, i) => {
    const at = part.from + i;
    let below = 0;
    part.start.forEach((start, s) => {
      const [width, count] = [part.width[s] ?? 0, part.count[s] ?? 0];
      if (start + width <= at) below += count;
      else if (start <= at) below += Math.floor((count * (2 * (at - start) + 1)) / (2 * width));
    });
    return Math.abs(b * below - a * part.rows);
  });

const spreadOptions = (part: Part, a: number, b: number): number[] => {
  const { first, size, distance } = rankOptions(part, a, b);
  const spread: number[] = Array(part.to - part.from + 1).fill(Number.NaN);
  first.forEach((from, i) => {
    for (let at = from; at < from + (size[i] ?? 0); at++) {
      expect(spread[at - part.from]).toBeNaN(); // no position twice
      spread[at - part.from] = distance[i] ?? 0;
    }
  });
  return spread;
};

const whole = (values: readonly number[]): Part => wholePart(Float64Array.from(values).sort(), 0, HIGH);

/** What is left after cuts, always going on with the same side. */
const after = (values: readonly number[], cuts: readonly (readonly [number, boolean])[]): Part => {
  let part = whole(values);
  for (const [at, right] of cuts) {
    const inside = part.from + (at % (part.to - part.from + 1));
    part = cutPart(part, inside)[right ? 1 : 0];
  }
  return part;
};

describe('rankOptions', () => {
  it('has every position of a part once, with its distance', () => {
    const cuts = fc.array(fc.tuple(position, fc.boolean()), { maxLength: 3 });
    fc.assert(
      fc.property(cells, cuts, fc.integer({ min: 1, max: 4 }), (values, cut, a) => {
        const part = after(values, cut);
        expect(spreadOptions(part, a, 5)).toEqual(bruteDistances(part, a, 5));
      }),
      { numRuns: 60 },
    );
  });

  it('skips ranks where a cell holds more rows than positions', () => {
    const part = whole(Array(3 * SUBCELLS).fill(1));
    expect(spreadOptions(part, 1, 2)).toEqual(bruteDistances(part, 1, 2));
  });

  it('moves a distance by max(a, b − a) at most when one row comes', () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 0, max: HIGH }), fc.integer({ min: 1, max: 9 }), (values, added, a) => {
        const [x, y] = [spreadOptions(whole(values), a, 10), spreadOptions(whole([...values, added]), a, 10)];
        const most = Math.max(...x.map((distance, i) => Math.abs(distance - (y[i] ?? 0))));
        expect(most).toBeLessThanOrEqual(Math.max(a, 10 - a));
      }),
      { numRuns: 60 },
    );
  });
});

describe('cutPart', () => {
  const countOf = (part: Part): ReadonlyMap<number, number> =>
    new Map(Array.from(part.start, (start, i) => [start, part.count[i] ?? 0]));

  it('gives one row more to exactly one part of a level when one row comes', () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 0, max: HIGH }), position, position, (values, added, first, second) => {
        const partsOf = (rows: readonly number[]): Part[] =>
          cutPart(whole(rows), first).flatMap((part) => {
            const inside = part.from + (second % (part.to - part.from + 1));
            return [...cutPart(part, inside)];
          });
        const [x, y] = [partsOf(values), partsOf([...values, added])];
        let changes = 0;
        x.forEach((part, i) => {
          const [before, now] = [countOf(part), countOf(y[i] ?? part)];
          for (const start of new Set([...before.keys(), ...now.keys()])) {
            const difference = (now.get(start) ?? 0) - (before.get(start) ?? 0);
            expect(difference === 0 || difference === 1).toBe(true);
            changes += difference;
          }
        });
        expect(changes).toBe(1);
      }),
    );
  });
});
