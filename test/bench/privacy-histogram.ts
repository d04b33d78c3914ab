/** Time of a histogram with many keys against OpenDP, rows in and noised counts out: a part of `npm run bench:privacy`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseRational, rational } from '../../core/math/rational.ts';
import { seededRandom } from '../../core/random/index.ts';
import { thresholdFor } from '../../core/release/accounting/index.ts';
import { runNative } from './harness/native.ts';
import { runPython } from './harness/python.ts';
import { figureOf, type Figure } from './harness/result.ts';
import { runChild } from './harness/run.ts';
import { inTemporaryFolder } from './harness/temporary.ts';

export type HistogramBench = {
  readonly keys: number;
  readonly rows: number;
  readonly repeats: number;
  /** Whether OpenDP is installed. */
  readonly hasPeer: boolean;
  /** Whether its library in Rust is built. */
  readonly hasNative: boolean;
};

const OURS = z.object({ ms: z.number(), groups: z.number() });
const THEIRS = OURS.extend({ noiseMs: z.number() });
const NOISE = { kind: 'discrete-laplace', scale: rational(1) } as const;
const [TEXTS, WHOLE, NOISE_ALONE] = ['opendp', 'opendp, keys whole numbers', 'opendp, noise alone'] as const;
const [NATIVE_TEXTS, NATIVE_WHOLE] = ['opendp in Rust', 'opendp in Rust, keys whole numbers'] as const;
const ONE = { groupsPerActor: 1, contribution: 1 };

/**
 * Milliseconds of a count by key at ε = 1, ours and OpenDP's one after the other in processes of their own. Ours bounds what
 * an actor contributes on the way; OpenDP's unit is the row, so every row is somebody else's. Keys are texts: ours come as
 * codes into a list of texts, as the store reads them, OpenDP's as texts, and as whole numbers beside them; called from
 * Python, and from Rust. "Noise alone" is OpenDP without its counting, against all of ours.
 */
export const measureHistogram = (bench: HistogramBench): Promise<readonly Figure[]> =>
  inTemporaryFolder(async (folder) => {
    const values = join(folder, 'values.i32');
    const random = seededRandom(3);
    writeFileSync(
      values,
      Int32Array.from({ length: bench.rows }, () => Math.floor(random.float() * bench.keys)),
    );
    const figures: Figure[] = [];
    for (const keys of ['known', 'unknown'] as const) {
      const ours: number[] = [];
      const theirs: Record<string, number[]> = bench.hasPeer ? { [TEXTS]: [], [WHOLE]: [], [NOISE_ALONE]: [] } : {};
      if (bench.hasNative) Object.assign(theirs, { [NATIVE_TEXTS]: [], [NATIVE_WHOLE]: [] });
      const threshold = thresholdFor(NOISE, parseRational('1e-6'), ONE);
      for (let repeat = 0; repeat < bench.repeats; repeat++) {
        const job = { keys, values, size: bench.keys, scale: 1, threshold };
        const mine = OURS.parse(await runChild('privacy-histogram', job));
        requireGroups(keys, mine.groups, bench.keys);
        ours.push(mine.ms);
        for (const texts of bench.hasNative ? [true, false] : []) {
          const what = [keys, texts ? 'texts' : 'whole', values, String(bench.keys), '1', String(threshold)];
          const { ms, groups } = THEIRS.parse(await runNative('histogram', ...what));
          requireGroups(keys, groups, bench.keys);
          theirs[texts ? NATIVE_TEXTS : NATIVE_WHOLE]?.push(ms);
        }
        for (const texts of bench.hasPeer ? [true, false] : []) {
          const { ms, noiseMs, groups } = THEIRS.parse(await runPython('privacy_histogram', { ...job, texts }));
          requireGroups(keys, groups, bench.keys);
          theirs[texts ? TEXTS : WHOLE]?.push(ms);
          if (!texts) theirs[NOISE_ALONE]?.push(noiseMs);
        }
      }
      const what = `histogram of ${bench.keys} ${keys} keys, ${bench.rows} rows`;
      figures.push(figureOf(what, 'ms', ours, theirs));
    }
    return figures;
  });

/** What was timed must be the whole histogram: every declared key, and of unknown ones some at most. */
const requireGroups = (keys: 'known' | 'unknown', groups: number, declared: number): void => {
  if (keys === 'known' ? groups === declared : groups < declared) return;
  throw new Error('A histogram has another number of keys than it must have.');
};
