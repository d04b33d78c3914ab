import { columnsOf, filtersOf } from '../../rules/export/columns.ts';
import { comparisonsOf } from '../../rules/export/filters.ts';
import { tellingPart } from '../../rules/leak/telling-part.ts';
import type { Rule } from '../../rules/schema.ts';
import { readPseudonymsAmong, type Readers } from '../../store/index.ts';
import { requireRules } from './rules-text.ts';
import type { KeptRule } from './saved.ts';
import { wordsIn } from './words-in.ts';

/** Columns whose values stand for persons, devices or single events. */
const IDENTITIES: ReadonlySet<string> = new Set(
  'event_id actor_id object_id ip device_id session_id user_agent'.split(' '),
);

/** What stands in the place of what is withheld. */
export const WITHHELD = 'This rule names somebody and is shown to investigators only.';

/**
 * Of saved rules, those that name somebody: by a value of a column of identities, by a pseudonym of the case in any of their texts,
 * comments too, or by what looks like an identifier. Whoever has no view of single actors is not shown them.
 */
export const tellingRules = async (readers: Pick<Readers, 'read'>, rules: readonly KeptRule[]): Promise<Withheld> => {
  const words = rules.flatMap((kept) => wordsIn(textsOf(kept)));
  const pseudonyms = await readers.read((connection) => readPseudonymsAmong(connection, words));
  const isTelling = (text: string): boolean =>
    tellingPart(text) !== undefined || wordsIn(text).some((word) => pseudonyms.has(word.toLowerCase()));
  const found = new Map<string, 'content' | 'all'>();
  for (const kept of rules) {
    const [rule] = requireRules(kept.text, kept.id);
    if (isTelling(kept.id.replaceAll('_', ' '))) found.set(nameOf(kept), 'all');
    else if (namesSomebody(rule) || isTelling(textsOf(kept))) found.set(nameOf(kept), 'content');
  }
  return (kept) => found.get(nameOf(kept)) ?? 'nothing';
};

/** What is withheld of a version: even that it is there, where its name tells. */
export type Withheld = (kept: KeptRule) => 'nothing' | 'content' | 'all';

const nameOf = ({ id, version }: KeptRule): string => `${id} ${version}`;

const textsOf = ({ title, author, text }: KeptRule): string => [title, author, text].join('\n');

const namesSomebody = (rule: Rule): boolean => {
  if (rule.over === 'actors' || !columnsOf(rule).some((column) => IDENTITIES.has(column))) return false;
  const filters = [rule.where, ...rule.exclusions.map(({ where }) => where), ...rule.when.flatMap(filtersOf)];
  return filters.flatMap(comparisonsOf).some(({ column, op }) => IDENTITIES.has(column) && (op === '=' || op === 'in'));
};
