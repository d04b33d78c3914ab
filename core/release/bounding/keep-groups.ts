import type { BoundedRows } from './bounded-rows.ts';

/**
 * The rows of the groups in `kept` (ascending), which become 0…kept.length − 1. Leaving whole groups out can only lower
 * what an actor contributes: the bounds still hold.
 */
export const keepGroups = (rows: BoundedRows, kept: Uint32Array): BoundedRows => {
  const place = new Int32Array(rows.groups).fill(-1);
  kept.forEach((group, i) => (place[group] = i));
  const { cells } = rows;
  const actor = new Uint32Array(rows.actor.length);
  const group = new Uint32Array(rows.actor.length);
  const values = cells === undefined ? undefined : new Float64Array(cells.length);
  let length = 0;
  for (let i = 0; i < rows.actor.length; i++) {
    const to = place[rows.group[i]!]!; // hot: i is inside, groups were checked
    if (to < 0) continue;
    actor[length] = rows.actor[i]!;
    group[length] = to;
    if (values !== undefined && cells !== undefined) values[length] = cells[i]!;
    length++;
  }
  return {
    ...rows,
    actor: actor.subarray(0, length),
    group: group.subarray(0, length),
    groups: kept.length,
    cells: values?.subarray(0, length),
  };
};
