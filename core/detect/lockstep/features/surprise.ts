import { countTwins, excessOf, lowerMedian, misfitOf, type Twins } from './excess.ts';
import { fitTail, logChance } from './tail.ts';
import type { View } from './views.ts';

/** What chance does not explain of a table's twins. */
export type Surprise = {
  /** Per row log10 of the chance of twins like these for one row; 0 where nothing speaks. */
  readonly logChance: Float64Array;
  /** Per row the mean excess over all views. */
  readonly unexplained: Float64Array;
  /** Per row how many twins in all columns, at the coarser resolution, chance leads to expect. */
  readonly expected: Float32Array;
};

/** Per view the cells of `rows` rows, those of made-up tables (`chances`), and those of whole tables of the real size (`trial`). */
export type Looks = {
  readonly views: readonly View[];
  readonly cells: readonly Uint32Array[];
  readonly chances: readonly (readonly Uint32Array[])[];
  readonly trial: readonly Uint32Array[];
  readonly rows: number;
};

/** Holds each row's twins against those of made-up rows, one resolution after the other. */
export const surpriseOf = async (
  { views, cells, chances, trial, rows }: Looks,
  pace: () => Promise<void>,
): Promise<Surprise> => {
  const chancesOf = (v: number): readonly Uint32Array[] => chances.map((chance) => chance[v] ?? NONE);
  const unexplained = new Float64Array(rows);
  const best = new Float64Array(rows);
  let expected: Float32Array = new Float32Array(rows);
  const resolutions = new Set(views.map(({ bins }) => bins));
  for (const resolution of resolutions) {
    const looks = [...views.keys()].filter((v) => views[v]?.bins === resolution);
    const twins: Twins[] = [];
    for (const v of looks) {
      twins.push(countTwins(cells[v] ?? NONE, chancesOf(v)));
      await pace();
    }
    const misfit = misfitOf(twins);
    const excess = twins.map((one) => excessOf(one, misfit));
    for (const one of excess) one.forEach((value, i) => (unexplained[i]! += value / views.length));
    const real = lowerMedian(excess);
    expected = twins[0]?.expected ?? expected;
    const made = new Float32Array(trial[0]?.length ?? 0);
    for (let from = 0; from < made.length; from += rows) {
      const parts: Float32Array[] = [];
      for (const v of looks) {
        const part = (trial[v] ?? NONE).subarray(from, from + rows);
        parts.push(excessOf(countTwins(part, chancesOf(v)), misfit));
        await pace();
      }
      made.set(lowerMedian(parts), from);
    }
    const tail = fitTail(real, made);
    real.forEach((value, i) => {
      best[i] = Math.min(best[i]!, logChance(tail, value));
    });
  }
  // One of as many looks as there are resolutions (Bonferroni 1936).
  const looks = Math.log10(resolutions.size);
  return { logChance: best.map((value) => Math.min(0, value + looks)), unexplained, expected };
};

const NONE = new Uint32Array(0);
