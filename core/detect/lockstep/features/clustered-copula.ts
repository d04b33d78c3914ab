import { placeAmong } from '../../../math/ranks.ts';
import type { Random } from '../../../random/index.ts';
import { clustersOf } from './clusters.ts';
import { fitCopula, type Copula, type Ranks } from './copula.ts';
import type { RankTable } from './rank-table.ts';

/** Rows of a cluster that are looked at: its marginals need no more. */
const MOST_ROWS = 20_000;

/**
 * A copula for each cluster of the table, as common as it is: made-up rows that know what goes together within a tenth of the
 * rows or more, and no smaller group. `pace` is awaited now and then.
 */
export const fitClusteredCopula = async (
  table: RankTable,
  random: Random,
  pace: () => Promise<void>,
): Promise<Copula> => {
  const clusters = await clustersOf(table, random, pace);
  const draws: Copula['draw'][] = [];
  const ends: number[] = [];
  for (const members of clusters) {
    draws.push(await drawerWithin(table, thinned(members), random, pace));
    ends.push((ends.at(-1) ?? 0) + members.length);
  }
  const draw: Copula['draw'] = (from, into) => {
    const place = from.int(table.rows);
    draws[ends.findIndex((end) => place < end)]!(from, into);
  };
  return { columns: table.columns, draw };
};

const thinned = (members: Uint32Array): Uint32Array => {
  const step = Math.ceil(members.length / MOST_ROWS);
  return step === 1 ? members : members.filter((_, k) => k % step === 0);
};

/** Draws rows like those of `members`, in ranks of the whole table. */
const drawerWithin = async (
  { columns, ranks }: RankTable,
  members: Uint32Array,
  random: Random,
  pace: () => Promise<void>,
): Promise<Copula['draw']> => {
  const rows = members.length;
  const own: Ranks = {
    rows,
    columns,
    ranks: new Uint32Array(rows * columns),
    ascending: new Uint32Array(rows * columns),
  };
  const inTable: Uint32Array[] = [];
  for (let j = 0; j < columns; j++) {
    const sorted = Uint32Array.from(members, (row) => ranks[row * columns + j]!).sort(); // hot: rows × columns
    members.forEach((row, k) => {
      own.ranks[k * columns + j] = placeAmong(sorted, ranks[row * columns + j]!).below;
    });
    sorted.forEach((rank, k) => {
      own.ascending[j * rows + k] = k > 0 && rank === sorted[k - 1] ? own.ascending[j * rows + k - 1]! : k;
    });
    inTable.push(sorted);
    await pace();
  }
  const { draw } = await fitCopula(own, random, pace);
  return (from, into) => {
    draw(from, into);
    for (let j = 0; j < columns; j++) into[j] = inTable[j]![into[j]!]!; // hot: made-up rows × columns
  };
};
