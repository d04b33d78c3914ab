import { seededRandom, shuffled } from '../../../core/random/index.ts';
import type { LabelledActors } from './tables.ts';

/** A way to part actors, 1 for training: several drawn by chance, or at several times. */
export type Splits = { readonly kind: 'random' | 'time'; readonly masks: readonly Uint8Array[] };

const TRAINING = 0.7;
const EARLIER = [0.6, 0.7, 0.8];

/** 70 % of each label by chance, once per seed; and the earlier 60, 70 and 80 % by the actors' median time, where there are times. */
export const splitsOf = ({ labels, times }: LabelledActors, seeds: readonly number[]): readonly Splits[] => {
  const random = seeds.map((seed) => {
    const mask = new Uint8Array(labels.length);
    for (const label of [0, 1]) {
      const rows = Uint32Array.from(labels.keys()).filter((row) => labels[row] === label);
      const drawn = shuffled(rows, seededRandom(seed).fork(label));
      for (const row of drawn.subarray(0, Math.round(rows.length * TRAINING))) mask[row] = 1;
    }
    return mask;
  });
  if (times === undefined) return [{ kind: 'random', masks: random }];
  const order = [...labels.keys()].sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  const early = EARLIER.map((share) => {
    const mask = new Uint8Array(labels.length);
    for (const row of order.slice(0, Math.round(order.length * share))) mask[row] = 1;
    return mask;
  });
  return [
    { kind: 'random', masks: random },
    { kind: 'time', masks: early },
  ];
};
