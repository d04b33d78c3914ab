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
    const within = companyWithin(pairs, w, touches);
    const misfit = misfitOf(within, meetings, crowd, w);
    for (let a = 0; a < actors; a++) {
      for (let s = 0; s < SHARED.length; s++) {
        const count = within.partners[a * SHARED.length + s]!; // hot: inside by the loops' bounds
        if (count === 0) break;
        const at = a * SHARED.length + s;
        const company: Company = { count, met: within.met[at]!, share: within.share[at]! };
        const expected = expectedBeside(company, meetings[a * windows + w]!, misfit, SHARED[s]!, crowd);
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

/** An actor's partners: how many, its meetings with them, and their share of all touches. */
type Company = { readonly count: number; readonly met: number; readonly share: number };

/** Share of all touches that the others have at least, however busy an actor's partners are. */
const LEAST_REST = 0.05;
const ROUNDS = 5;

/**
 * How many partners chance leads to expect. The meetings with partners are what is to be explained, and explain nothing: how often the
 * actor is met is told by the others, but for the part of the partners that chance explains, who are counted among these. That part
 * is not known before: it is found by rounds.
 */
const expectedBeside = (
  { count, met, share }: Company,
  meetings: number,
  misfit: number,
  shared: number,
  crowd: Crowd,
): number => {
  let expected = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const beyond = Math.max(0, 1 - expected / count);
    const others = Math.max(shared, meetings - beyond * met) / Math.max(LEAST_REST, 1 - beyond * share);
    expected = expectedPartners(misfit * others, shared, crowd);
    if (beyond === 0) break;
  }
  return expected;
};

/** Per actor and number of SHARED, within one window: those who share as many objects with it. */
type Companies = {
  readonly partners: Uint32Array;
  /** Its meetings with them. */
  readonly met: Uint32Array;
  /** Their share of all touches. */
  readonly share: Float32Array;
};

const companyWithin = ({ count, first, second, objects, met }: Pairs, w: number, touches: Uint32Array): Companies => {
  const windows = WINDOWS_SECONDS.length;
  const total = touches.reduce((sum, n) => sum + n, 0);
  const size = touches.length * SHARED.length;
  const company = { partners: new Uint32Array(size), met: new Uint32Array(size), share: new Float32Array(size) };
  const add = (actor: number, s: number, other: number, times: number): void => {
    const at = actor * SHARED.length + s; // hot: one step per pair and threshold, every index inside the arrays
    company.partners[at]!++;
    company.met[at]! += times;
    company.share[at]! += touches[other]! / total;
  };
  for (let p = 0; p < count; p++) {
    const at = p * windows + w;
    for (let s = 0; s < SHARED.length && objects[at]! >= SHARED[s]!; s++) {
      add(first[p]!, s, second[p]!, met[at]!);
      add(second[p]!, s, first[p]!, met[at]!);
    }
  }
  return company;
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
  // Rounded up to a power of 2^(1/16), so that few are ever worked out; shared is below 16.
  const power = Math.ceil(16 * Math.log2(Math.max(1, meetings)));
  const key = power * 16 + shared;
  const before = known.get(key);
  if (before !== undefined) return before;
  let sum = 0;
  for (const { actors, share } of classes) sum += actors * 10 ** logPoissonTail(shared, 2 ** (power / 16) * share);
  known.set(key, sum);
  return sum;
};

/** Share of the actors, those with most partners, that are left out when the misfit is measured. */
const TRIMMED = 0.1;
/** Two who keep the same hours meet about twice as often as two who do not. */
const LEAST_MISFIT = 2;

/** How many times more often than chance the bulk of the actors meets the same actor again. */
const misfitOf = ({ partners }: Companies, meetings: Uint32Array, crowd: Crowd, window: number): number => {
  const windows = WINDOWS_SECONDS.length;
  const actors = meetings.length / windows;
  const second = Array.from({ length: actors }, (_, a) => partners[a * SHARED.length] ?? 0);
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
