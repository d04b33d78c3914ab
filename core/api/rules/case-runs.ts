import type { Hit, Rule, Vocabulary } from '../../rules/schema.ts';
import { printRules } from '../../rules/text/print-rule.ts';
import type { Readers } from '../../store/index.ts';
import { NightjarError } from '../errors.ts';
import { createRemembered } from '../explore/remembered.ts';
import { canBeSampled, isSampleSized, sampleActors, type ActorSample } from './actor-sample.ts';
import { rememberedEvents, storedEvents } from './event-source.ts';
import { listHits } from './list-hits.ts';
import { runAll, type RanRules, type RunPlace } from './run-all.ts';
import { today } from './today.ts';
import { vocabularyOf, withCommonValues } from './vocabulary.ts';

/** What rules do in the open case; the latest answers are remembered until the case holds something else. */
export type CaseRuns = {
  /** Where its rules are run, today. */
  place(): RunPlace;
  vocabulary(): Promise<Vocabulary>;
  /** The same with common values, as completion offers them. */
  vocabularyWithValues(): Promise<Vocabulary>;
  /** Of each rule, in their order. Errors: `cancelled`. */
  run(rules: readonly Rule[], signal?: AbortSignal): Promise<RanRules>;
  /** The same of a sample of the actors; undefined where there is none, or the rules look at more than one actor at once. */
  runOnSample(rules: readonly Rule[], signal?: AbortSignal): Promise<SampledRules | undefined>;
  /** Whether a sample was needed before: the case is large. */
  hasSample(): boolean;
  /** Whether the case is no larger than a sample would be. */
  isSmall(): Promise<boolean>;
  /** Every hit, by rule, time and group. Errors: `cancelled`, `usage` for more than fit in memory. */
  hits(rules: readonly Rule[], signal?: AbortSignal): Promise<readonly Hit[]>;
  /** The case holds other events, or another ranking. */
  forget(): void;
};

export type SampledRules = RanRules & Pick<ActorSample, 'oneIn' | 'actors'>;

const REMEMBERED = 8;

/** `mostSampled`: events of a sample, at most about so many. */
export const createCaseRuns = (readers: Pick<Readers, 'read'>, mostSampled?: number): CaseRuns => {
  const events = rememberedEvents(storedEvents(readers));
  const runs = createRemembered<RanRules>(REMEMBERED);
  const listed = createRemembered<readonly Hit[]>(2);
  const words = createRemembered<Vocabulary>(1);
  const wordsAndValues = createRemembered<Vocabulary>(1);
  const samples = createRemembered<ActorSample | undefined>(1);
  const sizes = createRemembered<boolean>(1);
  let sampled: number | undefined;
  let generation = 0;
  const keyOf = (rules: readonly Rule[], day: string): string => JSON.stringify([generation, day, printRules(rules)]);
  const place = (): RunPlace => ({ readers, events: events.source, day: today() });
  const vocabulary = (): Promise<Vocabulary> => words(String(generation), () => vocabularyOf(readers));
  return {
    place,
    vocabulary,
    vocabularyWithValues: () =>
      wordsAndValues(String(generation), async () => withCommonValues(readers, await vocabulary())),
    run: (rules, signal) => {
      const day = today();
      const watch = signal === undefined ? {} : { signal };
      return shared(signal, () => runs(keyOf(rules, day), () => runAll({ ...place(), day }, rules, watch)));
    },
    runOnSample: async (rules, signal) => {
      const of = generation;
      const sample = canBeSampled(rules)
        ? await samples(String(of), () => sampleActors(readers, mostSampled))
        : undefined;
      if (sample === undefined) return undefined;
      sampled = of;
      const watch = signal === undefined ? {} : { signal };
      return { ...sample, ...(await runAll({ ...place(), events: sample.events }, rules, watch)) };
    },
    hasSample: () => sampled === generation,
    isSmall: () => sizes(String(generation), () => isSampleSized(readers, mostSampled)),
    hits: (rules, signal) => {
      const day = today();
      return shared(signal, () => listed(keyOf(rules, day), () => listHits({ ...place(), day }, rules, signal)));
    },
    forget: () => {
      events.forget();
      generation++;
    },
  };
};

/** Asks once more where somebody who had asked the same before no longer wanted the answer. */
const shared = async <T>(signal: AbortSignal | undefined, ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    if (signal?.aborted === true || !(error instanceof NightjarError) || error.code !== 'cancelled') throw error;
    return await ask();
  }
};
