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
  if (split === 'time') {
    if (times === undefined) {
      throw new NightjarError('usage', 'Actors cannot be parted by time: no times were given.', {
        next: 'Part them by chance (`random`), or give a time per actor.',
      });
    }
    const { earlier, later } = partByTime(labelled, (row) => times[row] ?? Number.NaN);
    return { training: set(earlier), holdOut: set(later) };
  }
  const parts = [0, 1].map((label) =>
    cut([...shuffled(Uint32Array.from(labelled.filter((row) => labels[row] === label)), random)]),
  );
  return { training: set(parts.flatMap(({ first }) => first)), holdOut: set(parts.flatMap(({ rest }) => rest)) };
};

/**
 * Parts some by their moment: the earlier are for training, the later held out; who has none is for training. Of two with the
 * same moment the first in the list is the earlier.
 */
export const partByTime = <T>(
  all: readonly T[],
  timeOf: (one: T) => number,
): { readonly earlier: readonly T[]; readonly later: readonly T[] } => {
  const timed = all.map((one, i) => ({ one, i, time: timeOf(one) }));
  const moment = ({ time }: { readonly time: number }): number =>
    Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
  const ordered = timed.toSorted((a, b) => (moment(a) === moment(b) ? a.i - b.i : moment(a) < moment(b) ? -1 : 1));
  const { first, rest } = cut(ordered.map(({ one }) => one));
  return { earlier: first, later: rest };
};

const cut = <T>(rows: readonly T[]): { readonly first: readonly T[]; readonly rest: readonly T[] } => {
  const most = Math.round(rows.length * TRAINING);
  return { first: rows.slice(0, most), rest: rows.slice(most) };
};
