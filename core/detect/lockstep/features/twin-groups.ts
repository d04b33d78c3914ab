import type { TwinGroup } from '../../schema.ts';
import { countOf, listOf } from '../words.ts';
import { BINS, binCounts, binOf } from './bins.ts';
import type { Company } from './company.ts';
import type { RankTable } from './rank-table.ts';

/** A group of near twins, and what its likeness rests on: per column its part, all together 1. */
export type FeatureGroup = { readonly group: TwinGroup; readonly parts: Float64Array };

/** Decades from which an actor is put into a group: a chance of 1 in 100. */
const LEAST_DECADES = 2;
const LEAST_MEMBERS = 3;
/** Share of the members that must agree for a feature to be named. */
const AGREEMENT = 0.8;

/**
 * The groups among the rows that stand out: the strongest row not yet in a group takes in all that share its cell in
 * at least half of the fine views, and so on.
 */
export const featureGroups = async (
  table: RankTable,
  names: readonly string[],
  company: Company,
  pace: () => Promise<void>,
): Promise<readonly FeatureGroup[]> => {
  const { decades, closeness, fineCells } = company;
  const standing = rowsAbove(decades, LEAST_DECADES).sort(
    (a, b) => (decades[b] ?? 0) - (decades[a] ?? 0) || (closeness[b] ?? 0) - (closeness[a] ?? 0) || a - b,
  );
  if (standing.length < LEAST_MEMBERS) return [];
  const byCell = fineCells.map((cells) => rowsByCell(cells, standing));
  const population = binCounts(table);
  const place = new Map(standing.map((row, k) => [row, k]));
  const taken = new Set<number>();
  const groups: FeatureGroup[] = [];
  for (const leader of standing) {
    if (taken.has(leader)) continue;
    const votes = new Map<number, number>();
    fineCells.forEach((cells, v) => {
      for (const row of byCell[v]?.get(cells[leader] ?? 0) ?? []) {
        if (!taken.has(row)) votes.set(row, (votes.get(row) ?? 0) + 1);
      }
    });
    const members = [...votes]
      .filter(([, shared]) => shared * 2 >= fineCells.length)
      .map(([row]) => row)
      .sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
    for (const row of members) taken.add(row);
    taken.add(leader);
    if (members.length >= LEAST_MEMBERS) groups.push(describe(table, names, company, population, members));
    await pace();
  }
  return groups;
};

const rowsAbove = (decades: Float64Array, least: number): number[] => {
  const rows: number[] = [];
  decades.forEach((value, row) => {
    if (value >= least) rows.push(row);
  });
  return rows;
};

const rowsByCell = (cells: Uint32Array, rows: readonly number[]): ReadonlyMap<number, readonly number[]> => {
  const lists = new Map<number, number[]>();
  for (const row of rows) {
    const list = lists.get(cells[row] ?? 0);
    if (list === undefined) lists.set(cells[row] ?? 0, [row]);
    else list.push(row);
  }
  return lists;
};

const describe = (
  table: RankTable,
  names: readonly string[],
  { decades, expected }: Company,
  population: Float64Array,
  members: readonly number[],
): FeatureGroup => {
  const leader = members[0] ?? 0;
  const others = Math.max(1, table.rows - members.length);
  const columns = names.map((what, j) => {
    const bin = binOf(table, leader, j);
    const agreeing = members.filter((row) => binOf(table, row, j) === bin).length;
    const value = agreeing / members.length;
    const elsewhere = ((population[j * BINS + bin] ?? 0) - agreeing) / others;
    return { what, value, others: elsewhere, weight: Math.max(0, value * Math.log(value / (elsewhere + 1 / others))) };
  });
  const total = columns.reduce((sum, { weight }) => sum + weight, 0);
  const shared = columns
    .filter(({ value }) => value >= AGREEMENT)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ what, value, others: elsewhere }) => ({ what, value, others: elsewhere }));
  return {
    group: {
      members,
      basis: 'features',
      pValue: 10 ** -(decades[leader] ?? 0),
      shared,
      sentence: sentence(
        members.length,
        shared.map(({ what }) => what),
        names.length,
        expected[leader] ?? 0,
      ),
    },
    parts: Float64Array.from(columns, ({ weight }) => (total > 0 ? weight / total : 0)),
  };
};

const sentence = (members: number, shared: readonly string[], features: number, expected: number): string =>
  `${members} actors are alike in ${shared.length} of ${features} features, most tellingly in ${listOf(shared, 3)}; ` +
  `about ${countOf(expected)} would be by chance.`;
