import { seededRandom, type Random } from '../../../core/random/index.ts';
import type { InduceFeature, InduceInput } from '../../../core/rules/induce/index.ts';

export const infosOf = (names: readonly string[], worse: InduceFeature['worse'] = 'both'): readonly InduceFeature[] =>
  names.map((name) => ({ name, unit: 'events', sentence: name, worse }));

/** A table of actors with some columns. */
export const tableOf = (columns: Readonly<Record<string, Float64Array>>): Pick<InduceInput, 'features' | 'infos'> => {
  const all = Object.entries(columns);
  const actors = Array.from({ length: all[0]?.[1].length ?? 0 }, (_, i) => `actor${i}`);
  return { features: { actors, columns: new Map(all) }, infos: infosOf(all.map(([name]) => name)) };
};

/** Numbers from a source of chance. */
export const numbers = (count: number, next: () => number): Float64Array => Float64Array.from({ length: count }, next);

/**
 * Actors of whom those with many requests and short pauses are abuse, and those with many failures; three more columns say
 * nothing. One label in `wrong` is turned around.
 */
export const planted = (
  count: number,
  seed: number,
  wrong = Number.POSITIVE_INFINITY,
): Pick<InduceInput, 'features' | 'infos' | 'labels'> & { readonly truth: Uint8Array } => {
  const random: Random = seededRandom(seed);
  const requests = numbers(count, () => random.int(200));
  const pause = numbers(count, () => random.float() * 60);
  const failures = numbers(count, () => (random.float() < 0.02 ? Number.NaN : random.float()));
  const noise = ['noise_a', 'noise_b', 'noise_c'].map((name) => [name, numbers(count, () => random.normal())] as const);
  const truth = Uint8Array.from(requests, (value, i) =>
    (value >= 150 && (pause[i] ?? 60) < 12) || (failures[i] ?? 0) >= 0.95 ? 1 : 0,
  );
  const labels = Int8Array.from(truth, (label) => (random.int(1_000_000) < 1_000_000 / wrong ? 1 - label : label));
  return { ...tableOf({ requests, pause, failures, ...Object.fromEntries(noise) }), labels, truth };
};
