import { NightjarError } from '../../api/errors.ts';
import { halfWidth, upperTail, type Noise } from '../accounting/index.ts';
import type { ReleasedBin } from '../auto-bounds/index.ts';
import { expectedAbsoluteNoise } from './noise-error.ts';

/** What is told of one cause of error before anything is spent. */
export type ErrorPart =
  | {
      readonly known: true;
      /** Expected absolute error of one released number lies from…to, in steps of its grid. */
      readonly from: number;
      readonly to: number;
      /** Where the figure comes from. */
      readonly basis: 'public' | 'released' | 'assumed';
    }
  | { readonly known: false; /** What has to be public or released to tell it. */ readonly needs: string };

type KnownPart = Extract<ErrorPart, { known: true }>;

export type ExpectedError = {
  readonly noise: ErrorPart;
  /** Half the width of the interval of noise at the level asked for. */
  readonly halfWidth: number;
  readonly contributionBounds: ErrorPart;
  readonly clamping: ErrorPart;
  readonly droppedKeys: ErrorPart;
};

/** All of it public or released; nothing here may come from data. */
export type ErrorTask = {
  readonly noise: Noise;
  readonly level: number;
  /** Most rows that are kept of one actor; undefined where bounding can drop none. */
  readonly rowsPerActor: number | undefined;
  /** How many rows of an actor are surely kept, where they have as many; `rowsPerActor` where absent. */
  readonly rowsSurelyKept?: number;
  /** A released histogram of rows per actor (`auto-bounds` gives one). */
  readonly rowsReleased: readonly ReleasedBin[] | undefined;
  /** Bounds of the value in cells; undefined where none is read. */
  readonly value: { readonly low: number; readonly high: number } | undefined;
  /** A released histogram of values in cells. */
  readonly valuesReleased: readonly ReleasedBin[] | undefined;
  /** Unknown keys are kept from this noised count up; undefined where keys are known. */
  readonly threshold: number | undefined;
  /** Size of a group that the question is about: an assumption, not a measurement. */
  readonly groupSize: number | undefined;
};

/**
 * The expected absolute error of a release with its parts, before it is paid for. A part for which no public or released
 * number exists is told to be unknown, with what it needs; it is never taken from data. Rows dropped by bounding and cells
 * cut off by clamping are totals over all groups, since released histograms are; a value within its bin is not known, hence
 * ranges. Noised bins may be below 0 and count as 0 here. Throws `usage` for a level outside (0, 1).
 */
export const expectedError = (task: ErrorTask): ExpectedError => {
  if (!(task.level > 0 && task.level < 1)) {
    throw new NightjarError('usage', 'A level is out of range.', {
      where: 'level',
      next: 'Give a number between 0 and 1.',
    });
  }
  const noise = expectedAbsoluteNoise(task.noise);
  return {
    noise: { known: true, from: noise, to: noise, basis: 'public' },
    halfWidth: halfWidth(task.noise, 1 - task.level),
    contributionBounds: contributionPart(task),
    clamping: clampingPart(task),
    droppedKeys: keysPart(task),
  };
};

const NONE: ErrorPart = { known: true, from: 0, to: 0, basis: 'public' };

const contributionPart = ({ rowsPerActor, rowsSurelyKept = rowsPerActor, rowsReleased }: ErrorTask): ErrorPart => {
  if (rowsPerActor === undefined) return NONE;
  if (rowsReleased === undefined) return { known: false, needs: 'a released histogram of rows per actor' };
  const least = beyond(rowsReleased, 0, rowsPerActor);
  const most = beyond(rowsReleased, 0, rowsSurelyKept ?? rowsPerActor);
  return { ...least, to: most.to };
};

const clampingPart = ({ value, valuesReleased }: ErrorTask): ErrorPart => {
  if (value === undefined) return NONE;
  if (valuesReleased === undefined) return { known: false, needs: 'a released histogram of the values' };
  return beyond(valuesReleased, value.low, value.high);
};

/** What lies beyond the bounds, in all: a number from…to in a bin is cut off by between these. */
const beyond = (bins: readonly ReleasedBin[], low: number, high: number): KnownPart => {
  const cut = (x: number): number => Math.max(0, x - high, low - x);
  let [from, to] = [0, 0];
  for (const bin of bins) {
    const count = Math.max(0, bin.count);
    const isAcross = bin.from <= high && bin.to >= low;
    from += count * (isAcross ? 0 : Math.min(cut(bin.from), cut(bin.to)));
    to += count * Math.max(cut(bin.from), cut(bin.to));
  }
  return { known: true, from, to, basis: 'released' };
};

/** A group of size n is dropped where n + noise stays below the threshold; then its error is n. */
const keysPart = ({ noise, threshold, groupSize }: ErrorTask): ErrorPart => {
  if (threshold === undefined) return NONE;
  if (groupSize === undefined) return { known: false, needs: 'the size of the groups you care about' };
  const dropped = Math.max(0, 1 - upperTail(noise, threshold - groupSize));
  return { known: true, from: groupSize * dropped, to: groupSize * dropped, basis: 'assumed' };
};
