import { parseRules } from '../../../core/rules/text/parse-rules.ts';
import type { Rule } from '../../../core/rules/schema.ts';

/** Rules of every kind of condition, over every kind of window, for the generated log. */
export const fortyRules = (): readonly Rule[] => {
  const text = LINES.replaceAll(/^(rule \w+ "[^"]*")/gm, '$1 severity low effect review');
  const { rules, diagnostics } = parseRules(text);
  if (rules === null)
    throw new Error(diagnostics.map(({ message, from }) => `${message} ${text.slice(from, from + 60)}`).join('\n'));
  return rules;
};

const LINES = String.raw`
rule c01 "Failed logins" for each actor_id over events where action = "login" and outcome = "failure" in any 10 minutes when count() >= 5
rule c02 "Many events" for each actor_id in any 1 minute when count() >= 20
rule c03 "Many events in the hour" for each actor_id in each 1 hour when count() > 40
rule c04 "Many from an address" for each ip in any 30 seconds when count() >= 10
rule c05 "Few events a day" for each actor_id, country in each 1 day when count() <= 1 and count(where action = "delete") = 1
rule c06 "Several at once" for each actor_id when count() >= 4
rule c07 "Failures in a day" for each actor_id in any 1 day when count(where outcome = "failure") >= 3 and count(where outcome = "success") < 4
rule c08 "Not from home" for each actor_id over events where country != "DE" and not (action = "view" or outcome = "success") in any 1 hour when count() >= 4
rule d01 "Many objects" for each actor_id in any 10 minutes when distinct(object_id) >= 40
rule d02 "Many objects in an hour" for each actor_id in each 1 hour when distinct(object_id where action in ("view", "message")) >= 15
rule d03 "Many actors on an address" for each ip in any 1 day when distinct(actor_id) >= 40
rule d04 "Countries" for each actor_id in any 7 days when distinct(country) >= 7
rule d05 "At one time" for each actor_id when distinct(object_id) >= 3
rule d06 "Cards" for each actor_id in any 1 hour when distinct(b_card) >= 2 and distinct(ip) <= 1
rule d07 "No object" for each ip in any 5 minutes when distinct(object_id) = 0 and count() >= 2
rule d08 "Actors of a card" for each b_card in any 30 seconds when distinct(actor_id) >= 2
rule s01 "Much money" for each actor_id in any 1 day when sum(amount) >= 20000 "EUR" to 2 decimals
rule s02 "Money in the hour" for each actor_id in each 1 hour when sum(amount) > 9000.5 "EUR" to 2 decimals
rule s03 "Refunds" for each actor_id in any 2 hours when sum(amount where amount < 0) <= -600 "EUR" to 2 decimals
rule s04 "Even" for each actor_id when sum(amount) = 0 "EUR" to 0 decimals and count() >= 3
rule s05 "Money of a country" for each country in any 1 minute when sum(amount where outcome = "success") >= 10000 "EUR" to 3 decimals
rule r01 "Mostly failures" for each actor_id in any 1 hour when share(where outcome = "failure") >= 0.5 and count() >= 6
rule r02 "Logins that fail" for each actor_id in each 1 day when share(where outcome = "failure" among action = "login") > 0.8 and count(where action = "login") >= 4
rule r03 "Addresses that fail" for each ip in any 10 minutes when share(where outcome = "failure" among action = "login") >= 0.75 and count() >= 8
rule r04 "A third" for each actor_id in any 15 minutes when share(where action = "purchase") = 0.5 and count() >= 4
rule q01 "Fail then in" for each actor_id in any 10 minutes when sequence(action = "login" and outcome = "failure" then action = "login" and outcome = "success" then action = "purchase")
rule q02 "In then delete" for each actor_id in each 1 hour when sequence(action = "login" then action = "delete" then action = "delete")
rule q03 "Ping pong" for each actor_id in any 5 minutes when sequence(country = "DE" then country is present and country != "DE" then country = "DE")
rule q04 "Long chain" for each actor_id in any 1 hour when sequence(action = "login" then action = "follow" then action = "message" then action = "purchase" then action = "delete")
rule q05 "Two chains" for each ip in any 20 minutes when sequence(action = "login" then action = "purchase") and sequence(action = "follow" then action = "message" then action = "purchase")
rule f01 "New address" for each actor_id in any 1 hour when first_seen(ip in 30 days) >= 8
rule f02 "New country buys" for each actor_id when first_seen(country in 7 days where action = "purchase")
rule f03 "New objects" for each actor_id in each 1 day when first_seen(object_id in 1 day) >= 25
rule f04 "Nothing new" for each ip in any 2 minutes when first_seen(object_id in 1 hour) <= 0 and count() >= 4
rule f05 "New and many" for each actor_id in any 10 minutes when first_seen(object_id in 1 day) >= 5 and distinct(object_id) >= 6 and sequence(action = "view" then action = "message")
rule a01 "Busy actors fail" for each actor_id in any 1 hour when count(where outcome = "failure") >= 3 and percentile(events_per_day) >= 90
rule a02 "Night actors" for each actor_id, ip in each 1 day when count() >= 10 and feature(night_share) >= 0.75
rule a03 "Busy at night" for actors when feature(events_per_day) > 10 and percentile(night_share) >= 80
rule a04 "Known" for actors when percentile(events_per_day) < 5 except when feature(night_share) >= 0.5 owner "us" until 2250-01-01 because "known"
rule x01 "Until then" expires 2023-11-10 for each actor_id in any 10 minutes when count() >= 45 and distinct(object_id) >= 5
rule x02 "Except the office" for each actor_id in any 10 minutes when count() >= 45 except where country = "FR" and ip is present owner "us" until 2023-11-05 because "office"
`;
