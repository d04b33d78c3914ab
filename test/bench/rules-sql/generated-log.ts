import type { Random } from '../../../core/random/index.ts';
import type { EventBatch, RuleFeatures } from '../../../core/rules/schema.ts';

export type SqlType = 'VARCHAR' | 'DOUBLE' | 'BIGINT';
/** Events and features of actors, as the engine takes them; `types` name the columns in order. */
export type Log = {
  readonly name: string;
  readonly types: readonly (readonly [column: string, type: SqlType])[];
  readonly events: EventBatch;
  readonly features: RuleFeatures;
};

const DAYS = 30;
const DAY = 86_400_000_000;
/** 2023-10-20 UTC. */
const START = 1_697_760_000_000_000;
const ACTIONS = ['login', 'login', 'view', 'view', 'view', 'view', 'follow', 'message', 'purchase', 'delete'] as const;
const COUNTRIES = ['DE', 'FR', 'US', 'BR', 'IN', 'JP', 'NG', 'GB'] as const;

/** A month of a platform: actors of very different diligence, bursts across hours, equal timestamps, missing values. */
export const generatedLog = (rows: number, random: Random): Log => {
  const actors = Math.max(20, Math.floor(rows / 50));
  const column = (): (string | null)[] => Array.from({ length: rows }, () => null);
  const texts = { actor_id: column(), action: column(), object_id: column(), ip: column(), country: column() };
  const outcome = column();
  const amount = new Float64Array(rows).fill(Number.NaN);
  const card = new Float64Array(rows).fill(Number.NaN);
  const ts = new Float64Array(rows);
  const often = (share: number): boolean => random.float() < share;
  // Squared, so that few actors do much and many do little.
  const some = (n: number): number => Math.floor(random.float() ** 2 * n);
  let actor = 0;
  let at = START;
  let burst = 0;
  let home = 0;
  for (let i = 0; i < rows; i++) {
    if (burst > 0) {
      burst--;
      at += often(0.2) ? 0 : random.int(20_000_000);
    } else {
      actor = some(actors);
      home = actor % 8;
      at = START + Math.floor(random.float() * DAYS * DAY);
      // Some bursts begin just before an hour, and some on whole minutes.
      if (often(0.1)) at += 3_600_000_000 - (at % 3_600_000_000) - 2_000_000;
      if (often(0.05)) at -= at % 60_000_000;
      burst = often(0.1) ? random.int(60) : random.int(4);
    }
    const action = ACTIONS[random.int(ACTIONS.length)] ?? 'view';
    ts[i] = often(0.002) ? Number.NaN : at;
    if (!often(0.003)) texts.actor_id[i] = `actor ${actor}`;
    if (!often(0.01)) texts.action[i] = action;
    if (!often(0.1)) texts.object_id[i] = `object ${some(rows / 20)}`;
    if (!often(0.05)) texts.ip[i] = `10.${home}.${actor % 250}.${often(0.1) ? random.int(250) : 1}`;
    if (!often(0.05)) texts.country[i] = COUNTRIES[often(0.03) ? random.int(8) : home] ?? null;
    if (!often(0.2)) outcome[i] = action === 'login' && often(0.4) ? 'failure' : 'success';
    if (action === 'purchase') amount[i] = Math.round(random.float() ** 4 * 1e6) / 100 - (often(0.05) ? 500 : 0);
    if (action === 'purchase') card[i] = random.int(64);
  }
  const of = (value: () => number): Float64Array =>
    Float64Array.from({ length: actors }, () => (often(0.05) ? Number.NaN : value()));
  return {
    name: 'generated',
    types: [
      ['actor_id', 'VARCHAR'],
      ['action', 'VARCHAR'],
      ['object_id', 'VARCHAR'],
      ['ip', 'VARCHAR'],
      ['country', 'VARCHAR'],
      ['outcome', 'VARCHAR'],
      ['amount', 'DOUBLE'],
      ['b_card', 'BIGINT'],
    ],
    events: {
      length: rows,
      ts,
      columns: new Map<string, (string | null)[] | Float64Array>([
        ...Object.entries(texts),
        ['outcome', outcome],
        ['amount', amount],
        ['b_card', card],
      ]),
    },
    features: {
      actors: Array.from({ length: actors }, (_, k) => `actor ${k}`),
      columns: new Map([
        ['events_per_day', of(() => Math.round(random.float() ** 3 * 100) / 4)],
        ['night_share', of(() => random.int(21) / 20)],
      ]),
    },
  };
};
