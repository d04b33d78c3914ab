import { meanPerEvent, ratio, shareIf } from './expressions.ts';
import type { Family, Feature } from './feature.ts';
import { reached } from './pairs.ts';
import { rarity } from './rarity.ts';
import { steps } from './steps.ts';

const ips = reached('ip');

const counted = (name: string, column: string, what: string): Feature => ({
  name,
  sentence: `How many different ${what} the actor came from.`,
  formula: `distinct ${column}`,
  unit: what,
  needs: [column],
  over: reached(column),
  sql: () => 'count(*)',
  worse: 'high',
  windowed: true,
});

const newShare = (name: string, column: string, what: string): Feature => ({
  name,
  sentence: `Share of events on the very day a new ${what} appeared, after the actor's first day.`,
  formula: `events on the first day of their (actor, ${column}), unless it is the actor's first day with one, / events with one`,
  unit: 'share',
  needs: [column, 'ts'],
  over: reached(column),
  sql: () => ratio('sum(CASE WHEN first_day > joined_day THEN first_day_n ELSE 0 END)', 'sum(n)'),
  worse: 'high',
});

const sharedMax = (name: string, column: string, what: string): Feature => ({
  name,
  sentence: `The most other actors seen on one ${what} of this actor.`,
  formula: `maximum over the actor's ${column} of (actors there − 1)`,
  unit: 'actors',
  needs: [column],
  over: reached(column),
  sql: () => 'max(actors - 1)',
  worse: 'high',
});

export const origin: Family = {
  name: 'origin',
  title: 'Origin: from where',
  features: [
    counted('ip_count', 'ip', 'addresses'),
    newShare('ip_new_share', 'ip', 'address'),
    {
      name: 'ip_switch_share',
      sentence: 'How often the address changes from one event to the next.',
      formula: 'steps between two known addresses that differ / steps between two known addresses',
      unit: 'share',
      needs: ['ip', 'ts'],
      over: steps,
      sql: () => shareIf('ip <> prev_ip', 'ip + prev_ip'),
      worse: 'high',
    },
    sharedMax('ip_shared_max', 'ip', 'address'),
    {
      name: 'ip_shared_mean',
      sentence: 'How many other actors are seen at the address of an average event.',
      formula: 'mean over events of (actors at the address − 1)',
      unit: 'actors',
      needs: ['ip'],
      over: ips,
      sql: () => ratio('sum(n * (actors - 1))', 'sum(n)'),
      worse: 'high',
    },
    {
      name: 'ip_others_failure_share',
      sentence: "How often others fail at the actor's addresses, as where many accounts are tried from one place.",
      formula: 'mean over events at addresses with outcomes of others of (their failures there / their outcomes there)',
      unit: 'share',
      needs: ['ip', 'outcome'],
      over: ips,
      sql: (dialect) => meanPerEvent(dialect, ratio('(all_failures - failures)', '(all_outcomes - outcomes)')),
      worse: 'high',
    },
    counted('device_count', 'device_id', 'devices'),
    newShare('device_new_share', 'device_id', 'device'),
    sharedMax('device_shared_max', 'device_id', 'device'),
    sharedMax('session_shared_max', 'session_id', 'session'),
    counted('agent_count', 'user_agent', 'clients'),
    rarity('agent_rarity', 'user_agent', 'clients'),
    counted('country_count', 'country', 'countries'),
    {
      name: 'country_hop_share',
      sentence: 'How often the country changes within an hour, faster than anyone travels.',
      formula: 'steps of at most 1 h between two known countries that differ / steps between two known countries',
      unit: 'share',
      needs: ['country', 'ts'],
      over: steps,
      sql: () => shareIf('country <> prev_country AND gap_us <= 3600000000', 'country + prev_country'),
      worse: 'high',
    },
    rarity('asn_rarity', 'asn', 'network operators'),
  ],
};
