import { eachMeeting, MOST_MEETINGS, quietObjects, WINDOWS_SECONDS, type Quiet } from './meetings.ts';
import { occasionsOf, quarterOf } from './occasions.ts';
import type { Touches } from './touches.ts';

/** Pairs of actors that met on two occasions or more. */
export type Pairs = {
  readonly count: number;
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  /** Its distinct objects within each window, but no more than there were occasions: pairs × windows. */
  readonly objects: Uint16Array;
  /** Its distinct objects within each window, however few the occasions: pairs × windows. */
  readonly distinct: Uint16Array;
  /** Its meetings within each window, those in a row in a quarter of a day being one: pairs × windows. */
  readonly met: Uint16Array;
  /** Per actor and window its meetings with everybody, counted alike: actors × windows. */
  readonly meetings: Uint32Array;
};

/** Counters of the first pass, 2 bytes each: twice as many as meetings, within these powers of 2. */
const SKETCH_BITS = { least: 12, most: 26 } as const;
/** Pairs kept, 55 bytes each. */
const MOST_PAIRS = 4_000_000;

/**
 * Finds the pairs that may have met on two occasions or more, in bounded memory and two passes: the first counts
 * meetings by a hash of the pair, the second keeps pairs whose counter reached two (Park, Chen & Yu 1995). Where that
 * keeps more than `mostPairs`, fewer of the busy objects are looked at.
 */
export const repeatedPairs = async (
  touches: Touches,
  actorCount: number,
  pace: () => Promise<void>,
  mostPairs = MOST_PAIRS,
): Promise<Pairs> => {
  for (let mostMeetings = MOST_MEETINGS; ; mostMeetings /= 2) {
    const looked = quietObjects(touches, mostMeetings);
    const { repeated, shift, meetings } = await sketch(touches, looked, actorCount, pace);
    const store = pairStore(mostPairs);
    await eachMeeting(
      touches,
      looked.quiet,
      (a, b, object, level, seconds) => {
        const [first, second] = a < b ? [a, b] : [b, a];
        if (repeated[hashOf(first, second) >>> shift]! >= 2) store.add(first, second, object, level, seconds);
      },
      pace,
    );
    if (!store.full()) return { ...store.read(), meetings };
  }
};

type Sketch = {
  /** By the upper bits of a pair's hash the number of times such pairs met in another quarter of a day, up to 2. */
  readonly repeated: Uint8Array;
  readonly shift: number;
  /** Per actor and window its meetings. */
  readonly meetings: Uint32Array;
};

const sketch = async (
  touches: Touches,
  { quiet, meetings: most }: Quiet,
  actorCount: number,
  pace: () => Promise<void>,
): Promise<Sketch> => {
  const windows = WINDOWS_SECONDS.length;
  const { least, most: widest } = SKETCH_BITS;
  const shift = 32 - Math.min(widest, Math.max(least, Math.ceil(Math.log2(2 * most + 1))));
  const repeated = new Uint8Array(2 ** (32 - shift));
  /** The last quarter of a day of a counter, and the shortest window it met within there: four windows are two bits. */
  const last = new Uint8Array(repeated.length);
  const meetings = new Uint32Array(actorCount * windows);
  await eachMeeting(
    touches,
    quiet,
    (a, b, _, level, seconds) => {
      const slot = (a < b ? hashOf(a, b) : hashOf(b, a)) >>> shift;
      const quarter = quarterOf(seconds);
      const again = repeated[slot]! > 0 && last[slot]! >> 2 === quarter;
      const known = again ? last[slot]! & 3 : windows;
      for (let w = level; w < known; w++) {
        meetings[a * windows + w]!++;
        meetings[b * windows + w]!++;
      }
      last[slot] = (quarter << 2) | Math.min(level, known);
      if (!again && repeated[slot]! < 2) repeated[slot]!++;
    },
    pace,
  );
  return { repeated, shift, meetings };
};

const hashOf = (first: number, second: number): number => {
  let h = Math.imul(first + 1, 0x9e3779b1) ^ Math.imul(second + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
};

type PairStore = {
  readonly add: (first: number, second: number, object: number, level: number, seconds: number) => void;
  readonly full: () => boolean;
  readonly read: () => Omit<Pairs, 'meetings'>;
};

/** Of a pair that has not met: no quarter of a day is as late. */
const NEVER = 0xff;
const MOST_MET = 0xffff;

const pairStore = (most: number): PairStore => {
  const windows = WINDOWS_SECONDS.length;
  let size = 1 << 12;
  let slots = new Int32Array(size).fill(-1);
  let first = new Uint32Array(size / 2);
  let second = new Uint32Array(size / 2);
  let lastObject = new Uint32Array(size / 2);
  let lastLevel = new Uint8Array(size / 2);
  /** The last quarter of a day, and the shortest window within it, as in the sketch; the first meeting follows none. */
  let last = new Uint8Array(size / 2).fill(NEVER);
  let objects = new Uint16Array((size / 2) * windows);
  let met = new Uint16Array((size / 2) * windows);
  let quarters = new Int32Array((size / 2) * windows);
  let count = 0;
  let full = false;

  const find = (a: number, b: number): number => {
    let slot = hashOf(a, b) & (size - 1);
    // Hot loop: a slot lies inside the arrays by the mask.
    for (let p = slots[slot]!; p >= 0; p = slots[slot]!) {
      if (first[p] === a && second[p] === b) break;
      slot = (slot + 1) & (size - 1);
    }
    return slot;
  };
  const grow = (): void => {
    size *= 2;
    slots = new Int32Array(size).fill(-1);
    first = moved(first, new Uint32Array(size / 2));
    second = moved(second, new Uint32Array(size / 2));
    lastObject = moved(lastObject, new Uint32Array(size / 2));
    lastLevel = moved(lastLevel, new Uint8Array(size / 2));
    last = moved(last, new Uint8Array(size / 2).fill(NEVER));
    objects = moved(objects, new Uint16Array((size / 2) * windows));
    met = moved(met, new Uint16Array((size / 2) * windows));
    quarters = moved(quarters, new Int32Array((size / 2) * windows));
    for (let p = 0; p < count; p++) slots[find(first[p]!, second[p]!)] = p;
  };
  const add = (a: number, b: number, object: number, level: number, seconds: number): void => {
    let slot = find(a, b);
    let p = slots[slot]!;
    if (p < 0) {
      if (count >= most) {
        full = true;
        return;
      }
      if (2 * (count + 1) > size) {
        grow();
        slot = find(a, b);
      }
      p = count++;
      slots[slot] = p;
      first[p] = a;
      second[p] = b;
    }
    const quarter = quarterOf(seconds);
    for (let w = level; w < windows; w++) quarters[p * windows + w]! |= 1 << quarter;
    const known = last[p]! >> 2 === quarter ? last[p]! & 3 : windows;
    for (let w = level; w < known; w++) met[p * windows + w] = Math.min(MOST_MET, met[p * windows + w]! + 1);
    last[p] = (quarter << 2) | Math.min(level, known);
    const again = lastObject[p] === object + 1;
    const from = again ? Math.min(windows, lastLevel[p]!) : windows;
    for (let w = level; w < from; w++) objects[p * windows + w]!++;
    lastLevel[p] = again ? Math.min(lastLevel[p]!, level) : level;
    lastObject[p] = object + 1;
  };
  /** Distinct objects, but no more than separate occasions. */
  const separate = (): Uint16Array =>
    objects.subarray(0, count * windows).map((met, at) => Math.min(met, occasionsOf(quarters[at] ?? 0)));
  const read = (): Omit<Pairs, 'meetings'> => {
    const distinct = objects.subarray(0, count * windows);
    return { count, first, second, objects: separate(), distinct, met: met.subarray(0, count * windows) };
  };
  return { add, full: () => full, read };
};

const moved = <A extends Uint8Array | Uint16Array | Uint32Array | Int32Array>(values: A, into: A): A => {
  into.set(values);
  return into;
};
