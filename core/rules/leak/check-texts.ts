import { namedColumns } from '../form/named-columns.ts';
import { conditionsOf } from '../form/filters-of.ts';
import { literalsOf } from '../form/literals-of.ts';
import type { Rule } from '../schema.ts';
import type { LeakEvidence } from './evidence.ts';
import { leak, type Leak } from './leak.ts';
import { tellingPart } from './telling-part.ts';

/** No text of the rule is or holds a pseudonym; none that people write looks like something that names a person. */
export const checkTexts = (rule: Rule, { isPseudonym }: LeakEvidence): readonly Leak[] => [
  ...[...wordsOf(rule), ...namesOf(rule)]
    .filter(({ text }) => holdsPseudonym(text, isPseudonym))
    .map(({ at }) => leak('pseudonym', at, 'A text holds a pseudonym of the case.', SAY_BEHAVIOUR)),
  ...wordsOf(rule).flatMap(({ at, text }) => {
    const part = tellingPart(text);
    return part === undefined
      ? []
      : [leak('identifier', at, `A text holds ${part}, or what looks like one.`, SAY_BEHAVIOUR)];
  }),
];

const SAY_BEHAVIOUR = 'Say it in words that name nobody, or remove it.';

type Text = { readonly at: string; readonly text: string };

/** What people wrote. */
const wordsOf = (rule: Rule): readonly Text[] => [
  { at: 'id', text: rule.id.replaceAll('_', ' ') },
  { at: 'title', text: rule.title },
  { at: 'intent', text: rule.intent },
  { at: 'author', text: rule.author },
  ...(rule.effect.kind === 'label' ? [{ at: 'effect.label', text: rule.effect.label.replaceAll('_', ' ') }] : []),
  ...rule.falsePositives.map((text, i) => ({ at: `falsePositives.${i}`, text })),
  ...rule.exclusions.flatMap(({ owner, reason }, i) => [
    { at: `exclusions.${i}.owner`, text: owner },
    { at: `exclusions.${i}.reason`, text: reason },
  ]),
  ...conditionsOf(rule).flatMap(({ path, condition }) =>
    'unit' in condition ? [{ at: `${path}.unit`, text: condition.unit }] : [],
  ),
  ...literalsOf(rule).flatMap(({ path, value }) => (typeof value === 'string' ? [{ at: path, text: value }] : [])),
];

/** Names of columns and features, some of which are made of what a log holds. */
const namesOf = (rule: Rule): readonly Text[] => [
  ...namedColumns(rule).map(({ path, column }) => ({ at: path, text: column })),
  ...conditionsOf(rule).flatMap(({ path, condition }) =>
    'feature' in condition ? [{ at: `${path}.feature`, text: condition.feature }] : [],
  ),
];

/** Letters and digits of a pseudonym: `TOKEN_LENGTH` of core/anonymize/pseudonym.ts, which a test holds equal. */
export const PSEUDONYM_LENGTH = 12;

/** Whether a word of the text, or a stretch of one as long as a pseudonym, is one. */
const holdsPseudonym = (text: string, isPseudonym: (word: string) => boolean): boolean =>
  (text.match(/[A-Za-z0-9]+/g) ?? []).some((word) => {
    if (isPseudonym(word)) return true;
    for (let i = 0; i + PSEUDONYM_LENGTH <= word.length; i++) {
      if (isPseudonym(word.slice(i, i + PSEUDONYM_LENGTH))) return true;
    }
    return false;
  });
