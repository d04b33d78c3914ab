/**
 * Exported forests scored by onnxruntime beside our own scores, on rows with missing values: the largest difference per
 * recipe. `npx tsx test/bench/onnx.ts [--rows N --trees N]`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fitCutForest, RECIPES, scoreCutForest, type RecipeName } from '../../core/detect/forests/index.ts';
import { exportForest } from '../../core/detect/onnx/index.ts';
import { seededRandom } from '../../core/random/index.ts';
import { normalMatrix } from '../detect/tables.ts';
import { benchOptions } from './harness/options.ts';
import { installPeers, runPython, versionsOf, type PythonPeer } from './harness/python.ts';
import { figureOf, printFigures, writeResult } from './harness/result.ts';
import { inTemporaryFolder } from './harness/temporary.ts';

const PYTHON: readonly PythonPeer[] = ['onnxruntime'];
const COLUMNS = 20;
const { numbers } = benchOptions({ rows: 2000, trees: 100 });
const names = Object.keys(RECIPES).filter((name): name is RecipeName => name in RECIPES);

if ((await installPeers(PYTHON)).length < PYTHON.length) {
  console.log('Without onnxruntime nothing was measured.');
} else {
  await inTemporaryFolder(async (folder) => {
    const table = normalMatrix(numbers.rows, COLUMNS, 3, 20);
    for (let at = 0; at < table.values.length; at += 13) table.values[at] = Number.NaN;
    writeFileSync(join(folder, 'table.f32'), new Uint8Array(table.values.buffer));
    const ours = new Map<RecipeName, Float64Array>();
    for (const name of names) {
      const forest = await fitCutForest(name, table, seededRandom(1), {}, { trees: numbers.trees });
      writeFileSync(join(folder, `${name}.onnx`), exportForest(forest));
      ours.set(name, await scoreCutForest(forest, table));
    }
    const answer = await runPython('onnx_forests', { folder, names, columns: COLUMNS });
    const elapsed = z.record(z.string(), z.number()).parse(answer);
    const figures = names.flatMap((name) => {
      const bytes = readFileSync(join(folder, `${name}.f32`));
      const theirs = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
      const largest = (ours.get(name) ?? new Float64Array(0)).reduce(
        (most, score, row) => Math.max(most, Math.abs(score - (theirs[row] ?? Number.NaN))),
        0,
      );
      return [
        figureOf(`${name}: largest difference of scores`, 'score', [largest]),
        figureOf(`${name}: onnxruntime, ${numbers.rows} rows`, 'ms', [elapsed[name] ?? Number.NaN]),
      ];
    });
    printFigures('ONNX', figures);
    writeResult('onnx', versionsOf(PYTHON), figures);
    const far = figures.filter(({ unit, ours: value }) => unit === 'score' && !(value < 1e-5));
    if (far.length > 0) {
      console.error(`Not equal to 1e-5: ${far.map(({ what }) => what).join(', ')}`);
      process.exitCode = 1;
    }
  });
}
