import type { Random } from '../../../core/random/index.ts';
import { gridRound } from '../../../core/rules/leak/grid.ts';
import type { Comparison, Condition, EventFilter, FeatureCondition, Rule } from '../../../core/rules/schema.ts';
import { COMMON_ACTIONS, type Population } from './population.ts';

/** A rule around what is common and what is planted, as somebody who looks at the case could write it. */
export const randomRule = (population: Population, random: Random, place: number): Rule => {
  const pick = <T>(values: readonly T[]): T => values[random.int(values.length)] as T;
  const chance = (n: number): boolean => random.int(n) === 0;
  const anyActor = (): string => pick(population.actors);

  /** A value of the data or a threshold near it, on the grid or not. */
  const near = (value: number): number => {
    const way = random.int(8);
    if (way === 0) return value;
    return gridRound(way < 3 ? value : value * (0.3 + random.float()), pick(['down', 'up', 'nearest'] as const));
  };
  const op = (): Comparison => pick(['>=', '>=', '>', '<=', '<', '='] as const);

  const leaf = (): EventFilter => {
    const event = pick(population.events);
    const value = (column: string): string => String(event[column] ?? 'like');
    switch (random.int(10)) {
      case 0:
        return { column: 'amount', op: pick(['>=', '<', '>'] as const), value: near(Number(event['amount'])) };
      case 1:
        return { column: 'country', op: 'in', values: [chance(3) ? 'ZZ' : value('country'), pick(['DE', 'FR', 'SE'])] };
      case 2:
        return { column: 'c_plan', op: 'present' };
      case 3:
        return { column: 'c_plan', op: '=', value: value('c_plan') };
      case 4:
        return chance(4)
          ? { column: pick(['ip', 'object_id']), op: '=', value: value('ip') }
          : { column: 'ip', op: 'present' };
      case 5:
        return { column: 'action', op: 'in', values: [chance(3) ? 'rare_1' : value('action'), pick(COMMON_ACTIONS)] };
      default:
        return { column: 'action', op: '=', value: value('action') };
    }
  };
  const filter = (depth = 0): EventFilter => {
    const way = random.int(10);
    if (depth > 1 || way < 7) return leaf();
    if (way === 7) return { not: filter(depth + 1) };
    const parts = [filter(depth + 1), filter(depth + 1)];
    return way === 8 ? { all: parts } : { any: parts };
  };
  const where = (): EventFilter | null => (chance(2) ? null : filter());

  const ofActor = (): FeatureCondition => {
    const feature = pick(['event_count', 'night_share', 'amount_max']);
    const values = population.features.columns.get(feature) ?? new Float64Array(1);
    const value = values[chance(3) ? random.int(3) : random.int(values.length)] ?? 0;
    if (chance(3)) return { kind: 'percentile', feature, op: op(), value: pick([1, 10, 50, 80, 90, 95, 99, 99.5]) };
    const threshold = Number.isNaN(value) ? 0.5 : near(value);
    return { kind: 'feature', feature, op: op(), value: threshold, unit: chance(40) ? anyActor() : '' };
  };
  const count = (): number => pick([1, 1, 2, 2, 3, 4, 5, 8, 12, 33]);
  const ofEvents = (): Condition => {
    switch (random.int(8)) {
      case 0:
        return ofActor();
      case 1:
        return { kind: 'distinct', column: pick(['object_id', 'action']), where: where(), op: op(), value: count() };
      case 2:
        return { kind: 'sum', column: 'amount', where: where(), decimals: 2, unit: 'EUR', op: op(), value: near(300) };
      case 3:
        return { kind: 'ratio', of: filter(), among: where(), op: op(), value: pick([0.1, 0.25, 0.5, 0.9, 0.333]) };
      case 4:
        return { kind: 'sequence', steps: [filter(), filter()] };
      case 5:
        return {
          kind: 'firstSeen',
          column: 'ip',
          lookback: pick(['1d', '30d', '86317s']),
          where: null,
          op: '>=',
          value: 1,
        };
      default:
        return { kind: 'count', where: where(), op: op(), value: count() };
    }
  };

  const text = (usual: string): string => {
    if (!chance(25)) return usual;
    return pick([
      `like ${anyActor()}`,
      `x${anyActor()}y`,
      'ana@example.org',
      'from 203.0.113.7',
      'card 4012 8888 8888 1881',
    ]);
  };
  const exclusion = { owner: text('abuse desk'), reason: text('known'), ends: '2199-01-01' };
  const common = {
    id: chance(30) ? `rule_${place}_${anyActor().toLowerCase()}` : `rule_${place}`,
    title: text('A rule'),
    intent: text(''),
    author: '',
    severity: 'low',
    effect: { kind: 'review' },
    expires: null,
    falsePositives: [],
  } as const;
  const conditions = <T>(make: () => T): readonly T[] => Array.from({ length: 1 + random.int(2) }, make);
  if (chance(3)) {
    const exclusions = chance(4) ? [{ when: [ofActor()], ...exclusion }] : [];
    return { ...common, over: 'actors', when: conditions(ofActor), exclusions };
  }
  const length = pick(['10m', '1h', '1d', '1d', '366d', '1237s']);
  return {
    ...common,
    over: 'events',
    groupBy: chance(5) ? ['actor_id', 'country'] : ['actor_id'],
    where: where(),
    window: chance(4) ? { kind: 'tumbling', length } : { kind: 'sliding', length },
    when: conditions(ofEvents),
    exclusions: chance(4) ? [{ where: filter(), ...exclusion }] : [],
  };
};
