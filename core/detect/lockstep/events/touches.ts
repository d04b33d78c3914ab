import type { Interactions } from '../../../table/interactions.ts';

/** Who touched which object when, object by object and in order of time. */
export type Touches = {
  /** Object o has touches starts[o] … starts[o + 1] − 1. */
  readonly starts: Uint32Array;
  readonly actors: Uint32Array;
  readonly seconds: Float64Array;
};

/** Seconds within which one actor's touches of one object count as one: the session gap of Catledge & Pitkow 1995. */
const SESSION_SECONDS = 1_530;

/** Sorts interactions by object; repeated touches of an object in one session are one, at its first. */
export const touchesOf = (interactions: Interactions, actorCount: number): Touches => {
  const { actors, objects, seconds, objectCount } = interactions;
  const starts = new Uint32Array(objectCount + 1);
  // Hot loops: the events of a case, every index inside the arrays.
  for (const object of objects) starts[object + 1]!++;
  for (let o = 0; o < objectCount; o++) starts[o + 1]! += starts[o]!;
  const next = starts.slice(0, objectCount);
  const sortedActors = new Uint32Array(actors.length);
  const sortedSeconds = new Float64Array(actors.length);
  for (let e = 0; e < actors.length; e++) {
    const at = next[objects[e]!]!++;
    sortedActors[at] = actors[e]!;
    sortedSeconds[at] = seconds[e]!;
  }
  const lastObject = new Uint32Array(actorCount);
  const lastSecond = new Float64Array(actorCount);
  const kept = new Uint32Array(objectCount + 1);
  let to = 0;
  for (let o = 0; o < objectCount; o++) {
    for (let at = starts[o]!; at < starts[o + 1]!; at++) {
      const actor = sortedActors[at]!;
      const second = sortedSeconds[at]!;
      if (!Number.isFinite(second)) continue;
      if (lastObject[actor] === o + 1 && second - lastSecond[actor]! <= SESSION_SECONDS) continue;
      lastObject[actor] = o + 1;
      lastSecond[actor] = second;
      sortedActors[to] = actor;
      sortedSeconds[to] = second;
      to++;
    }
    kept[o + 1] = to;
  }
  return { starts: kept, actors: sortedActors.subarray(0, to), seconds: sortedSeconds.subarray(0, to) };
};
