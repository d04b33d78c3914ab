import { checkLeaks, DEFAULT_K, gatherEvidence, type ActorSet, type Leak } from '../../rules/leak/index.ts';
import type { Rule } from '../../rules/schema.ts';
import { readPseudonymsAmong, readRuleActors } from '../../store/index.ts';
import type { Watch } from '../progress.ts';
import { runAll, type RunPlace } from './run-all.ts';
import { wordsIn } from './words-in.ts';

export type RuleLeakFound = Leak & { readonly rule: string };

/** Without a case it cannot be known how many actors something is about. */
const NEEDS_NO_CASE: ReadonlySet<string> = new Set(['identifier', 'identity-column', 'off-grid']);

/** Why some rules may not leave a case together; empty where they may. Errors: `cancelled`. */
export const findLeaks = async (
  place: RunPlace,
  rules: readonly Rule[],
  watch: Watch = {},
): Promise<readonly RuleLeakFound[]> => {
  const { signal, onProgress } = watch;
  const quiet = signal === undefined ? {} : { signal };
  const { actors } = await place.readers.read(readRuleActors, signal);
  const numbers = new Map(actors.map((actor, i) => [actor, i]));
  const words = rules.flatMap((rule) => wordsIn(JSON.stringify(rule)));
  const pseudonyms = await place.readers.read((connection) => readPseudonymsAmong(connection, words), signal);
  const hitActors = async (probes: readonly Rule[]): Promise<ReadonlyMap<string, ActorSet>> => {
    const { hits } = await runAll(place, probes, quiet);
    return new Map(probes.map(({ id }, i) => [id, numbered(hits[i]?.byActor.keys() ?? [], numbers)]));
  };
  const all = await hitActors(rules.map((rule) => ({ ...rule, expires: null })));
  const found: RuleLeakFound[] = [];
  for (const [i, rule] of rules.entries()) {
    onProgress?.({ stage: 'Checking what rules give away', done: i, total: rules.length, unit: 'rules' });
    const after = rules.slice(i + 1).filter(({ id }) => id !== rule.id); // two rules are told once, at the first
    const others = after.map(({ id }) => ({ rule: id, hits: all.get(id) ?? [] }));
    const evidence = await gatherEvidence(rule, others, {
      k: DEFAULT_K,
      isPseudonym: (word) => pseudonyms.has(word.toLowerCase()),
      hitActors,
    });
    found.push(...checkLeaks(rule, evidence).map((leak) => ({ rule: rule.id, ...leak })));
  }
  return found;
};

/** What can be known without the case that the rules are from: nothing of how many actors anything is about. */
export const findLeaksAlone = (rules: readonly Rule[]): readonly RuleLeakFound[] =>
  rules.flatMap((rule) =>
    checkLeaks(rule, {
      k: DEFAULT_K,
      isPseudonym: () => false,
      actorsByLiteral: new Map(),
      sides: new Map(),
      hits: [],
      withoutExclusion: [],
      others: [],
    })
      .filter(({ code }) => NEEDS_NO_CASE.has(code))
      .map((leak) => ({ rule: rule.id, ...leak })),
  );

/** Actors of features that have no event come after those that have. */
const numbered = (actors: Iterable<string>, numbers: Map<string, number>): ActorSet => {
  const found: number[] = [];
  for (const actor of actors) {
    const number = numbers.get(actor) ?? numbers.size;
    numbers.set(actor, number);
    found.push(number);
  }
  return Float64Array.from(found).sort();
};
