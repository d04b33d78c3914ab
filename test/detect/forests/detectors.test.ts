import { describe, expect, it } from 'vitest';
import { writeModel, readModel } from '../../../core/detect/model-file.ts';
import { listed } from '../../../core/detect/detector.ts';
import {
  densityForest,
  extendedForest,
  fairCutForest,
  pooledGainForest,
  sciForest,
} from '../../../core/detect/forests/index.ts';
import { isolationForest } from '../../../core/detect/isolation-forest/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { normalMatrix, rocAuc } from '../tables.ts';

const matrix = normalMatrix(160, 4, 7, 6, 5);
const isOdd = Array.from({ length: 160 }, (_, i) => (i < 154 ? 0 : 1));
const all = [
  listed(isolationForest),
  listed(extendedForest),
  listed(sciForest),
  listed(fairCutForest),
  listed(pooledGainForest),
  listed(densityForest),
].map((detector) => [detector.name, detector] as const);

describe.each(all)('%s', (_, detector) => {
  it('finds what is odd, and does so after a trip through a file', async () => {
    const fitted = await detector.fit(matrix, seededRandom(1), { threads: 1 });
    const scores = await fitted.score(matrix, { threads: 1 });
    expect(rocAuc(scores, isOdd)).toBeGreaterThan(0.99);
    const again = detector.load(fitted.save());
    expect(await again.score(matrix, { threads: 1 })).toEqual(scores);
    expect(await again.attribute(matrix, {})).toEqual(await fitted.attribute(matrix, {}));
    // Leaf values and cuts: far less than the rows would need when there are many.
    expect(fitted.save().length).toBeLessThan(4e6);
  });

  it('gives the same for the same seed, and not for another', async () => {
    const fitted = await Promise.all([5, 5, 6].map((seed) => detector.fit(matrix, seededRandom(seed), {})));
    // As bytes: matching arrays of megabytes value by value takes seconds.
    const [a, b, c] = fitted.map((one) => Buffer.from(one.save())) as [Buffer, Buffer, Buffer];
    expect([a.equals(b), a.equals(c)]).toEqual([true, false]);
  });

  it('lives with constant columns, gaps and a column that is all missing', async () => {
    const values = matrix.values.map(
      (value, i) => [5, value, Number.NaN, i % 3 === 0 ? Number.NaN : value][i % 4] ?? value,
    );
    const fitted = await detector.fit({ ...matrix, values }, seededRandom(2), {});
    const scores = await fitted.score({ ...matrix, values }, {});
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(rocAuc(scores, isOdd)).toBeGreaterThan(0.75);
  });

  it('refuses a file that does not hold together', async () => {
    const bytes = (await detector.fit(matrix, seededRandom(3), {})).save();
    const { meta, version, arrays } = readModel(bytes, detector.name, 9);
    const damaged = expect.objectContaining({ code: 'case-damaged' });
    for (const name of Object.keys(arrays)) {
      const less = { ...arrays, [name]: new Uint8Array(1) };
      const load = (): unknown => detector.load(writeModel({ kind: detector.name, version, meta, arrays: less }));
      expect(load).toThrow(damaged);
    }
    const children = Object.keys(arrays).find((name) => name.endsWith('.left') && (arrays[name]?.length ?? 0) > 0);
    if (children !== undefined) {
      // A walk that would come back to the root for ever.
      const loops = { ...arrays, [children]: arrays[children]?.map(() => 0) ?? new Int32Array(0) };
      expect(() => detector.load(writeModel({ kind: detector.name, version, meta, arrays: loops }))).toThrow(damaged);
    }
    // Sizes that are only said: no room is made for a terabyte.
    const boasted = JSON.parse(JSON.stringify(meta), (key, value: unknown) =>
      key === 'trees' ? 1_000_000 : key === 'sampleSize' ? 65_535 : value,
    ) as unknown;
    expect(() => detector.load(writeModel({ kind: detector.name, version, meta: boasted, arrays }))).toThrow(damaged);
    const features = Object.keys(arrays).find((name) => name.endsWith('feature')) ?? '';
    const wide = { ...arrays, [features]: arrays[features]?.map(() => 4) ?? new Uint16Array(0) };
    expect(() => detector.load(writeModel({ kind: detector.name, version, meta, arrays: wide }))).toThrow(damaged);
  });
});
