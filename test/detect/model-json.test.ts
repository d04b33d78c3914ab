import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeModel } from '../../core/detect/model-file.ts';
import { modelFromJson, modelToJson } from '../../core/detect/model-json.ts';

describe('model as JSON', () => {
  it('names what it is and spells numbers that JSON lacks', () => {
    const arrays = { t: Float32Array.of(1, Infinity, -Infinity, Number.NaN), n: Uint8Array.of(7) };
    const text = modelToJson(writeModel({ kind: 'k', version: 3, meta: { a: 1 }, arrays }), 'k', 3);
    expect(JSON.parse(text)).toEqual({
      format: 'nightjar-model',
      kind: 'k',
      version: 3,
      meta: { a: 1 },
      arrays: {
        t: { type: 'float32', values: [1, 'Infinity', '-Infinity', 'NaN'] },
        n: { type: 'uint8', values: [7] },
      },
    });
  });

  it('comes back as the same file', () => {
    fc.assert(
      fc.property(fc.float64Array(), fc.float32Array(), fc.int32Array(), fc.uint16Array(), (a, b, c, d) => {
        // One NaN there is in JSON, whatever its bits were; −0 is written as 0.
        const plain = (x: number): number => (Number.isNaN(x) ? Number.NaN : x + 0);
        const arrays = { a: a.map(plain), b: b.map(plain), c, d };
        const bytes = writeModel({ kind: 'k', version: 1, meta: [null, 'x'], arrays });
        expect(modelFromJson(modelToJson(bytes, 'k', 1))).toEqual(bytes);
      }),
    );
  });

  it('refuses what it did not write', () => {
    const damaged = expect.objectContaining({ code: 'case-damaged' });
    for (const text of ['', '{', '[]', '{"format":"nightjar-model"}'])
      expect(() => modelFromJson(text)).toThrow(damaged);
    const torn = modelToJson(writeModel({ kind: 'k', version: 1, meta: 0, arrays: { a: Uint8Array.of(1) } }), 'k', 1);
    expect(() => modelFromJson(torn.replace('uint8', 'uint9'))).toThrow(damaged);
    for (const value of ['256', '-1', '0.5', '"NaN"', '1e400'])
      expect(() => modelFromJson(torn.replace('[1]', `[${value}]`))).toThrow(damaged);
    expect(() => modelFromJson(torn.replace('uint8', 'float32').replace('[1]', '[1e300]'))).toThrow(damaged);
  });
});
