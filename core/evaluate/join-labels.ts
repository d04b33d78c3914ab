import type { Label } from './labels.ts';

export type LabelledRows = {
  /** Positions, in the given actors, of those with a label. */
  readonly rows: Uint32Array;
  readonly labels: Uint8Array;
  /** Kind of each labelled row, empty where it has none. */
  readonly kinds: readonly string[];
  /** Actors without a label; labels without an actor. */
  readonly unlabelled: number;
  readonly unmatched: number;
};

/** The actors that have a label, in their order. Both sides must use the same names: pseudonymise the labels' first. */
export const joinLabels = (actors: readonly string[], byActor: ReadonlyMap<string, Label>): LabelledRows => {
  const rows = actors.map((_, i) => i).filter((i) => byActor.has(actors[i] ?? ''));
  const found = rows.map((i) => byActor.get(actors[i] ?? ''));
  const named = new Set(rows.map((i) => actors[i]));
  return {
    rows: Uint32Array.from(rows),
    labels: Uint8Array.from(found, (label) => label?.label ?? 0),
    kinds: found.map((label) => label?.kind ?? ''),
    unlabelled: actors.length - rows.length,
    unmatched: byActor.size - named.size,
  };
};
