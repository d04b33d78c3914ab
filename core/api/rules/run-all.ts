import {
  attributeHits,
  isOfOthers,
  presenceRule,
  ruleHitsOf,
  tallyOf,
  type RuleHits,
} from '../../rules/backtest/index.ts';
import { columnsOf, featuresOf } from '../../rules/export/columns.ts';
import { runActorRule } from '../../rules/run/actor-rules.ts';
import { createRuleEngine } from '../../rules/run/index.ts';
import type { EventRule, Hit, Rule, RuleFeatures } from '../../rules/schema.ts';
import { readRuleFeatures, type Readers } from '../../store/index.ts';
import type { Watch } from '../progress.ts';
import { storedEvents, type EventSource } from './event-source.ts';
import { vocabularyOf } from './vocabulary.ts';

/** Where rules are run, and on which day (`YYYY-MM-DD`), which counts for rules over actors. */
export type RunPlace = {
  readonly readers: Pick<Readers, 'read'>;
  /** Default: read from the case. */
  readonly events?: EventSource;
  readonly day: string;
};

export type RanRules = {
  /** Of each rule, in their order. */
  readonly hits: readonly RuleHits[];
  /** What the reader must know, as sentences. */
  readonly notes: readonly string[];
};

/**
 * Runs rules over a whole case in one pass, and a second one for rules that do not group by actor. Rules may have the same
 * id: drafts and what they replace run side by side. Single hits are counted, not kept, so memory is bounded by groups and
 * actors. Errors: `cancelled`, `memory`, `disk-full`.
 */
export const runAll = async (place: RunPlace, rules: readonly Rule[], watch: Watch = {}): Promise<RanRules> => {
  const own = rules.map((rule, i) => ({ ...rule, id: String(i) }));
  const notes = new Set<string>();
  const features = await featuresFor(place.readers, own, watch.signal);
  if (features === undefined && own.some((rule) => featuresOf(rule).length > 0)) {
    notes.add('The case keeps no features of actors: conditions on features hold for nobody.');
  }
  const found = new Map<string, RuleHits>();
  for (const rule of own) {
    if (rule.over !== 'actors') continue;
    found.set(rule.id, ruleHitsOf(rule, features === undefined ? [] : runActorRule(rule, features, place.day)));
  }
  const overEvents = own.filter((rule) => rule.over === 'events');
  const over = (some: readonly EventRule[], stage: string, onHit: (hit: Hit) => void): Promise<void> =>
    overEventsOf(place, some, features, { watch, stage, notes }, onHit);

  const tallies = new Map(overEvents.filter((rule) => !isOfOthers(rule)).map((rule) => [rule.id, tallyOf(rule)]));
  const others = new Map(overEvents.filter(isOfOthers).map(({ id }): [string, Hit[]] => [id, []]));
  await over(overEvents, 'Running the rules', (hit) => {
    tallies.get(hit.rule)?.add(hit);
    others.get(hit.rule)?.push(hit);
  });
  for (const [id, tally] of tallies) found.set(id, tally.done());

  const groups = overEvents.filter(isOfOthers);
  const parts = new Map(groups.map((rule) => [rule.id, attributeHits(rule, others.get(rule.id) ?? [])]));
  const hitting = groups.filter(({ id }) => (others.get(id) ?? []).length > 0);
  await over(hitting.map(presenceRule), 'Finding who was hit', (hit) => parts.get(hit.rule)?.seen(hit));
  for (const [id, part] of parts) found.set(id, part.done());

  return { hits: own.map(({ id }) => found.get(id) ?? NO_HITS), notes: [...notes] };
};

const NO_HITS: RuleHits = { hits: 0, byActor: new Map(), days: new Map() };

/** The actors of the latest ranking, and of its features those that rules name; undefined where there is none, or no rule asks. */
export const featuresFor = async (
  readers: Pick<Readers, 'read'>,
  rules: readonly Rule[],
  signal?: AbortSignal,
): Promise<RuleFeatures | undefined> => {
  const named = new Set(rules.flatMap(featuresOf));
  if (named.size === 0 && rules.every(({ over }) => over === 'events')) return undefined;
  const known = (await vocabularyOf(readers, signal)).features.map(({ name }) => name);
  const wanted = known.filter((name) => named.has(name));
  return readers.read((connection) => readRuleFeatures(connection, wanted), signal);
};

/** Tells every hit of rules over events, in the order of their moments. */
const overEventsOf = async (
  { readers, events = storedEvents(readers) }: RunPlace,
  rules: readonly EventRule[],
  features: RuleFeatures | undefined,
  { watch, stage, notes }: { readonly watch: Watch; readonly stage: string; readonly notes: Set<string> },
  onHit: (hit: Hit) => void,
): Promise<void> => {
  if (rules.length === 0) return;
  const engine = createRuleEngine(rules, { allowedLateness: 0, ...(features === undefined ? {} : { features }) });
  let done = 0;
  await events(
    rules.flatMap(columnsOf),
    (batch) => {
      for (const hit of engine.push(batch)) onHit(hit);
      done += batch.length;
      watch.onProgress?.({ stage, done, unit: 'events' });
    },
    watch.signal,
  );
  for (const hit of engine.flush()) onHit(hit);
  if (engine.counts.rules.some(({ unseen }) => unseen.refused > 0)) {
    notes.add('A rule had more groups and values to remember than fit: some of its hits may be missing or wrong.');
  }
};
