import { classSizes, firstRows, partitionBy } from './partition.ts';
import type { QuasiColumn } from './schema.ts';
import { cellLosses } from './loss.ts';

/** The different combinations of a table, each with how many actors have it: all a search over generalisations needs. */
export type Profiles = {
  readonly rows: number;
  readonly actors: number;
  readonly weights: Uint32Array;
  readonly columns: readonly {
    readonly codes: Uint32Array;
    readonly maps: readonly Uint32Array[];
    readonly widths: readonly number[];
    /** `losses[level][code]` of a cell. */
    readonly losses: readonly Float64Array[];
    /** Mean loss over actors per level. */
    readonly meanLoss: readonly number[];
  }[];
};

/** Groups actors of equal quasi-identifiers. */
export const profilesOf = (actors: number, columns: readonly QuasiColumn[]): Profiles => {
  const partition = partitionBy(
    actors,
    columns.map(({ codes, hierarchy }) => ({ codes, width: hierarchy.widths[0] ?? 1 })),
  );
  const first = firstRows(partition);
  const weights = classSizes(partition);
  return {
    rows: partition.count,
    actors,
    weights,
    columns: columns.map(({ codes, hierarchy }) => {
      const own = first.map((row) => codes[row] ?? 0);
      const losses = cellLosses(hierarchy);
      const meanLoss = losses.map((loss) => {
        let sum = 0;
        // Within bounds by construction.
        for (let row = 0; row < own.length; row++) sum += weights[row]! * loss[own[row]!]!;
        return actors === 0 ? 0 : sum / actors;
      });
      return { codes: own, maps: hierarchy.maps, widths: hierarchy.widths, losses, meanLoss };
    }),
  };
};

/** The same table with levels below the given ones forgotten: fewer profiles, and level 0 of each column is the given one. */
export const coarsen = (from: Profiles, levels: readonly number[]): Profiles => {
  const columns = from.columns.map(({ codes, maps, widths, losses, meanLoss }, c) => {
    const level = levels[c] ?? 0;
    const present = maps[level] ?? new Uint32Array(0);
    const width = widths[level] ?? 1;
    // Which code of level 0 stands for each code of the level; levels above are the same for all of them.
    const example = new Uint32Array(width);
    present.forEach((code, below) => {
      example[code] = below;
    });
    return {
      codes: codes.map((code) => present[code] ?? 0),
      maps: maps.slice(level).map((map) => example.map((below) => map[below] ?? 0)),
      widths: widths.slice(level),
      losses: losses.slice(level).map((loss) => Float64Array.from(example, (below) => loss[below] ?? 0)),
      meanLoss: meanLoss.slice(level),
    };
  });
  const partition = partitionBy(
    from.rows,
    columns.map(({ codes, widths }) => ({ codes, width: widths[0] ?? 1 })),
  );
  const first = firstRows(partition);
  return {
    rows: partition.count,
    actors: from.actors,
    weights: classSizes(partition, from.weights),
    columns: columns.map((column) => ({ ...column, codes: first.map((row) => column.codes[row] ?? 0) })),
  };
};
