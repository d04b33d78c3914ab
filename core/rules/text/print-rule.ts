import type { ActorExclusion, Effect, EventExclusion, Rule } from '../schema.ts';
import { quoted } from './hidden.ts';
import { printCondition, printDuration } from './print-condition.ts';
import { printFilter, printName } from './print-filter.ts';

/** The rule in the text form, in one way only: `parseRules(printRule(rule))` gives the rule again. */
export const printRule = (rule: Rule): string =>
  [
    `rule ${rule.id} ${quoted(rule.title)}`,
    ...line('intent', rule.intent === '' ? null : quoted(rule.intent)),
    ...line('severity', rule.severity),
    ...line('effect', printEffect(rule.effect)),
    ...line('author', rule.author === '' ? null : quoted(rule.author)),
    ...line('expires', rule.expires),
    ...scope(rule),
    `  when ${rule.when.map(printCondition).join('\n   and ')}`,
    ...rule.exclusions.map(printExclusion),
    ...line(
      'known false positives',
      rule.falsePositives.length === 0 ? null : rule.falsePositives.map(quoted).join(', '),
    ),
    '',
  ].join('\n');

/** The rules one after the other, with an empty line between them. */
export const printRules = (rules: readonly Rule[]): string => rules.map(printRule).join('\n');

const line = (word: string, text: string | null): readonly string[] => (text === null ? [] : [`  ${word} ${text}`]);

const printEffect = (effect: Effect): string => (effect.kind === 'label' ? `label ${effect.label}` : effect.kind);

const scope = (rule: Rule): readonly string[] => {
  if (rule.over === 'actors') return ['  for actors'];
  const { groupBy, where, window } = rule;
  return [
    `  for each ${groupBy.map(printName).join(', ')}`,
    ...line('over events where', where === null ? null : printFilter(where)),
    ...(window.kind === 'event' ? [] : [`  in ${WINDOW_WORDS[window.kind]} ${printDuration(window.length)}`]),
  ];
};

const WINDOW_WORDS = { sliding: 'any', tumbling: 'each' } as const;

const printExclusion = (exclusion: EventExclusion | ActorExclusion): string => {
  const what =
    'where' in exclusion
      ? `where ${printFilter(exclusion.where)}`
      : `when ${exclusion.when.map(printCondition).join(' and ')}`;
  return `  except ${what} owner ${quoted(exclusion.owner)} until ${exclusion.ends} because ${quoted(exclusion.reason)}`;
};
