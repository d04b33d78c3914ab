import { logPoissonTail } from '../poisson.ts';
import { WINDOWS_SECONDS } from './meetings.ts';
import type { Pairs } from './pairs.ts';

/** Shared objects that make a partner: looked at one after the other. */
export const SHARED = [2, 3, 4, 6, 9] as const;

/** What stands out of an actor's company: `partners` others met it at `shared` objects or more within a window. */
export type Partners = {
  /** −log10 of the chance that a log like this, without lockstep, holds any such actor; not below 0. */
  readonly decades: Float64Array;
  /** Per actor the number in WINDOWS_SECONDS, and in SHARED, at which it stands out most. */
  readonly window: Uint8Array;
  readonly shared: Uint8Array;
  /** Partners there, and how many chance leads to expect. */
  readonly partners: Uint32Array;
  readonly expected: Float64Array;
};

/**
 * Partners of each actor against chance: when it is met by somebody, it is any other actor in proportion to how much
 * that one does, so that a busy object or hour, where all are met often, makes for many expected partners. `touches`
 * has those of each actor.
 */
export const weighPartners = (pairs: Pairs, touches: Uint32Array, decadesAtMost: number): Partners => {
  const { meetings } = pairs;
  const actors = touches.length;
  const windows = WINDOWS_SECONDS.length;
  const found = countPartners(pairs, actors);
  const crowd = crowdOf(touches);
  const result = {
    decades: new Float64Array(actors),
    window: new Uint8Array(actors),
    shared: new Uint8Array(actors),
    partners: new Uint32Array(actors),
    expected: new Float64Array(actors),
  };
  const best = new Float64Array(actors);
  const looks = Math.log10(windows * SHARED.length) + Math.log10(Math.max(1, actors));
  for (let w = 0; w < windows; w++) {
    const misfit = misfitOf(found, meetings, crowd, w);
    for (let a = 0; a < actors; a++) {
      for (let s = 0; s < SHARED.length; s++) {
        const count = found[(a * windows + w) * SHARED.length + s]!; // hot: inside by the loops' bounds
        if (count === 0) break;
        // The partners' own meetings are what is to be explained, and explain nothing.
        const others = Math.max(SHARED[s]!, meetings[a * windows + w]! - count * SHARED[s]!);
        const expected = expectedPartners(misfit * others, SHARED[s]!, crowd);
        const chance = logPoissonTail(count, expected);
        if (chance >= best[a]!) continue;
        best[a] = chance;
        result.window[a] = w;
        result.shared[a] = s;
        result.partners[a] = count;
        result.expected[a] = expected;
      }
    }
  }
  for (let a = 0; a < actors; a++) result.decades[a] = Math.min(decadesAtMost, Math.max(0, -best[a]! - looks));
  return result;
};

/** Per actor, window and number of SHARED the partners with at least as many shared objects. */
const countPartners = ({ count, first, second, objects }: Pairs, actors: number): Uint32Array => {
  const windows = WINDOWS_SECONDS.length;
  const found = new Uint32Array(actors * windows * SHARED.length);
  for (let p = 0; p < count; p++) {
    for (let w = 0; w < windows; w++) {
      for (let s = 0; s < SHARED.length && objects[p * windows + w]! >= SHARED[s]!; s++) {
        found[(first[p]! * windows + w) * SHARED.length + s]!++;
        found[(second[p]! * windows + w) * SHARED.length + s]!++;
      }
    }
  }
  return found;
};

/** The population by how much its actors do, in classes of a factor of √2. */
type Crowd = {
  readonly classes: readonly { readonly actors: number; readonly share: number }[];
  /** What was expected before. */
  readonly known: Map<number, number>;
};

const crowdOf = (touches: Uint32Array): Crowd => {
  const total = touches.reduce((sum, n) => sum + n, 0);
  const classes = new Map<number, { actors: number; touches: number }>();
  for (const n of touches) {
    if (n === 0) continue;
    const key = Math.round(2 * Math.log2(n));
    const one = classes.get(key) ?? { actors: 0, touches: 0 };
    one.actors++;
    one.touches += n;
    classes.set(key, one);
  }
  return {
    classes: [...classes.values()].map((one) => ({ actors: one.actors, share: one.touches / one.actors / total })),
    known: new Map(),
  };
};

/** Actors that meet one at `shared` objects or more by chance, when it is met so often. */
const expectedPartners = (meetings: number, shared: number, { classes, known }: Crowd): number => {
  const key = meetings * 16 + shared; // shared is below 16; actors with equally many meetings expect the same
  const before = known.get(key);
  if (before !== undefined) return before;
  let sum = 0;
  for (const { actors, share } of classes) sum += actors * 10 ** logPoissonTail(shared, meetings * share);
  known.set(key, sum);
  return sum;
};

/** Share of the actors, those with most partners, that are left out when the misfit is measured. */
const TRIMMED = 0.1;
/** Two who keep the same hours meet about twice as often as two who do not. */
const LEAST_MISFIT = 2;

/** How many times more often than chance the bulk of the actors meets the same actor again. */
const misfitOf = (found: Uint32Array, meetings: Uint32Array, crowd: Crowd, window: number): number => {
  const windows = WINDOWS_SECONDS.length;
  const actors = meetings.length / windows;
  const second = Array.from({ length: actors }, (_, a) => found[(a * windows + window) * SHARED.length] ?? 0);
  const limit = second.toSorted((a, b) => a - b)[Math.floor((1 - TRIMMED) * (actors - 1))] ?? 0;
  let real = 0;
  let chance = 0;
  second.forEach((count, a) => {
    if (count > limit) return;
    real += count;
    chance += expectedPartners(meetings[a * windows + window] ?? 0, SHARED[0], crowd);
  });
  return Math.max(LEAST_MISFIT, chance > 0 ? Math.sqrt(real / chance) : 0);
};
