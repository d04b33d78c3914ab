import { columnsOf } from '../../rules/export/columns.ts';
import { runActorRule } from '../../rules/run/actor-rules.ts';
import { createRuleEngine } from '../../rules/run/index.ts';
import type { Hit, Rule } from '../../rules/schema.ts';
import { NightjarError } from '../errors.ts';
import { storedEvents } from './event-source.ts';
import { featuresFor, type RunPlace } from './run-all.ts';

/** Hits that can be listed: about 100 MB. */
const MOST_HITS = 1_000_000;

/** Every hit of some rules, by rule, time and group. Errors: `cancelled`, `usage` where there are more than a million. */
export const listHits = async (
  { readers, events = storedEvents(readers), day }: RunPlace,
  rules: readonly Rule[],
  signal?: AbortSignal,
): Promise<readonly Hit[]> => {
  const features = await featuresFor(readers, rules, signal);
  const hits: Hit[] = [];
  const take = (more: readonly Hit[]): void => {
    if (hits.length + more.length > MOST_HITS) throw tooMany();
    for (const { rule, group, at } of more) hits.push({ rule, group, at });
  };
  for (const rule of rules) {
    if (rule.over === 'actors' && features !== undefined) take(runActorRule(rule, features, day));
  }
  const over = rules.filter((rule) => rule.over === 'events');
  if (over.length > 0) {
    const engine = createRuleEngine(over, { allowedLateness: 0, ...(features === undefined ? {} : { features }) });
    await events(over.flatMap(columnsOf), (batch) => take(engine.push(batch)), signal);
    take(engine.flush());
  }
  return hits.sort(inOrder);
};

const inOrder = (a: Hit, b: Hit): number => {
  if (a.rule !== b.rule) return a.rule < b.rule ? -1 : 1;
  if (a.at !== b.at) return (a.at ?? 0) - (b.at ?? 0);
  const place = a.group.findIndex((value, i) => value !== b.group[i]);
  return place < 0 ? 0 : (a.group[place] ?? '') < (b.group[place] ?? '') ? -1 : 1;
};

const tooMany = (): NightjarError =>
  new NightjarError('usage', 'The rules hit more than a million times: too often to list.', {
    next: 'Narrow them, or run a backtest, which counts without listing.',
  });
