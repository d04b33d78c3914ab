import type { NoiseSource } from '../../random/noise-source.ts';
import type { BoundedRows } from '../bounding/index.ts';
import { ACTORS, EVENTS } from '../mechanisms/count.ts';
import type {
  Mechanism,
  MechanismPlan,
  MechanismResult,
  MechanismTask,
  ReleasedColumn,
} from '../mechanisms/mechanism.ts';
import { drawNoise, widthAt } from '../mechanisms/noise.ts';
import { withNoise } from '../mechanisms/with-noise.ts';
import { chooseKnownKeys, chooseUnknownKeys } from './choose-keys.ts';
import { planTop, type TopPlan } from './top-plan.ts';

const plan = (task: MechanismTask): MechanismPlan => {
  const top = planTop(task);
  return { statistics: [top.statistic], events: top.events, statements: statementsOf(top, task) };
};

/** Keys, their rank and their noised counts; the mechanism and its privacy map are at `planTop` and `choose-keys.ts`. */
const run = (task: MechanismTask, rows: BoundedRows, source: NoiseSource): MechanismResult => {
  const top = planTop(task);
  const counts = (top.of === 'actors' ? ACTORS : EVENTS).sums(rows);
  const isOneShot = top.choice.kind === 'one-shot';
  const noise = drawNoise(top.statistic.noise, isOneShot ? counts.length : top.k, source);
  const all = isOneShot ? counts.map((count, key) => withNoise(count, noise[key] ?? 0)) : counts;
  const chosen = isOneShot ? highest(all, top.k) : choose(top, counts, source);
  const groups = chosen.slice().sort();
  const ranks = Float64Array.from(groups, (key) => chosen.indexOf(key) + 1);
  const noised = Float64Array.from(groups, (key, i) =>
    isOneShot ? (all[key] ?? 0) : withNoise(counts[key] ?? 0, noise[(ranks[i] ?? 1) - 1] ?? 0),
  );
  const integers = isOneShot ? [noised] : [noised, ranks];
  return { groups, columns: finish(task, integers), noised: integers };
};

/**
 * Columns of the noised counts. Where all counts were noised, ranks follow from them; else the order of the choices is what
 * was released, and is the second list.
 */
const finish = (task: MechanismTask, [noised = NONE, ranks]: readonly Float64Array[]): readonly ReleasedColumn[] => {
  const top = planTop(task);
  const width = widthAt(top.statistic.noise, 1 - alphaOf(top, task));
  const none = new Float64Array(noised.length).fill(Number.NaN);
  const rank = top.choice.kind === 'one-shot' ? ranksOf(noised) : (ranks ?? none);
  return [
    { name: 'rank', value: rank, low: none, high: none },
    { name: top.of, value: noised, low: noised.map((x) => x - width), high: noised.map((x) => x + width) },
  ];
};

const NONE = new Float64Array(0);

/** 1 for the highest; ties in the order they come in. */
const ranksOf = (noised: Float64Array): Float64Array => {
  const rank = new Float64Array(noised.length);
  highest(noised, noised.length).forEach((at, i) => (rank[at] = i + 1));
  return rank;
};

const lists = (task: MechanismTask): number => (planTop(task).choice.kind === 'one-shot' ? 1 : 2);

/** Exactly k keys of a list, as far as it goes; at most k where keys are unknown; ranks from 1 on, each once. */
const faultsOf = (task: MechanismTask, [noised = NONE, ranks]: readonly Float64Array[]): readonly string[] => {
  const { k, choice } = planTop(task);
  const isRight =
    choice.kind === 'unknown'
      ? noised.length <= k
      : noised.length === Math.min(k, task.groups ?? Number.POSITIVE_INFINITY);
  const isRanked = choice.kind === 'one-shot' || ranks?.toSorted().every((rank, i) => rank === i + 1) === true;
  return [
    ...(isRight ? [] : ['There are more keys, or fewer, than the query shows.']),
    ...(isRanked ? [] : ['The ranks do not count from 1 on, each once.']),
  ];
};

/** The `k` keys with most events or actors of a public list. */
export const topKnownMechanism: Mechanism = { measure: 'top', keys: 'known', plan, run, lists, finish, faultsOf };

/** Up to `k` of the keys that occur. */
export const topUnknownMechanism: Mechanism = { measure: 'top', keys: 'unknown', plan, run, lists, finish, faultsOf };

const choose = (top: TopPlan, counts: Float64Array, source: NoiseSource): Uint32Array => {
  const { choice, k } = top;
  if (choice.kind === 'unknown') return chooseUnknownKeys(counts, k, choice.rate, choice.threshold, source);
  if (choice.kind === 'known') return chooseKnownKeys(counts, k, choice.rate, choice.method, source);
  return new Uint32Array();
};

/**
 * One share of the error probability per key whose noise the answer depends on: with `one-shot` the noise also decided who is
 * shown, so that all intervals must hold at once (Bonferroni 1936); elsewhere it is drawn afresh after the choice.
 */
const alphaOf = (top: TopPlan, { query, groups }: MechanismTask): number =>
  top.choice.kind === 'one-shot' ? (1 - query.level) / Math.max(1, groups ?? 1) : 1 - query.level;

const statementsOf = (top: TopPlan, task: MechanismTask): readonly string[] => {
  const { choice } = top;
  if (choice.kind === 'one-shot') {
    return [
      'The counts of all keys of the list are noised with the whole cost; those shown are the highest of the noised counts.',
      `All intervals hold together with probability ${task.query.level} at least, whichever keys are shown.`,
    ];
  }
  const fresh = 'Half of the cost chooses the keys, half noises their counts; intervals do not depend on the choice.';
  return choice.kind === 'known'
    ? [fresh, `The keys are chosen one after the other among the whole list (${choice.method}).`]
    : [
        fresh,
        `The keys are chosen one after the other among those that occur (exponential mechanism). It stops at an option "no further key" that counts ${choice.threshold}: keys well below it are rarely shown, and fewer keys than asked for may be.`,
      ];
};

/** The k highest, highest first; ties by code, which is public for a public list. */
const highest = (noised: Float64Array, k: number): Uint32Array => {
  const least = noised.toSorted()[Math.max(0, noised.length - k)] ?? 0;
  return Uint32Array.from([...noised.keys()].filter((key) => (noised[key] ?? 0) >= least))
    .sort((a, b) => (noised[b] ?? 0) - (noised[a] ?? 0) || a - b)
    .slice(0, k);
};
