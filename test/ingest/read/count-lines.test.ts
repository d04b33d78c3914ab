import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { countLines } from '../../../core/ingest/read/count-lines.ts';

test('counts what a plain loop counts, wherever the bytes lie', () => {
  const byte = fc.oneof(fc.constantFrom(10, 9, 11, 138, 0, 255), fc.nat({ max: 255 }));
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 200 }), fc.nat({ max: 7 }), fc.nat({ max: 200 }), (values, offset, end) => {
      const bytes = Uint8Array.from([...values.slice(0, offset), ...values]).subarray(Math.min(offset, values.length));
      const to = Math.min(end, bytes.length);
      expect(countLines(bytes, to)).toBe(bytes.subarray(0, to).filter((each) => each === 10).length);
    }),
  );
});

test('more line ends than a byte counts', () => {
  expect(countLines(new Uint8Array(10_001).fill(10), 10_001)).toBe(10_001);
});
