import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lossEventFromJson, lossEventToJson, odometer } from '../../../core/release/accounting/index.ts';
import { anyEvent } from './events.ts';

describe('an event in the ledger', () => {
  it('comes back exactly, through text', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const text = JSON.stringify(lossEventToJson(event));
        expect(lossEventFromJson(JSON.parse(text))).toEqual(event);
      }),
    );
  });

  it.each([
    [{ kind: 'discrete-laplace', coordinates: 1, sensitivity: '1' }, /cannot be read/],
    [{ kind: 'discrete-laplace', coordinates: 1, sensitivity: '1', scale: '0' }, /out of range/],
    [{ kind: 'discrete-laplace', coordinates: 1, sensitivity: '0.5', scale: '2' }, /out of range/],
    [{ kind: 'discrete-gaussian', coordinates: 1.5, sensitivity: '1', sigmaSquared: '2' }, /out of range/],
    [{ kind: 'pure', epsilon: '-1' }, /out of range/],
    [{ kind: 'pure', epsilon: 1 }, /cannot be read/],
    [{ kind: 'pure', epsilon: '1', delta: '0' }, /cannot be read/],
    [{ kind: 'selection', epsilon: '1', delta: '1' }, /out of range/],
    [{ kind: 'gaussian', rho: '1' }, /cannot be read/],
    [{ kind: 'bounded-range', epsilon: '1' }, /cannot be read/],
    [{ kind: 'bounded-range', epsilon: '1', choices: 0.5 }, /out of range/],
    [{ kind: 'bounded-range', epsilon: '-1', choices: 1 }, /out of range/],
    [null, /cannot be read/],
  ])('is refused where it is none: %j', (value, message) => {
    expect(() => lossEventFromJson(value)).toThrow(message);
  });

  it('cannot lower what was spent: a negative loss is no event', () => {
    expect(() => odometer([{ kind: 'zcdp', rho: { numerator: -1n, denominator: 2n } }])).toThrow(/out of range/);
  });
});
