import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fitCutForest, RECIPES, scoreCutForest } from '../../../core/detect/forests/index.ts';
import { exportForest } from '../../../core/detect/onnx/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { onnxForests, onnxTable } from '../../golden/onnx-forests.ts';
import { matrixOf } from '../tables.ts';

type Golden = {
  readonly models: Readonly<Record<string, { readonly sha256: string; readonly scores: readonly number[] }>>;
};

/** What onnxruntime says: made by test/golden/onnx-forests.py. */
const golden = JSON.parse(readFileSync(new URL('../../golden/onnx-forests.json', import.meta.url), 'utf8')) as Golden;

describe('exportForest', () => {
  it('writes the very bytes that onnxruntime has scored as we do, for every recipe, missing values too', async () => {
    const table = onnxTable();
    const forests = await onnxForests();
    expect(forests.map(({ recipe }) => recipe)).toEqual(Object.keys(RECIPES));
    expect(Object.keys(golden.models).sort()).toEqual(Object.keys(RECIPES).sort());
    for (const forest of forests) {
      const model = golden.models[forest.recipe];
      expect(createHash('sha256').update(exportForest(forest)).digest('hex')).toBe(model?.sha256);
      const scores = await scoreCutForest(forest, table);
      expect(new Set(scores).size).toBeGreaterThan(20);
      scores.forEach((score, row) => {
        expect(Math.abs(score - (model?.scores[row] ?? Number.NaN))).toBeLessThan(1e-5);
      });
    }
  });

  it('refuses what the format cannot say', async () => {
    const matrix = { ...matrixOf(2, [0, 1, 1, 2, 0, 3, 1, 4]), levels: [2, 0] };
    const forest = await fitCutForest('standard', matrix, seededRandom(1), {}, { trees: 2 });
    expect(() => exportForest(forest)).toThrow(expect.objectContaining({ code: 'usage', where: 'f0' }));
    const single = await fitCutForest('standard', matrixOf(1, [1]), seededRandom(1), {}, { trees: 2 });
    expect(() => exportForest(single)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
