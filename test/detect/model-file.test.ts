import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrayOf, readModel, writeModel } from '../../core/detect/model-file.ts';

const content = {
  kind: 'test',
  version: 2,
  meta: { names: ['a', 'b'] },
  arrays: { one: Uint8Array.of(1, 2, 3), two: Float64Array.of(0.5, -1) },
};

describe('model file', () => {
  it('is the magic, a length, a JSON header and little-endian arrays at multiples of 8', () => {
    const bytes = writeModel(content);
    const text = new TextDecoder().decode(bytes);
    expect(text.startsWith('NIGHTJAR')).toBe(true);
    const length = new DataView(bytes.buffer).getUint32(8, true);
    const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(12, 12 + length)));
    expect(header).toEqual({
      kind: 'test',
      version: 2,
      meta: { names: ['a', 'b'] },
      arrays: [
        { name: 'one', type: 'uint8', offset: 0, length: 3 },
        { name: 'two', type: 'float64', offset: 8, length: 2 },
      ],
    });
    const body = Math.ceil((12 + length) / 8) * 8;
    expect([...bytes.subarray(body, body + 3)]).toEqual([1, 2, 3]);
    expect(new DataView(bytes.buffer).getFloat64(body + 8, true)).toBe(0.5);
  });

  it('gives back what was written, from any offset in a buffer', () => {
    fc.assert(
      fc.property(fc.float64Array(), fc.uint16Array(), fc.nat(7), (a, b, shift) => {
        const bytes = writeModel({ kind: 'k', version: 1, meta: null, arrays: { a, b } });
        const moved = new Uint8Array(bytes.length + shift);
        moved.set(bytes, shift);
        const read = readModel(moved.subarray(shift), 'k', 1);
        expect([...arrayOf(read, 'a', 'float64', a.length)]).toEqual([...a]);
        expect([...arrayOf(read, 'b', 'uint16')]).toEqual([...b]);
      }),
    );
  });

  it('reads from a Node Buffer inside a pool as from bytes, and copies', () => {
    const pool = Buffer.alloc(4096, 0xff);
    const bytes = writeModel(content);
    const inside = pool.subarray(64, 64 + bytes.length);
    inside.set(bytes);
    const read = readModel(inside, 'test', 2);
    inside.fill(0);
    expect(read.arrays).toEqual(content.arrays);
  });

  it('refuses a newer layout by name', () => {
    expect(() => readModel(writeModel(content), 'test', 1)).toThrow(
      expect.objectContaining({ code: 'case-newer', where: 'test: layout 2, known up to 1' }),
    );
  });

  it('refuses any cut, and another kind, as damaged', () => {
    const bytes = writeModel(content);
    const damaged = expect.objectContaining({ code: 'case-damaged' });
    for (let length = 0; length < bytes.length - 8; length++) {
      expect(() => readModel(bytes.subarray(0, length), 'test', 2)).toThrow(damaged);
    }
    expect(() => readModel(bytes, 'other', 2)).toThrow(damaged);
    expect(() => arrayOf(readModel(bytes, 'test', 2), 'one', 'float32')).toThrow(damaged);
    expect(() => arrayOf(readModel(bytes, 'test', 2), 'one', 'uint8', 4)).toThrow(damaged);
  });
});
