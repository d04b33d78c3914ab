import type { Hierarchy } from './schema.ts';

/** What a generalised table costs, whatever it is used for. */
export type InformationLoss = {
  /**
   * Mean over cells of (values that became one − 1) / (values − 1): 0 as it was, 1 nothing left (the loss metric of
   * Iyengar 2002, which ARX calls granularity). The cells of a suppressed actor are lost whole.
   */
  readonly granularity: number;
  /**
   * Σ size² over the classes kept plus actors × suppressed ones, over actors² (the discernibility metric of Bayardo &
   * Agrawal 2005, scaled to 0…1): the share of pairs of actors that cannot be told apart.
   */
  readonly discernibility: number;
};

/** Per level and code of level 0, the loss of a cell. */
export const cellLosses = ({ maps, widths }: Hierarchy): readonly Float64Array[] =>
  maps.map((map, level) => {
    const merged = new Uint32Array(widths[level] ?? 1);
    for (const code of map) merged[code]!++; // codes lie below the width
    const most = Math.max(1, map.length - 1);
    return Float64Array.from(map, (code) => ((merged[code] ?? 1) - 1) / most);
  });
