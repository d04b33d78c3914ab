import { midRanks } from '../../../math/ranks.ts';
import { NEXT_TOUCHES } from './meetings.ts';
import { surpriseAround, surpriseOf, type Surprise } from './surprise.ts';
import type { Touches } from './touches.ts';

/** Half widths of the bursts that are looked for, from a day down to seconds apart. */
const BURST_SECONDS = [86_400, 14_400, 900, 60] as const;
/** How many times more than on average in a longer time an object is touched in its busy part. */
const BUSY = 3;

/** Others at once from which it is a crowd, which says the less of each the larger it is: as in `eachMeeting`. */
const CROWD = 2 * NEXT_TOUCHES;

/**
 * Per actor the share of actors with less company at what it touches, in [0, 1). Two signs, each summed over an
 * actor's touches and measured in standard deviations of chance: others touch the same object at the same
 * time, more than its rate explains, that of the day, hour or minutes around included: a crowd counts once and not
 * again at every shorter time; and others who touch it do as little else. It ranks; it is no evidence by itself, as a
 * crowd of strangers makes company too.
 */
export const eventCloseness = async (
  touches: Touches,
  counts: Uint32Array,
  pace: () => Promise<void>,
): Promise<Float64Array> => {
  const total = new Float64Array(counts.length);
  const span = spanOf(touches.seconds);
  const around: Around = { seconds: span, others: new Uint32Array(touches.actors.length) };
  for (const window of BURST_SECONDS) {
    const sums = emptySums(counts.length);
    await addBursts(touches, window, span, around, sums, pace);
    addDeviations(sums, 1 / BURST_SECONDS.length, total);
    around.seconds = 2 * window;
  }
  const sums = emptySums(counts.length);
  await addAudience(touches, counts, sums, pace);
  addDeviations(sums, 1, total);
  return midRanks(total).map((rank) => (rank - 1) / counts.length);
};

type Sums = { readonly surprise: Float64Array; readonly variance: Float64Array };

const emptySums = (actors: number): Sums => ({
  surprise: new Float64Array(actors),
  variance: new Float64Array(actors),
});

/** 1 is added to the variance, so that a single touch cannot stand out without bound. */
const addDeviations = ({ surprise, variance }: Sums, weight: number, into: Float64Array): void => {
  for (let a = 0; a < into.length; a++) into[a]! += (weight * surprise[a]!) / Math.sqrt(1 + variance[a]!);
};

const add = ({ surprise, variance }: Sums, actor: number, count: number, chance: Surprise, weight = 1): void => {
  surprise[actor]! += weight * (surpriseOf(chance, count) - chance.mean); // hot: one call per touch
  variance[actor]! += weight * weight * chance.variance;
};

/** Per touch the others at its object within the next longer window, and that window's length; before the first, none. */
type Around = { seconds: number; readonly others: Uint32Array };

/**
 * Others within the window, against the object's mean over the log and, as in a process whose rate itself varies (Cox
 * 1955), against its mean over the next longer window around the touch, whichever is higher. Leaves the others in `around`.
 */
const addBursts = async (
  { starts, actors, seconds }: Touches,
  window: number,
  span: number,
  around: Around,
  sums: Sums,
  pace: () => Promise<void>,
): Promise<void> => {
  const length = Math.min(span, 2 * window);
  let steps = 0;
  for (let object = 0; object + 1 < starts.length; object++) {
    const from = starts[object]!; // hot, as below: every index inside the arrays
    const end = starts[object + 1]!;
    if (end - from < 2) continue;
    const overall = (end - from - 1) / span;
    let low = from;
    let high = from;
    for (let i = from; i < end; i++) {
      while (low < end && seconds[low]! < seconds[i]! - window) low++;
      while (high < end && seconds[high]! <= seconds[i]! + window) high++;
      const others = high - low - 1;
      const rate = Math.max(overall, around.others[i]! / around.seconds);
      add(sums, actors[i]!, others, surpriseAround(BUSY * rate * length), Math.min(1, CROWD / others));
      around.others[i] = others;
      if ((++steps & 8191) === 0) await pace();
    }
  }
};

/** Others with at most as many touches as one has itself, among those who touch the same objects. */
const addAudience = async (
  { starts, actors }: Touches,
  counts: Uint32Array,
  sums: Sums,
  pace: () => Promise<void>,
): Promise<void> => {
  const size = (actor: number): number => Math.min(SIZES - 1, Math.ceil(2 * Math.log2(counts[actor]!)));
  const share = new Float64Array(SIZES);
  for (const actor of actors) share[size(actor)]! += 1 / actors.length;
  for (let s = 1; s < SIZES; s++) share[s]! += share[s - 1]!;
  const here = new Uint32Array(SIZES);
  let steps = 0;
  for (let object = 0; object + 1 < starts.length; object++) {
    const from = starts[object]!;
    const end = starts[object + 1]!;
    if (end - from < 2) continue;
    here.fill(0);
    for (let i = from; i < end; i++) here[size(actors[i]!)]!++;
    for (let s = 1; s < SIZES; s++) here[s]! += here[s - 1]!;
    for (let i = from; i < end; i++) {
      const s = size(actors[i]!);
      add(sums, actors[i]!, here[s]! - 1, surpriseAround(share[s]! * (end - from - 1)));
      if ((++steps & 8191) === 0) await pace();
    }
  }
};

/** Classes of actors by their touches, each up to a factor of √2 wide. */
const SIZES = 48;

const spanOf = (seconds: Float64Array): number => {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const second of seconds) {
    if (second < low) low = second;
    if (second > high) high = second;
  }
  return Math.max(1, high - low);
};
