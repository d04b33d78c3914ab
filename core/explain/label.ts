/** Labels that no rule gives; the sentences of the dictionary say the same at length. */
const LABELS: Readonly<Record<string, string>> = {
  event_count: 'events',
  active_days: 'active days',
  events_per_active_day: 'events per active day',
  peak_hour_events: 'events in the busiest hour',
  gap_median_s: 'typical pause',
  gap_burstiness: 'burstiness',
  gap_dispersion: 'variation of pauses',
  gap_short_share: 'pauses under 2 s',
  gap_modal_share: 'equal pauses',
  hour_entropy: 'spread over the day',
  night_share: 'events at night',
  weekend_share: 'events on weekends',
  session_count: 'sittings',
  session_minutes_mean: 'length of a sitting',
  busiest_day_hours: 'hours on the longest day',
  object_count: 'objects',
  object_ratio: 'new objects per event',
  object_entropy: 'spread over objects',
  object_popularity: 'popularity of objects',
  object_solo_share: 'objects nobody else touched',
  object_return_share: 'objects returned to',
  failure_share: 'failed attempts',
  failure_streak: 'failures in a row',
  recovery_share: 'success after failure',
  amount_sum: 'amount moved',
  amount_median: 'typical amount',
  amount_max: 'largest amount',
  amount_dispersion: 'variation of amounts',
  amount_round_share: 'round amounts',
  amount_repeat_share: 'repeated amounts',
  ip_count: 'addresses',
  ip_new_share: 'events from new addresses',
  ip_switch_share: 'changes of address',
  ip_shared_max: 'most actors on one address',
  ip_shared_mean: 'actors on the same addresses',
  ip_others_failure_share: 'failures of others there',
  device_count: 'devices',
  device_new_share: 'events from new devices',
  device_shared_max: 'most actors on one device',
  session_shared_max: 'most actors in one session',
  agent_count: 'clients',
  agent_rarity: 'rarity of the client',
  country_count: 'countries',
  country_hop_share: 'changes of country within an hour',
  asn_rarity: 'rarity of the network',
  received_events: 'events received',
  sender_count: 'senders',
  received_share: 'receiving rather than acting',
  reciprocity_share: 'senders acted on in turn',
  fan_in_day: 'most senders in a day',
  amount_received: 'amount received',
  amount_in_share: 'share coming in',
  pass_through_share: 'passed on within a day',
  text_length_mean: 'length of texts',
  text_links_mean: 'links per text',
  text_digits_mean: 'digits in texts',
  text_entropy_mean: 'variety of characters',
  text_repeat_share: 'repeated texts',
  text_copied_share: 'texts others sent as well',
  action_count: 'kinds of action',
  action_entropy: 'variety of actions',
  action_top_share: 'most common action',
  bigram_entropy: 'variety of steps',
  bigram_top_share: 'most common step',
  action_surprise: 'unexpected steps',
};

/** Longest label of a feature that the log itself names. */
const MOST = 40;

/** A few words for a feature, fit for a chip or an axis: its own where it has some, else made from its name. */
export const featureLabel = (name: string): string => {
  const known = Object.hasOwn(LABELS, name) ? LABELS[name] : undefined;
  if (known !== undefined) return known;
  const action = /^action_share_(.+)$/u.exec(name)?.[1];
  if (action !== undefined) return `share of ${words(action)}`;
  const varied = /^b_(.+)_ratio$/u.exec(name)?.[1];
  if (varied !== undefined) return `different ${words(varied)} per event`;
  const own = /^([mc])_(.+)_(median|max|spread|count|rarity)$/u.exec(name);
  if (own === null) return words(name);
  const what = words(own[2] ?? '');
  switch (own[3]) {
    case 'median':
      return `typical ${what}`;
    case 'max':
      return `largest ${what}`;
    case 'spread':
      return `variation of ${what}`;
    case 'count':
      return `kinds of ${what}`;
    default:
      return `rarity of ${what}`;
  }
};

const words = (name: string): string => {
  const text = name.replaceAll('_', ' ').trim();
  return text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text;
};
