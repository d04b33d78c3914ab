import type { Rule } from '../../schema.ts';

/** What a rule cannot see, as sentences. */
export const cannotSee = (rule: Rule): readonly string[] => {
  if (rule.over === 'actors') {
    return [
      'When something happened: it looks at the whole log at once.',
      'Actors for whom a feature it asks for is missing.',
      'Anything that the features do not measure.',
    ];
  }
  const kinds = new Set(rule.when.map(({ kind }) => kind));
  const { window } = rule;
  return [
    `Events without a time or without ${rule.groupBy.join(', ')}.`,
    'Who acts under several names: each group is looked at by itself.',
    ...(window.kind === 'sliding' ? [`What is spread over more than ${window.length}.`] : []),
    ...(window.kind === 'tumbling' ? [`What lies across the border of two windows of ${window.length}.`] : []),
    ...(window.kind === 'event' ? ['What came before or after an event.'] : []),
    ...(kinds.has('firstSeen') ? ['What a group had shown before the log begins: at first everything is new.'] : []),
    ...(kinds.has('feature') || kinds.has('percentile')
      ? ['Features that changed since they were last computed.']
      : []),
    'Values in other letters or spellings: texts are compared as they are.',
  ];
};
