import type { Effect, EventRule, Rule, Vocabulary } from '../schema.ts';
import { revealed } from './hidden.ts';
import { printDuration } from './print-condition.ts';
import { conditionInWords } from './words-of-condition.ts';
import { columnInWords, filterInWords, oneOf } from './words-of-filter.ts';

/** What the rule does, in plain English, as sentences. `features` are the dictionary's sentences, where it is at hand. */
export const ruleInWords = (rule: Rule, features: Vocabulary['features'] = []): string =>
  [
    sentence(`${opening(rule)} ${joined(rule.when.map((each) => conditionInWords(each, features)))}`),
    ...(rule.over === 'events' && rule.where !== null
      ? [sentence(`Only events where ${filterInWords(rule.where)} are looked at`)]
      : []),
    ...rule.exclusions.map((exclusion) => {
      const what =
        'where' in exclusion
          ? `events where ${filterInWords(exclusion.where)} are left out`
          : `an actor is left out when ${joined(exclusion.when.map((each) => conditionInWords(each, features)))}`;
      return sentence(`Until ${exclusion.ends} ${what} (${revealed(exclusion.reason)}; ${revealed(exclusion.owner)})`);
    }),
    sentence(`A hit is of ${rule.severity} severity and ${EFFECTS[rule.effect.kind](rule.effect)}`),
    ...(rule.expires === null ? [] : [sentence(`It does not fire from ${rule.expires} on`)]),
    ...(rule.falsePositives.length === 0
      ? []
      : [sentence(`Known to hit wrongly: ${rule.falsePositives.map(revealed).join('; ')}`)]),
  ].join(' ');

const EFFECTS: Readonly<Record<Effect['kind'], (effect: Effect) => string>> = {
  review: () => 'is looked at by a person',
  alert: () => 'raises an alert',
  label: (effect) => `puts the label ${effect.kind === 'label' ? effect.label : ''} on the actor`,
};

const opening = (rule: Rule): string => {
  if (rule.over === 'actors') return 'It hits an actor when';
  return `It hits ${groupInWords(rule.groupBy)} when, ${windowInWords(rule.window)},`;
};

const groupInWords = (groupBy: readonly string[]): string => {
  const [first = '', ...others] = groupBy;
  if (others.length === 0) return oneOf(first);
  return `a combination of ${groupBy.slice(0, -1).map(columnInWords).join(', ')} and ${columnInWords(groupBy.at(-1) ?? '')}`;
};

const windowInWords = (window: EventRule['window']): string => {
  if (window.kind === 'event') return 'at one moment';
  const length = printDuration(window.length);
  return window.kind === 'sliding'
    ? `within any ${length}`
    : `within ${length} (windows one after the other, since 1970 UTC)`;
};

const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join('; ')}; and ${parts.at(-1)}`;

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
