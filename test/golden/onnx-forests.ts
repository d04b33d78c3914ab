/**
 * The models and the table behind onnx-forests.json, the same on every machine: `npx tsx test/golden/onnx-forests.ts FOLDER` writes
 * them for onnx-forests.py; the tests make them again.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fitCutForest, RECIPES, type CutForest } from '../../core/detect/forests/index.ts';
import { exportForest } from '../../core/detect/onnx/index.ts';
import { seededRandom } from '../../core/random/index.ts';
import type { Matrix } from '../../core/table/index.ts';

/** 120 rows of 5 columns by whole-number arithmetic; one value in 17 is missing. */
export const onnxTable = (): Matrix => {
  const values = Float32Array.from({ length: 600 }, (_, i) =>
    i % 17 === 3 ? Number.NaN : ((i * 7919) % 211) / 16 + (i % 5) * ((i * 31) % 7),
  );
  return { rows: 120, columns: 5, names: ['a', 'b', 'c', 'd', 'e'], values };
};

/** A small forest of every recipe, fitted on the first 80 rows. */
export const onnxForests = async (): Promise<readonly CutForest[]> => {
  const table = onnxTable();
  const fitted = { ...table, rows: 80, values: table.values.subarray(0, 400) };
  const forests: CutForest[] = [];
  for (const recipe in RECIPES) {
    if (!isRecipe(recipe)) continue;
    forests.push(await fitCutForest(recipe, fitted, seededRandom(5), {}, { trees: 6, sampleSize: 32 }));
  }
  return forests;
};

const isRecipe = (name: string): name is keyof typeof RECIPES => name in RECIPES;

const folder = process.argv[2];
if (folder !== undefined && import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'table.f32'), new Uint8Array(onnxTable().values.buffer));
  for (const forest of await onnxForests()) writeFileSync(join(folder, `${forest.recipe}.onnx`), exportForest(forest));
}
