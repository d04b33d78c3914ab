import { NightjarError } from '../../api/errors.ts';

/** A tree of sums: every inner node is the sum of its children. Nodes level by level from the root, leaves last. */
export type SumTree = {
  /** Of each node; −1 for the root, which is node 0. A parent comes before its children, siblings follow one another. */
  readonly parent: Int32Array;
  readonly firstChild: Int32Array;
  readonly children: Int32Array;
  /** Where each level begins; one more entry, the number of nodes. Level 0 is the root, the last one the leaves. */
  readonly levelStart: readonly number[];
  /** Most leaves below one node of each level. */
  readonly leavesPerNode: readonly number[];
};

/**
 * The tree over `leaves` leaves, in their order. Each grouping says for every node of the level below, leaves first, which
 * node it belongs to: ascending numbers from 0 without a gap, as weeks over days are. A root over the last grouping is
 * added; with no grouping it is leaves and their total. Groupings are public: calendars and declared lists, never data.
 * Throws `usage` where a grouping is none.
 */
export const sumTree = (leaves: number, groupings: readonly ArrayLike<number>[] = []): SumTree => {
  if (!Number.isSafeInteger(leaves) || leaves < 1) throw wrong('A hierarchy needs leaves.');
  const up = [...groupings.map((grouping) => Int32Array.from(grouping)), undefined];
  const levels: Int32Array[] = [];
  let nodes = leaves;
  for (const grouping of up) {
    const belongs = grouping ?? new Int32Array(nodes);
    requireGrouping(belongs, nodes);
    levels.unshift(belongs);
    nodes = (belongs.at(-1) ?? 0) + 1;
  }
  const levelStart = [0, 1];
  for (const level of levels) levelStart.push((levelStart.at(-1) ?? 0) + level.length);
  const parent = new Int32Array(levelStart.at(-1) ?? 0).fill(-1);
  levels.forEach((belongs, above) => {
    for (let i = 0; i < belongs.length; i++) {
      parent[(levelStart[above + 1] ?? 0) + i] = (levelStart[above] ?? 0) + (belongs[i] ?? 0);
    }
  });
  const { firstChild, children } = childrenOf(parent);
  return { parent, firstChild, children, levelStart, leavesPerNode: leavesPerNode(parent, levelStart) };
};

const requireGrouping = (belongs: Int32Array, nodes: number): void => {
  const isAscending = belongs.every((group, i) => {
    const before = i === 0 ? -1 : (belongs[i - 1] ?? 0);
    return group === before + 1 || (i > 0 && group === before);
  });
  if (belongs.length !== nodes || !isAscending) throw wrong('A grouping of a hierarchy does not fit its level.');
};

const childrenOf = (parent: Int32Array) => {
  const firstChild = new Int32Array(parent.length).fill(-1);
  const children = new Int32Array(parent.length);
  parent.forEach((above, node) => {
    if (above < 0) return;
    if (children[above] === 0) firstChild[above] = node;
    children[above] = (children[above] ?? 0) + 1;
  });
  return { firstChild, children };
};

const leavesPerNode = (parent: Int32Array, levelStart: readonly number[]): readonly number[] => {
  const below = new Float64Array(parent.length);
  for (let node = parent.length - 1; node > 0; node--) {
    if (node >= (levelStart.at(-2) ?? 0)) below[node] = 1;
    below[parent[node]!]! += below[node]!; // node > 0 has a parent
  }
  return levelStart.slice(0, -1).map((start, level) => below.subarray(start, levelStart[level + 1]).reduce(larger));
};

const larger = (a: number, b: number): number => Math.max(a, b);

const wrong = (message: string): NightjarError =>
  new NightjarError('usage', message, {
    where: 'hierarchy',
    next: 'Give one group per node of the level below, ascending from 0 without a gap.',
  });
