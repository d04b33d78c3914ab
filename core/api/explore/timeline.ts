import type { Activity } from '../../store/index.ts';
import { eachEntry, tickBins, type Bins } from './binning.ts';

/** Events per bin of the actors at `rows`. */
export const countPerBin = (activity: Activity | null, rows: Iterable<number>, bins: Bins): Float64Array => {
  const counts = new Float64Array(bins.bins);
  if (activity === null) return counts;
  const place = tickBins(activity, bins);
  const add = (bin: number, events: number): void => {
    counts[bin] = (counts[bin] ?? 0) + events;
  };
  for (const row of rows) eachEntry(activity, row, place, add);
  return counts;
};

/** Events per actor and bin, actor by actor; an actor at row −1 did nothing. */
export const countPerLane = (activity: Activity | null, rows: readonly number[], bins: Bins): Uint32Array => {
  const counts = new Uint32Array(rows.length * bins.bins);
  if (activity === null) return counts;
  const place = tickBins(activity, bins);
  rows.forEach((row, k) => {
    if (row < 0) return;
    const lane = counts.subarray(k * bins.bins, (k + 1) * bins.bins);
    eachEntry(activity, row, place, (bin, events) => {
      lane[bin] = (lane[bin] ?? 0) + events;
    });
  });
  return counts;
};

/** Per bin the median and the 90th percentile (nearest rank) of the events of those among the first `ranked` who did anything in it. */
export const peerBands = (
  activity: Activity | null,
  ranked: number,
  bins: Bins,
): { readonly median: number[]; readonly p90: number[] } => {
  const perBin: number[][] = Array.from({ length: bins.bins }, () => []);
  if (activity !== null) {
    const place = tickBins(activity, bins);
    for (let row = 0; row < ranked; row++) {
      let bin = -1;
      let events = 0;
      eachEntry(activity, row, place, (at, count) => {
        if (at !== bin) {
          if (bin >= 0) perBin[bin]?.push(events);
          bin = at;
          events = 0;
        }
        events += count;
      });
      if (bin >= 0) perBin[bin]?.push(events);
    }
  }
  const sorted = perBin.map((counts) => Float64Array.from(counts).sort());
  const nearest = (counts: Float64Array, p: number): number =>
    counts[Math.max(0, Math.ceil(p * counts.length) - 1)] ?? 0;
  return { median: sorted.map((counts) => nearest(counts, 0.5)), p90: sorted.map((counts) => nearest(counts, 0.9)) };
};
