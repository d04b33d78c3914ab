/**
 * Rows after contribution bounding, in ascending order of actor and, within an actor, of group: at most `groupsPerActor`
 * runs of one group per actor, at most `rowsPerGroup` rows per run. Only `boundContributions` makes them, and nothing
 * may be rewritten afterwards: a bound does not outlive a change of the actor, group or value it was enforced on.
 */
export type BoundedRows = {
  readonly actor: Uint32Array;
  /** 0…groups − 1. */
  readonly group: Uint32Array;
  readonly groups: number;
  /** Value of each row in cells of the grid, clamped; undefined where the measure reads none. */
  readonly cells: Float64Array | undefined;
  /** Enforced on these rows. */
  readonly groupsPerActor: number;
  readonly rowsPerGroup: number;
};
