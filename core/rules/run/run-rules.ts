import { NightjarError } from '../../api/errors.ts';
import { makePace, type Watch } from '../../api/progress.ts';
import type { EventBatch, Hit, Rule, RuleFeatures } from '../schema.ts';
import { runActorRule } from './actor-rules.ts';
import { createRuleEngine, type RunCounts } from './engine.ts';
import { compareGroups } from './compare-groups.ts';

export type RunRulesOptions = {
  readonly features?: RuleFeatures;
  /** `YYYY-MM-DD`: the day on which rules over actors are run. */
  readonly day: string;
  readonly watch?: Watch;
  /** The batches come in the order of their times: nothing needs to be held back. */
  readonly isSorted?: boolean;
};

/** A whole log may need more than a stream: 2^28 groups, values and moments. */
const MOST_REMEMBERED = 2 ** 28;

/**
 * The hits of rules over a whole log, sorted by rule, moment and group, and what became of its events: what the engine says
 * when no event is late. Rules over actors are held against the features. Errors: `input` where batches that are said to be
 * sorted are not, `memory` where windows hold more than can be remembered, `cancelled`.
 */
export const runRules = async (
  rules: readonly Rule[],
  batches: AsyncIterable<EventBatch> | Iterable<EventBatch>,
  options: RunRulesOptions,
): Promise<{ readonly hits: readonly Hit[]; readonly counts: RunCounts }> => {
  const { features, day, watch = {}, isSorted = areSorted(batches) } = options;
  const engine = createRuleEngine(rules, {
    allowedLateness: isSorted ? 0 : Infinity,
    maxHeld: Infinity,
    maxRemembered: MOST_REMEMBERED,
    ...(features === undefined ? {} : { features }),
  });
  const pace = makePace(watch);
  const hits: Hit[] = [];
  const keep = (found: readonly Hit[]): void => {
    for (const { rule, group, at } of found) hits.push({ rule, group, at });
  };
  for await (const batch of batches) {
    for (let from = 0; from < batch.length; from += SLICE_ROWS) {
      keep(engine.push(slice(batch, from)));
      await pace();
    }
    watch.onProgress?.({ stage: 'rules', done: engine.counts.events, unit: 'events' });
  }
  keep(engine.flush());
  for (const rule of rules) {
    if (rule.over === 'actors' && features !== undefined) keep(runActorRule(rule, features, day));
  }
  const { counts } = engine;
  refuseUnsorted(counts);
  refuseForgotten(counts);
  hits.sort(inOrder);
  return { hits, counts: { ...counts, hits: hits.length } };
};

/** So few rows that a cancel is heard soon. */
const SLICE_ROWS = 16_384;

const slice = (batch: EventBatch, from: number): EventBatch => {
  if (batch.length <= SLICE_ROWS) return batch;
  const to = Math.min(batch.length, from + SLICE_ROWS);
  return {
    length: to - from,
    ts: batch.ts.subarray(from, to),
    columns: new Map(
      [...batch.columns].map(([name, values]) => [
        name,
        values instanceof Float64Array ? values.subarray(from, to) : values.slice(from, to),
      ]),
    ),
  };
};

/** Whether batches that are all there stand in the order of their times; those still to come are taken not to. */
const areSorted = (batches: AsyncIterable<EventBatch> | Iterable<EventBatch>): boolean => {
  if (!isList(batches)) return false;
  let last = -Infinity;
  for (const { ts, length } of batches) {
    for (let row = 0; row < length; row++) {
      const at = ts[row]!; // hot: once per event
      if (at < last) return false;
      if (!Number.isNaN(at)) last = at;
    }
  }
  return true;
};

const isList = (batches: AsyncIterable<EventBatch> | Iterable<EventBatch>): batches is readonly EventBatch[] =>
  Array.isArray(batches);

const refuseUnsorted = ({ late }: RunCounts): void => {
  if (late === 0) return;
  throw new NightjarError('internal', 'Events that should be in the order of their times are not.');
};

const refuseForgotten = ({ rules }: RunCounts): void => {
  const full = rules.filter(({ unseen }) => unseen.refused > 0).map(({ rule }) => rule);
  if (full.length === 0) return;
  throw new NightjarError('memory', 'The windows of these rules hold more than can be remembered.', {
    where: full.join(', '),
    next: 'Shorten their windows, or narrow them by `over events where`.',
  });
};

const inOrder = (a: Hit, b: Hit): number => {
  if (a.rule !== b.rule) return a.rule < b.rule ? -1 : 1;
  const byTime = (a.at ?? -Infinity) - (b.at ?? -Infinity);
  return byTime > 0 || byTime < 0 ? byTime : compareGroups(a.group, b.group);
};
