import { wilson } from '../../math/wilson.ts';
import { countLabels, dayName, type ActorLabels } from '../../rules/backtest/index.ts';
import type { Rule } from '../../rules/schema.ts';
import type { Decision } from '../../store/index.ts';
import type { RuleImpact } from '../contract/rules.ts';
import { NightjarError } from '../errors.ts';

import type { CaseRuns, SampledRules } from './case-runs.ts';

/** An editor waits no longer between two keystrokes. */
const DEADLINE_MS = 1000;
const EXAMPLES = 20;

/**
 * What some rules hit, taken together: counted in a small case, and where that takes no longer than a second; else estimated
 * from a sample of the actors. Errors: `cancelled`.
 */
export const impactOf = async (
  runs: CaseRuns,
  decisions: ReadonlyMap<string, Decision>,
  rules: readonly Rule[],
  signal?: AbortSignal,
  deadlineMs = DEADLINE_MS,
): Promise<RuleImpact> => {
  if (runs.hasSample()) {
    const known = await sampleImpact(runs, decisions, rules, signal);
    if (known !== undefined) return known;
  }
  if (await runs.isSmall()) return { ...summed((await runs.run(rules, signal)).hits, decisions), sample: null };
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    const ran = await runs.run(rules, signal === undefined ? deadline : AbortSignal.any([signal, deadline]));
    return { ...summed(ran.hits, decisions), sample: null };
  } catch (error) {
    const isLate = deadline.aborted && signal?.aborted !== true;
    if (!isLate || !(error instanceof NightjarError) || error.code !== 'cancelled') throw error;
  }
  return (await sampleImpact(runs, decisions, rules, signal)) ?? NEEDS_RUN;
};

const sampleImpact = async (
  runs: CaseRuns,
  decisions: ReadonlyMap<string, Decision>,
  rules: readonly Rule[],
  signal?: AbortSignal,
): Promise<RuleImpact | undefined> => {
  const sampled = await runs.runOnSample(rules, signal);
  return sampled === undefined ? undefined : estimated(summed(sampled.hits, decisions), sampled);
};

const NEEDS_RUN = {
  kind: 'needs-run',
  why: 'This case is too large to measure this rule while it is written: run a backtest.',
} as const;

type Measured = Extract<RuleImpact, { kind: 'measured' }>;

/** Counts of a sample times the actors that each of it stands for; examples stay as they are. */
const estimated = (
  counted: Omit<Measured, 'sample'>,
  { oneIn, actors }: Pick<SampledRules, 'oneIn' | 'actors'>,
): Measured => {
  const [low = 0, high = 0] = wilson(counted.actors, actors).map((share) => Math.round(share * actors * oneIn));
  return {
    ...counted,
    hits: counted.hits * oneIn,
    actors: counted.actors * oneIn,
    perDay: counted.perDay.map(({ day, hits }) => ({ day, hits: hits * oneIn })),
    abuse: counted.abuse * oneIn,
    benign: counted.benign * oneIn,
    unsure: counted.unsure * oneIn,
    undecided: counted.undecided * oneIn,
    sample: { oneIn, actors, low: Math.max(counted.actors, low), high },
  };
};

const summed = (
  all: Awaited<ReturnType<CaseRuns['run']>>['hits'],
  decisions: ReadonlyMap<string, Decision>,
): Omit<Measured, 'sample'> => {
  const byActor = new Map<string, { hits: number; first: number | null }>();
  const days = new Map<number, number>();
  for (const each of all) {
    for (const [actor, { hits, first }] of each.byActor) {
      const found = byActor.get(actor);
      const earliest = found === undefined || (first !== null && (found.first === null || first < found.first));
      byActor.set(actor, { hits: hits + (found?.hits ?? 0), first: earliest ? first : found.first });
    }
    for (const [day, { hits }] of each.days) days.set(day, hits + (days.get(day) ?? 0));
  }
  const { unsure, ...known } = labelled(byActor.keys(), decisions);
  return {
    kind: 'measured',
    hits: all.reduce((sum, { hits }) => sum + hits, 0),
    actors: byActor.size,
    perDay: [...days].toSorted(([a], [b]) => a - b).map(([day, hits]) => ({ day: dayName(day), hits })),
    abuse: known.abuse,
    benign: known.benign,
    unsure,
    undecided: known.unlabelled - unsure,
    examples: [...byActor]
      .toSorted(([a, { hits: m }], [b, { hits: n }]) => n - m || (a < b ? -1 : 1))
      .slice(0, EXAMPLES)
      .map(([actor, { hits, first }]) => ({
        actor,
        hits,
        at: first === null ? null : first / 1000,
        verdict: decisions.get(actor)?.verdict ?? null,
      })),
  };
};

/** Verdicts of abuse and benign as labels. */
export const verdictLabels = (decisions: ReadonlyMap<string, Decision>): ActorLabels =>
  new Map(
    [...decisions].flatMap(([actor, { verdict }]) =>
      verdict === 'unsure' ? [] : [[actor, verdict === 'abuse' ? 1 : 0] as const],
    ),
  );

const labelled = (actors: Iterable<string>, decisions: ReadonlyMap<string, Decision>) => {
  const all = [...actors];
  const unsure = all.filter((actor) => decisions.get(actor)?.verdict === 'unsure').length;
  return { unsure, ...countLabels(all, verdictLabels(decisions)) };
};
