import { seededRandom, type Random } from '../../../core/random/index.ts';
import type { EvidenceSource } from '../../../core/rules/leak/index.ts';
import { runRules } from '../../../core/rules/run/run-rules.ts';
import type { EventBatch, RuleFeatures } from '../../../core/rules/schema.ts';
import type { Event } from '../run/naive.ts';

/** A made-up case: mostly ordinary actors, some with values, amounts and extremes that nobody else has. */
export type Population = {
  readonly actors: readonly string[];
  readonly tokens: ReadonlySet<string>;
  readonly events: readonly Event[];
  readonly features: RuleFeatures;
};

export const K = 10;
const DAY_US = 86_400_000_000;

export const makePopulation = (seed: number): Population => {
  const random = seededRandom(seed);
  const actors = Array.from({ length: 70 + random.int(40) }, () => token(random));
  const objects = Array.from({ length: 30 }, () => token(random));
  const addresses = Array.from({ length: 30 }, () => token(random));
  const events = actors.flatMap((actor, i) => {
    const rare = i < 9 ? `rare_${random.int(3)}` : undefined; // up to nine actors share a rare value: fewer than k
    const start = random.int(5) * DAY_US;
    return Array.from({ length: 3 + random.int(6) + (i % 17 === 0 ? 30 : 0) }, (): Event => {
      const isRare = rare !== undefined && random.int(2) === 0;
      return {
        ts: start + random.int(7200) * 1e6,
        actor_id: actor,
        action: isRare ? rare : (COMMON_ACTIONS[random.int(COMMON_ACTIONS.length)] ?? null),
        object_id: objects[random.int(objects.length)] ?? null,
        ip: addresses[i % addresses.length] ?? null,
        country: i === 3 ? 'ZZ' : (['DE', 'FR', 'SE'][random.int(3)] ?? null),
        c_plan: i === 4 && isRare ? 'gold_of_one' : random.int(5) === 0 ? null : 'basic',
        amount: i < 3 ? 9000 + i * 137.31 : Math.round(random.float() * 30_000) / 100,
      };
    });
  });
  const column = (extremes: readonly number[], draw: () => number): Float64Array =>
    Float64Array.from(actors, (_, i) => extremes[i] ?? (random.int(12) === 0 ? Number.NaN : draw()));
  const features: RuleFeatures = {
    actors,
    columns: new Map([
      ['event_count', column([4711, 3], () => 5 + random.int(60))],
      ['night_share', column([0.987654, 0.001234], () => 0.2 + random.float() / 2)],
      ['amount_max', column([98_765.43, 71_234.5], () => random.float() * 1000)],
    ]),
  };
  return {
    actors,
    tokens: new Set([...actors, ...objects, ...addresses].map((each) => each.toLowerCase())),
    events,
    features,
  };
};

export const COMMON_ACTIONS = ['like', 'follow', 'login', 'post'];

/** What the engine of the project finds in a population, as evidence. */
export const sourceOf = ({ actors, tokens, events, features }: Population): EvidenceSource => {
  const numbers = new Map(actors.map((actor, i) => [actor, i]));
  const batch = batchOf(events);
  return {
    k: K,
    isPseudonym: (word) => tokens.has(word.toLowerCase()),
    hitActors: async (rules) => {
      const found = new Map(rules.map(({ id }) => [id, new Set<number>()]));
      const { hits } = await runRules(rules, [batch], { features, day: '2026-01-01' });
      for (const { rule, group } of hits) {
        // Every rule of these tests groups by the actor first.
        const actor = numbers.get(group[0] ?? '');
        if (actor !== undefined) found.get(rule)?.add(actor);
      }
      return new Map([...found].map(([rule, hit]) => [rule, [...hit].sort((a, b) => a - b)]));
    },
  };
};

export const batchOf = (events: readonly Event[]): EventBatch => {
  const text = (name: string) => events.map((event) => event[name]).map((x) => (typeof x === 'string' ? x : null));
  const names = ['actor_id', 'action', 'object_id', 'ip', 'country', 'c_plan'];
  return {
    length: events.length,
    ts: Float64Array.from(events, ({ ts }) => ts ?? Number.NaN),
    columns: new Map<string, readonly (string | null)[] | Float64Array>([
      ...names.map((name) => [name, text(name)] as const),
      ['amount', Float64Array.from(events, ({ amount }) => (typeof amount === 'number' ? amount : Number.NaN))],
    ]),
  };
};

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const token = (random: Random): string =>
  Array.from({ length: 12 }, (_, i) => `${LETTERS}0123456789`[random.int(i === 0 ? 52 : 62)]).join('');
