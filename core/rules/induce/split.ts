import { NightjarError } from '../../api/errors.ts';
import { shuffled, type Random } from '../../random/index.ts';
import { addRow, emptySet, setOf, type Bitset } from './bitset.ts';
import type { InduceInput } from './types.ts';

/** Share of the labelled actors that rules are learned from. */
const TRAINING = 0.7;

export type Parts = { readonly training: Bitset; readonly holdOut: Bitset };

/**
 * Parts the labelled actors: by their moment, the earlier ones for training; by chance, equally many of each label; or as the
 * mask says. Actors without a moment are for training. Errors: `usage` for a split by time without times.
 */
export const partActors = ({ labels, split, times }: InduceInput, random: Random): Parts => {
  if (typeof split === 'object') {
    return {
      training: setOf(labels.length, (row) => labels[row] !== -1 && split[row] === 1),
      holdOut: setOf(labels.length, (row) => labels[row] !== -1 && split[row] !== 1),
    };
  }
  const labelled = [...labels.keys()].filter((row) => labels[row] !== -1);
  const set = (rows: Iterable<number>): Bitset => {
    const made = emptySet(labels.length);
    for (const row of rows) addRow(made, row);
    return made;
  };
  const cut = (rows: readonly number[]): { first: readonly number[]; rest: readonly number[] } => {
    const most = Math.round(rows.length * TRAINING);
    return { first: rows.slice(0, most), rest: rows.slice(most) };
  };
  if (split === 'time') {
    if (times === undefined) {
      throw new NightjarError('usage', 'Actors cannot be parted by time: no times were given.', {
        next: 'Part them by chance (`random`), or give a time per actor.',
      });
    }
    const timeOf = (row: number): number => {
      const time = times[row] ?? Number.NaN;
      return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
    };
    const ordered = labelled.toSorted((a, b) => (timeOf(a) === timeOf(b) ? a - b : timeOf(a) < timeOf(b) ? -1 : 1));
    const { first, rest } = cut(ordered);
    return { training: set(first), holdOut: set(rest) };
  }
  const parts = [0, 1].map((label) =>
    cut([...shuffled(Uint32Array.from(labelled.filter((row) => labels[row] === label)), random)]),
  );
  return { training: set(parts.flatMap(({ first }) => first)), holdOut: set(parts.flatMap(({ rest }) => rest)) };
};
