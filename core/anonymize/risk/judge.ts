import type { Profiles } from './profiles.ts';
import type { InformationLoss } from './loss.ts';
import { strip, strippedSizes, together, type Stripped } from './stripped.ts';

/** One choice of a level per column, and what it does to the table. */
export type Generalisation = {
  readonly levels: readonly number[];
  /** Actors in classes below k: to be suppressed. */
  readonly suppressed: number;
  /** The classes that stay, and the smallest of them; 0 when none stays. */
  readonly classes: number;
  readonly smallest: number;
  /** All classes, if nobody were suppressed. */
  readonly allClasses: number;
  readonly loss: InformationLoss;
};

/** Profiles split by some columns: those that share a class, and the others, in the steps in which they were set apart. */
export type Split = { readonly rest: Stripped; readonly alone: readonly Uint32Array[] };

/** All profiles together. */
export const unsplit = ({ rows }: Profiles): Split => ({ rest: together(rows), alone: [] });

/** Splits further by one column at a level. */
export const splitAt = ({ rest, alone }: Split, column: Profiles['columns'][number], level: number): Split => {
  const map = column.maps[level];
  const split = strip(rest, {
    codes: column.codes,
    width: column.widths[level] ?? 1,
    ...(map === undefined ? {} : { map }),
  });
  return { rest: split.rest, alone: [...alone, split.alone] };
};

/** Actors in classes below k. */
export const actorsBelow = ({ rest, alone }: Split, weights: Uint32Array, k: number): number => {
  let actors = 0;
  for (const size of strippedSizes(rest, weights)) if (size < k) actors += size;
  // Rows of profiles: within bounds.
  for (const rows of alone) for (const row of rows) if (weights[row]! < k) actors += weights[row]!;
  return actors;
};

/** Judges a choice of levels by itself. */
export const judgeLevels = (profiles: Profiles, levels: readonly number[], k: number): Generalisation =>
  judge(
    profiles,
    levels,
    profiles.columns.reduce((split, column, c) => splitAt(split, column, levels[c] ?? 0), unsplit(profiles)),
    k,
  );

/** Judges levels whose classes are known. */
export const judge = (profiles: Profiles, levels: readonly number[], split: Split, k: number): Generalisation => {
  const { weights, actors, columns } = profiles;
  const m = Math.max(1, columns.length);
  const losses = columns.map((column, c) => column.losses[levels[c] ?? 0]);
  let lost = columns.reduce((sum, { meanLoss }, c) => sum + (meanLoss[levels[c] ?? 0] ?? 0), 0) * actors;
  let suppressed = 0;
  let classes = 0;
  let smallest = Infinity;
  let pairs = 0;
  const keep = (size: number): void => {
    classes++;
    pairs += size * size;
    smallest = Math.min(smallest, size);
  };
  // Rows, classes and codes are within bounds by construction: one pass over the profiles.
  const suppress = (row: number): void => {
    let own = 0;
    for (let c = 0; c < columns.length; c++) own += losses[c]![columns[c]!.codes[row]!]!;
    lost += weights[row]! * (m - own);
    suppressed += weights[row]!;
  };
  const { rest } = split;
  const sizes = strippedSizes(rest, weights);
  for (const size of sizes) if (size >= k) keep(size);
  for (let i = 0; i < rest.rows.length; i++) if (sizes[rest.classOf[i]!]! < k) suppress(rest.rows[i]!);
  for (const rows of split.alone) {
    for (const row of rows) {
      if (weights[row]! >= k) keep(weights[row]!);
      else suppress(row);
    }
  }
  return {
    levels,
    suppressed,
    classes,
    smallest: classes === 0 ? 0 : smallest,
    allClasses: sizes.length + split.alone.reduce((sum, rows) => sum + rows.length, 0),
    loss: {
      granularity: actors === 0 ? 0 : lost / (m * actors),
      discernibility: actors === 0 ? 0 : (pairs + actors * suppressed) / (actors * actors),
    },
  };
};
