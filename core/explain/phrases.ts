/**
 * What an actor does whose feature is high or low, as a verb phrase: `{many}` becomes "40 times as many events as its peers" or
 * "57 addresses", `{much}` "40 times as much as its peers" or "812", `{value}` the value with its unit, `{plain}` without.
 */
export type Phrase = {
  /** Phrases of one topic say nearly the same: a sentence takes the first only. */
  readonly topic: string;
  readonly high: string;
  readonly low: string;
};

const of = (topic: string, high: string, low: string): Phrase => ({ topic, high, low });

const PHRASES: Readonly<Record<string, Phrase>> = {
  event_count: of('volume', 'causes {many}', 'causes only {value}'),
  active_days: of('days', 'is active on {value}', 'is active on only {value}'),
  events_per_active_day: of('volume', 'causes {many} on a day', 'causes only {value} on a day'),
  peak_hour_events: of('peak', 'causes {many} in its busiest hour', 'causes no more than {value} in its busiest hour'),
  gap_median_s: of('pace', 'typically pauses for {value}', 'typically pauses for only {value}'),
  gap_burstiness: of('rhythm', 'acts more in bursts than its peers', 'acts at more regular intervals than its peers'),
  gap_dispersion: of(
    'rhythm',
    'acts at less regular intervals than its peers',
    'acts at more regular intervals than its peers',
  ),
  gap_short_share: of(
    'pace',
    'waits less than two seconds in {value} of its pauses',
    'waits less than two seconds in only {value} of its pauses',
  ),
  gap_modal_share: of(
    'rhythm',
    'waits equally long, to the second, in {value} of its pauses',
    'waits equally long in only {value} of its pauses',
  ),
  hour_entropy: of(
    'hours',
    'spreads over more of the day than its peers',
    'keeps to fewer hours of the day than its peers',
  ),
  night_share: of('night', 'acts at night in {value} of its events', 'acts at night in only {value} of its events'),
  weekend_share: of(
    'weekend',
    'acts on weekends in {value} of its events',
    'acts on weekends in only {value} of its events',
  ),
  session_count: of('sessions', 'comes back for {many}', 'comes for only {value}'),
  session_minutes_mean: of('sessions', 'stays for {value} at a time', 'stays for only {value} at a time'),
  busiest_day_hours: of(
    'hours',
    'is active for {value} on its longest day',
    'is active for only {value} on its longest day',
  ),
  object_count: of('objects', 'touches {many}', 'touches only {value}'),
  object_ratio: of(
    'return',
    'touches something new in {value} of its events',
    'touches something new in only {value} of its events',
  ),
  object_entropy: of(
    'spread',
    'spreads over more objects than its peers',
    'concentrates on fewer objects than its peers',
  ),
  object_popularity: of(
    'popularity',
    'touches more popular objects than its peers',
    'touches less popular objects than its peers',
  ),
  object_solo_share: of(
    'solo',
    'touches what nobody else does in {value} of its objects',
    'touches what nobody else does in only {value} of its objects',
  ),
  object_return_share: of(
    'return',
    'comes back to {value} of its objects on another day',
    'comes back to only {value} of its objects on another day',
  ),
  failure_share: of('failure', 'fails in {value} of its attempts', 'fails in only {value} of its attempts'),
  failure_streak: of('failure', 'fails {plain} times in a row', 'fails no more than {plain} times in a row'),
  recovery_share: of(
    'recovery',
    'succeeds right after a failure in {value} of the cases',
    'succeeds right after a failure in only {value} of the cases',
  ),
  amount_sum: of('amount', 'moves {much} in all', 'moves only {value} in all'),
  amount_median: of('amount', 'typically moves {much} at a time', 'typically moves only {value} at a time'),
  amount_max: of('amount', 'moves up to {much} at once', 'moves no more than {value} at once'),
  amount_dispersion: of(
    'amounts',
    'moves amounts that vary more than those of its peers',
    'moves amounts that vary less than those of its peers',
  ),
  amount_round_share: of(
    'round',
    'moves round amounts in {value} of the cases',
    'moves round amounts in only {value} of the cases',
  ),
  amount_repeat_share: of(
    'amounts',
    'repeats an amount to the last digit in {value} of the cases',
    'repeats an amount in only {value} of the cases',
  ),
  ip_count: of('address', 'comes from {many}', 'comes from only {value}'),
  ip_new_share: of(
    'address',
    'acts on the first day of a new address in {value} of its events',
    'acts on the first day of a new address in only {value} of its events',
  ),
  ip_switch_share: of(
    'switch',
    'changes its address in {value} of its steps',
    'changes its address in only {value} of its steps',
  ),
  ip_shared_max: of('shared', 'shares an address with {many}', 'shares its addresses with only {value}'),
  ip_shared_mean: of(
    'shared',
    'acts from addresses shared with {many}',
    'acts from addresses shared with only {value}',
  ),
  ip_others_failure_share: of(
    'neighbours',
    'acts from addresses where others fail in {value} of their attempts',
    'acts from addresses where others fail in only {value} of their attempts',
  ),
  device_count: of('device', 'uses {many}', 'uses only {value}'),
  device_new_share: of(
    'device',
    'acts on the first day of a new device in {value} of its events',
    'acts on the first day of a new device in only {value} of its events',
  ),
  device_shared_max: of('shared', 'shares a device with {many}', 'shares its devices with only {value}'),
  session_shared_max: of('shared', 'shares a session with {many}', 'shares its sessions with only {value}'),
  agent_count: of('client', 'uses {many}', 'uses only {value}'),
  agent_rarity: of('client', 'uses rarer clients than its peers', 'uses more common clients than its peers'),
  country_count: of('country', 'comes from {many}', 'comes from only {value}'),
  country_hop_share: of(
    'country',
    'changes country within an hour in {value} of its steps',
    'changes country within an hour in only {value} of its steps',
  ),
  asn_rarity: of(
    'network',
    'comes from rarer networks than its peers',
    'comes from more common networks than its peers',
  ),
  received_events: of('received', 'receives {many}', 'receives only {value}'),
  sender_count: of('received', 'is acted on by {many}', 'is acted on by only {value}'),
  received_share: of(
    'direction',
    'receives rather than acts in {value} of its events',
    'receives rather than acts in only {value} of its events',
  ),
  reciprocity_share: of(
    'return',
    'acts in turn on {value} of those who act on it',
    'acts in turn on only {value} of those who act on it',
  ),
  fan_in_day: of('received', 'is acted on by {many} within a day', 'is acted on by only {value} within a day'),
  amount_received: of('income', 'receives {much}', 'receives only {value}'),
  amount_in_share: of(
    'direction',
    'takes in {value} of the amounts it moves',
    'takes in only {value} of the amounts it moves',
  ),
  pass_through_share: of(
    'direction',
    'passes on {value} of what comes in within a day',
    'passes on only {value} of what comes in within a day',
  ),
  text_length_mean: of('text', 'writes texts of {value}', 'writes texts of only {value}'),
  text_links_mean: of('links', 'puts {value} into a text', 'puts only {value} into a text'),
  text_digits_mean: of('digits', 'writes texts with {value} digits', 'writes texts with fewer digits than its peers'),
  text_entropy_mean: of(
    'text',
    'writes texts of more varied characters than its peers',
    'writes texts of less varied characters than its peers',
  ),
  text_repeat_share: of(
    'copies',
    'sends texts it already sent in {value} of the cases',
    'sends texts it already sent in only {value} of the cases',
  ),
  text_copied_share: of(
    'copies',
    'sends texts that others send as well in {value} of the cases',
    'sends texts that others send as well in only {value} of the cases',
  ),
  action_count: of('actions', 'takes {many}', 'takes only {value}'),
  action_entropy: of('actions', 'takes more varied actions than its peers', 'takes less varied actions than its peers'),
  action_top_share: of(
    'actions',
    'does one and the same thing in {value} of its events',
    'does its most common thing in only {value} of its events',
  ),
  bigram_entropy: of('steps', 'takes more varied steps than its peers', 'repeats the same steps more than its peers'),
  bigram_top_share: of(
    'steps',
    'repeats one step in {value} of its moves',
    'repeats its most common step in only {value} of its moves',
  ),
  action_surprise: of(
    'surprise',
    'does things in a less expected order than its peers',
    'does things in a more expected order than its peers',
  ),
};

/** The phrase of a feature; for one that the catalogue does not know, made from its label. */
export const phraseOf = (name: string, label: string): Phrase => {
  const known = Object.hasOwn(PHRASES, name) ? PHRASES[name] : undefined;
  if (known !== undefined) return known;
  if (name.startsWith('action_share_')) {
    const action = label.replace(/^share of /u, '');
    return of(name, `spends {value} of its events on ${action}`, `spends only {value} of its events on ${action}`);
  }
  const own = /^c_(.+)_(count|rarity)$/u.exec(name);
  if (own !== null) {
    const what = (own[1] ?? '').replaceAll('_', ' ');
    return own[2] === 'count'
      ? of(name, `has {plain} kinds of ${what}`, `has only {plain} kinds of ${what}`)
      : of(name, `has a ${what} that hardly anybody else has`, `has the ${what} that most others have`);
  }
  const varied = /^b_(.+)_ratio$/u.exec(name)?.[1]?.replaceAll('_', ' ');
  if (varied !== undefined)
    return of(
      name,
      `has a different ${varied} in {value} of its events`,
      `has a different ${varied} in only {value} of its events`,
    );
  return of(name, `has an unusually high ${label} of {value}`, `has an unusually low ${label} of {value}`);
};
