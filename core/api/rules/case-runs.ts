import type { Hit, Rule, Vocabulary } from '../../rules/schema.ts';
import { printRules } from '../../rules/text/print-rule.ts';
import type { Readers } from '../../store/index.ts';
import { createRemembered } from '../explore/remembered.ts';
import { rememberedEvents } from './event-source.ts';
import { listHits } from './list-hits.ts';
import { runAll, type RanRules, type RunPlace } from './run-all.ts';
import { today } from './today.ts';
import { vocabularyWithValues } from './vocabulary.ts';

/** What rules do in the open case; the latest answers are remembered until the case holds something else. */
export type CaseRuns = {
  /** Where its rules are run, today. */
  place(): RunPlace;
  vocabulary(): Promise<Vocabulary>;
  /** Of each rule, in their order. Errors: `cancelled`. */
  run(rules: readonly Rule[], signal?: AbortSignal): Promise<RanRules>;
  /** Every hit, by rule, time and group. Errors: `cancelled`, `usage` for more than fit in memory. */
  hits(rules: readonly Rule[], signal?: AbortSignal): Promise<readonly Hit[]>;
  /** The case holds other events, or another ranking. */
  forget(): void;
};

const REMEMBERED = 8;

export const createCaseRuns = (readers: Pick<Readers, 'read'>): CaseRuns => {
  const events = rememberedEvents(readers);
  const runs = createRemembered<RanRules>(REMEMBERED);
  const listed = createRemembered<readonly Hit[]>(2);
  const words = createRemembered<Vocabulary>(1);
  let generation = 0;
  const keyOf = (rules: readonly Rule[], day: string): string => JSON.stringify([generation, day, printRules(rules)]);
  const place = (): RunPlace => ({ readers, events: events.source, day: today() });
  return {
    place,
    vocabulary: () => words(String(generation), () => vocabularyWithValues(readers)),
    run: (rules, signal) => {
      const day = today();
      const watch = signal === undefined ? {} : { signal };
      return runs(keyOf(rules, day), () => runAll({ ...place(), day }, rules, watch));
    },
    hits: (rules, signal) => {
      const day = today();
      return listed(keyOf(rules, day), () => listHits({ ...place(), day }, rules, signal));
    },
    forget: () => {
      events.forget();
      generation++;
    },
  };
};
