import type { Touches } from './touches.ts';

/** Longest times between two touches of an object that count as together, in seconds, shortest first. */
export const WINDOWS_SECONDS = [60, 900, 3_600, 14_400] as const;
/** Touches after one's own that are looked at: an object so busy that more come between explains any meeting. */
export const NEXT_TOUCHES = 16;
/** Meetings looked at in all, which bounds time and memory. */
export const MOST_MEETINGS = 32_000_000;

/** Objects at which meetings are looked at, and how many meetings that makes at most. */
export type Quiet = { readonly quiet: Uint8Array; readonly meetings: number };

/**
 * The objects quiet enough to look at: all of them, or, where that makes too many meetings, those at which
 * fewest others come within the longest window of a touch. At the busiest objects everybody meets everybody.
 */
export const quietObjects = ({ starts, seconds }: Touches, mostMeetings: number): Quiet => {
  const objects = starts.length - 1;
  const longest = WINDOWS_SECONDS.at(-1) ?? 0;
  const followers = new Uint32Array(objects);
  const byDensity = new Float64Array(NEXT_TOUCHES + 1);
  // Hot loops: one step per touch, every index inside the arrays.
  const density = (object: number): number =>
    Math.ceil(followers[object]! / Math.max(1, starts[object + 1]! - starts[object]!));
  for (let object = 0; object < objects; object++) {
    const end = starts[object + 1]!;
    let next = starts[object]!;
    for (let i = starts[object]!; i < end; i++) {
      while (next < end && seconds[next]! - seconds[i]! <= longest) next++;
      followers[object]! += Math.min(NEXT_TOUCHES, next - i - 1);
    }
    byDensity[density(object)]! += followers[object]!;
  }
  let meetings = 0;
  let densest = 0;
  while (densest <= NEXT_TOUCHES && meetings + byDensity[densest]! <= mostMeetings) meetings += byDensity[densest++]!;
  return { quiet: Uint8Array.from({ length: objects }, (_, object) => (density(object) < densest ? 1 : 0)), meetings };
};

/** Two actors touched an object, one after the other at `seconds`: `level` is the shortest window that holds both. */
export type Meet = (first: number, second: number, object: number, level: number, seconds: number) => void;

/** Calls `meet` for every pair of different actors that touched a quiet object together, object by object. */
export const eachMeeting = async (
  { starts, actors, seconds }: Touches,
  quiet: Uint8Array,
  meet: Meet,
  pace: () => Promise<void>,
): Promise<void> => {
  const longest = WINDOWS_SECONDS.at(-1) ?? 0;
  let steps = 0;
  for (let object = 0; object < quiet.length; object++) {
    if (quiet[object] === 0) continue;
    const end = starts[object + 1]!; // hot: at most MOST_MEETINGS steps, every index inside the arrays
    for (let i = starts[object]!; i < end; i++) {
      const last = Math.min(end - 1, i + NEXT_TOUCHES);
      for (let k = i + 1; k <= last; k++) {
        const gap = seconds[k]! - seconds[i]!;
        if (gap > longest) break;
        if (actors[k] !== actors[i]) meet(actors[i]!, actors[k]!, object, levelOf(gap), seconds[k]!);
      }
      if ((++steps & 2047) === 0) await pace();
    }
  }
};

const levelOf = (gap: number): number => {
  let level = 0;
  while (gap > WINDOWS_SECONDS[level]!) level++;
  return level;
};
