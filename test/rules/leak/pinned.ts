import type { Condition, EventFilter, Rule } from '../../../core/rules/schema.ts';
import { naiveHits } from '../run/naive.ts';
import { K, type Population } from './population.ts';

/**
 * What a rule contains or pins down of a population, found without the checker and without the engine: by looking at all
 * events and actors. Empty for a rule that may leave.
 */
export const pinned = (rule: Rule, population: Population): readonly string[] => {
  const found: string[] = [];
  const text = JSON.stringify(rule).toLowerCase();
  for (const token of population.tokens) if (text.includes(token)) found.push('pseudonym');
  if (/@example|203\.0|4012/.test(text)) found.push('identifier');
  for (const filter of allFilters(rule)) {
    const meeting = actorsWith(population, (event) => meets(event, filter));
    if (meeting.size < K) found.push('filter of few');
    if (!('column' in filter)) continue;
    if (filter.op === 'present') continue;
    if (!['action', 'country', 'c_plan', 'amount'].includes(filter.column)) found.push('identity column');
    const values = filter.op === 'in' ? filter.values : [filter.value];
    for (const value of values) {
      if (typeof value === 'string' && actorsWith(population, (event) => event[filter.column] === value).size < K) {
        found.push('rare value');
      }
      if (typeof value === 'number') {
        if (digits(value) > 2) found.push('exact number');
        const beyond = actorsWith(population, (event) => event[filter.column] !== null && !meets(event, filter));
        if (beyond.size < K) found.push('extreme of few');
      }
    }
  }
  const hits = hitBy(rule, population);
  if (hits.size < K) found.push('hits few');
  for (const condition of rule.when) {
    const alone = hitBy({ ...rule, when: [condition], exclusions: [] } as Rule, population);
    if ('feature' in condition ? featureFires(condition, population) < K : alone.size < K)
      found.push('condition of few');
    if ('value' in condition && digits(condition.value) > 2 && condition.kind !== 'percentile')
      found.push('exact threshold');
    if (condition.kind === 'firstSeen' && digits(Number(condition.lookback.slice(0, -1))) > 2) found.push('exact time');
  }
  if (rule.over === 'events' && rule.window.kind !== 'event' && rule.window.length === '1237s')
    found.push('exact time');
  for (const [i] of rule.exclusions.entries()) {
    const others = { ...rule, exclusions: rule.exclusions.filter((_: unknown, j: number) => j !== i) } as Rule;
    const kept = differ(hitBy(others, population), hits);
    if (kept > 0 && kept < K) found.push('exclusion of few');
  }
  return found;
};

/** Actors whom the naive reading of docs/rules.md hits. */
export const hitBy = (rule: Rule, { events, features }: Population): ReadonlySet<string> =>
  new Set(naiveHits([rule], events, features, '2026-01-01').map(({ group }) => group[0] ?? ''));

export const differ = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  [...a].filter((x) => !b.has(x)).length;

const featureFires = (condition: Condition, population: Population): number =>
  hitBy({ over: 'actors', id: 'r', when: [condition], exclusions: [], expires: null } as unknown as Rule, population)
    .size;

type Row = Population['events'][number];

const actorsWith = ({ events }: Population, is: (event: Row) => boolean): ReadonlySet<unknown> =>
  new Set(events.filter(is).map((event) => event['actor_id']));

const digits = (value: number): number =>
  value.toExponential().replace(/e.*/, '').replace(/[-.]/g, '').replace(/0+$/, '').length;

/** Everything in the rule that looks like a filter, wherever it is. */
const allFilters = (part: unknown): readonly EventFilter[] => {
  if (typeof part !== 'object' || part === null) return [];
  const isFilter = 'all' in part || 'any' in part || 'not' in part || ('column' in part && !('kind' in part));
  return [...(isFilter ? [part as EventFilter] : []), ...Object.values(part).flatMap(allFilters)];
};

const meets = (event: Row, filter: EventFilter): boolean => {
  if ('all' in filter) return filter.all.every((part) => meets(event, part));
  if ('any' in filter) return filter.any.some((part) => meets(event, part));
  if ('not' in filter) return !meets(event, filter.not);
  const value = event[filter.column] ?? null;
  if (value === null) return false;
  switch (filter.op) {
    case 'present':
      return true;
    case 'in':
      return typeof value === 'string' && filter.values.includes(value);
    case '=':
      return value === filter.value;
    case '<':
      return Number(value) < filter.value;
    case '<=':
      return Number(value) <= filter.value;
    case '>':
      return Number(value) > filter.value;
    case '>=':
      return Number(value) >= filter.value;
  }
};
