import type { SuggestFrom } from '../../../core/api/contract.ts';
import { count, counted } from '../../format.ts';
import { formatTime } from '../../plots/time.ts';
import type { RulesSearch } from './search.ts';

/** What a search for rules starts from, by the address. */
export const startOf = ({ actors, group, run, events }: RulesSearch): SuggestFrom => {
  if (events !== undefined) return { events };
  if (actors !== undefined) return { actors };
  return group === undefined ? 'verdicts' : { group, ...(run === undefined ? {} : { run }) };
};

/** Whom, or what, the conditions are to hold for. */
export const wordsOfStart = (from: SuggestFrom): string => {
  if (from === 'verdicts') return 'the actors with the verdict abuse';
  if ('group' in from) return `the members of group ${from.group + 1}`;
  if ('actors' in from) {
    return from.actors.length === 1 ? 'the actor you chose' : `the ${count(from.actors.length)} actors you chose`;
  }
  const { actor, actions, from: first, to } = from.events;
  const named = actions === undefined ? 'the events' : `the ${quoted(actions)} events`;
  const since = first === undefined ? '' : ` from ${formatTime(first, true)}`;
  const until = to === undefined ? '' : ` until ${formatTime(to, true)}`;
  return `${named} of ${actor}${since}${until}`;
};

const MOST_NAMED = 3;

const quoted = (actions: readonly string[]): string => {
  const named = actions.slice(0, MOST_NAMED).map((action) => `“${action}”`);
  const more = actions.length - named.length;
  return [...named, ...(more > 0 ? [counted(more, 'other action')] : [])].join(', ');
};
