import { isOfOthers } from '../../rules/backtest/index.ts';
import type { Rule } from '../../rules/schema.ts';
import { countRuleEvents, type Readers } from '../../store/index.ts';
import { rememberedEvents, storedEvents, type EventSource } from './event-source.ts';

/** Events looked at, about: what rules are run over between two keystrokes. */
const MOST_EVENTS = 250_000;
/** Of fewer actors a share says little. */
const FEWEST_ACTORS = 100;

/** All events of about one actor in so many: rules that group by actor hit each of them as they do in the whole case. */
export type ActorSample = { readonly oneIn: number; readonly actors: number; readonly events: EventSource };

/** Whether what rules do to some actors does not depend on the others: all group events by actor. */
export const canBeSampled = (rules: readonly Rule[]): boolean =>
  rules.every((rule) => rule.over === 'events' && !isOfOthers(rule));

/** Whether all events of a case are no more than a sample would be: then they are counted, however long it takes. */
export const isSampleSized = async (readers: Pick<Readers, 'read'>, mostEvents = MOST_EVENTS): Promise<boolean> => {
  const { events } = await readers.read((connection) => countRuleEvents(connection));
  return events <= mostEvents;
};

/** A sample of a case's actors, drawn by the hash of their pseudonym; undefined where it would be all of them, or too few. */
export const sampleActors = async (
  readers: Pick<Readers, 'read'>,
  mostEvents = MOST_EVENTS,
): Promise<ActorSample | undefined> => {
  const { events } = await readers.read((connection) => countRuleEvents(connection));
  const oneIn = 2 ** Math.ceil(Math.log2(Math.max(1, events / mostEvents)));
  if (oneIn === 1) return undefined;
  const { actors } = await readers.read((connection) => countRuleEvents(connection, oneIn));
  if (actors < FEWEST_ACTORS) return undefined;
  return { oneIn, actors, events: rememberedEvents(storedEvents(readers, oneIn)).source };
};
