import { describe, expect, it } from 'vitest';
import { nearestOrdinary } from '../../core/explain/index.ts';
import { tableOf } from '../detect/tables.ts';

const nan = Number.NaN;
const table = tableOf({
  events: [10, 11, 12, 13, 14, 5000, 15, 10],
  night: [0.1, 0.2, 0.3, 0.25, 0.5, 0.2, nan, 0.2],
});
const detection = {
  features: ['events', 'night'],
  evidence: ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'insufficient'] as const,
  score: Float64Array.of(0.1, 0.2, 0.3, 0.1, 0.2, 3, 0.9, 0),
};

describe('nearestOrdinary', () => {
  it('is the ordinary peer that is most alike in what is not odd', () => {
    // Row 5 has 5,000 events: all are equally far in that, and row 1 is nearest by its nights.
    expect(nearestOrdinary(detection, table, 5)).toBe(1);
    expect(nearestOrdinary(detection, table, 0)).toBe(1);
  });

  it('is never the actor itself, one that scores high or one without evidence', () => {
    for (const row of table.actors.keys()) {
      const nearest = nearestOrdinary(detection, table, row);
      expect([0, 1, 3, 4]).toContain(nearest);
      expect(nearest).not.toBe(row);
    }
  });

  it('is undefined for the only actor', () => {
    const one = { features: ['a'], evidence: ['ok'] as const, score: Float64Array.of(1) };
    expect(nearestOrdinary(one, tableOf({ a: [1] }), 0)).toBe(undefined);
  });
});
