import { NightjarError } from '../../api/errors.ts';
import type { NoiseSource } from '../../random/noise-source.ts';
import type { Bounds } from '../schema.ts';
import type { BoundedRows } from './bounded-rows.ts';
import { cellOf } from './to-cells.ts';

/** What bounding reads of the rows. */
export type CodedRows = {
  readonly actor: Uint32Array;
  readonly actors: number;
  /** −1: the row belongs to no group and is left out. */
  readonly group: Int32Array;
  readonly groups: number;
  readonly value: Float64Array | undefined;
};

/**
 * Keeps of every actor at most `groupsPerActor` groups and of each at most `rowsPerGroup` rows, every choice equally
 * likely, and puts values on the grid: the last step before aggregation.
 *
 * What of an actor is kept depends on this actor's rows and on random bits of its own only. So two data sets that differ in
 * one actor can be run with the same bits for everybody else, and then the kept rows differ in that actor's rows alone: for
 * every outcome of the choices a bounded number, hence the sensitivity holds for the mechanism with its choices averaged
 * over (joint convexity; Wilson et al. 2020). A fixed choice, such as the first rows, would be as private, but
 * would favour some groups. Rows without a group, and rows without a value where one is measured, are left out before, by
 * their own values. Errors: `internal` where columns differ in length, or an actor is out of range.
 */
export const boundContributions = (rows: CodedRows, bounds: Bounds, source: NoiseSource): BoundedRows => {
  const order = byActorAndGroup(rows, bounds);
  const kept = keep(order, rows, bounds, source);
  const actor = new Uint32Array(kept.length);
  const group = new Uint32Array(kept.length);
  for (let i = 0; i < kept.length; i++) {
    const row = kept[i]!; // hot: kept holds rows
    actor[i] = rows.actor[row]!;
    group[i] = rows.group[row]!;
  }
  return {
    actor,
    group,
    groups: rows.groups,
    cells: onGrid(kept, rows, bounds),
    groupsPerActor: bounds.groupsPerActor,
    rowsPerGroup: bounds.rowsPerGroup,
  };
};

/** Rows that count, sorted by group and then stably by actor: counting sort, linear in rows, groups and actors. */
const byActorAndGroup = (rows: CodedRows, bounds: Bounds): Uint32Array => {
  const { actor, actors, group, groups, value } = rows;
  const count = actor.length;
  const isMeasured = bounds.grid !== undefined;
  if (group.length !== count || (isMeasured && value?.length !== count)) throw misfit();
  const usable = new Uint32Array(count);
  let used = 0;
  for (let i = 0; i < count; i++) {
    const at = group[i]!; // hot: i is inside
    if (at >= groups || actor[i]! >= actors) throw misfit();
    if (at >= 0 && !(isMeasured && Number.isNaN(value?.[i]))) usable[used++] = i;
  }
  return countingSort(countingSort(usable.subarray(0, used), group, groups), actor, actors);
};

const countingSort = (order: Uint32Array, key: Int32Array | Uint32Array, size: number): Uint32Array => {
  const next = new Uint32Array(size + 1);
  for (let i = 0; i < order.length; i++) next[key[order[i]!]! + 1]!++; // hot: keys were checked
  for (let k = 0; k < size; k++) next[k + 1]! += next[k]!;
  const sorted = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i++) sorted[next[key[order[i]!]!]!++] = order[i]!;
  return sorted;
};

/** Selection sampling (Knuth 1969, algorithm S) twice: over the groups of an actor, and over the rows of a kept group. */
const keep = (order: Uint32Array, rows: CodedRows, bounds: Bounds, source: NoiseSource): Uint32Array => {
  const { actor, group } = rows;
  const { groupsPerActor, rowsPerGroup } = bounds;
  const kept = new Uint32Array(order.length);
  let length = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    const who = actor[order[start]!]!; // hot: start is inside
    let groupsLeft = 0;
    for (end = start; end < order.length && who === actor[order[end]!]!; end++) {
      if (end === start || group[order[end]!]! !== group[order[end - 1]!]!) groupsLeft++;
    }
    let groupsWanted = Math.min(groupsPerActor, groupsLeft);
    for (let first = start, after = start; first < end; first = after) {
      const which = group[order[first]!]!;
      while (after < end && which === group[order[after]!]!) after++;
      const isTaken = groupsWanted === groupsLeft || (groupsWanted > 0 && source.below(groupsLeft) < groupsWanted);
      groupsLeft--;
      if (!isTaken) continue;
      groupsWanted--;
      let rowsLeft = after - first;
      let rowsWanted = Math.min(rowsPerGroup, rowsLeft);
      for (let i = first; rowsWanted > 0; i++, rowsLeft--) {
        if (rowsWanted < rowsLeft && source.below(rowsLeft) >= rowsWanted) continue;
        kept[length++] = order[i]!;
        rowsWanted--;
      }
    }
  }
  return kept.subarray(0, length);
};

const onGrid = (kept: Uint32Array, { value }: CodedRows, { grid }: Bounds): Float64Array | undefined => {
  if (grid === undefined || value === undefined) return undefined;
  const toCell = cellOf(grid);
  const cells = new Float64Array(kept.length);
  for (let i = 0; i < kept.length; i++) cells[i] = toCell(value[kept[i]!]!); // hot: kept holds rows
  return cells;
};

const misfit = (): NightjarError => new NightjarError('internal', 'The rows do not fit together.');
