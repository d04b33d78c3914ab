import type { Activity } from '../../store/index.ts';

export const SPARK_BINS = 24;
const MOST = 65_535;

/** Events of every actor in each 24th of the whole span, actor by actor; counts stop at 65,535. */
export const sparksOf = (activity: Activity | null, actors: number): Uint16Array => {
  const spark = new Uint16Array(actors * SPARK_BINS);
  if (activity === null) return spark;
  const { start, tick, weight, fromUs, toUs, originUs, tickUs } = activity;
  const before = (fromUs - originUs) / tickUs;
  const perTick = (SPARK_BINS * tickUs) / (toUs - fromUs);
  for (let row = 0; row < actors; row++) {
    for (let i = start[row] ?? 0; i < (start[row + 1] ?? 0); i++) {
      const bin =
        row * SPARK_BINS + Math.min(SPARK_BINS - 1, Math.max(0, Math.floor(((tick[i] ?? 0) - before) * perTick)));
      spark[bin] = Math.min(MOST, (spark[bin] ?? 0) + (weight?.[i] ?? 1));
    }
  }
  return spark;
};
