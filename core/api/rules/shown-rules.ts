import type { Vocabulary } from '../../rules/schema.ts';
import { ruleInWords } from '../../rules/text/in-words.ts';
import type { RuleListing, SavedRule } from '../contract/rules.ts';
import type { Role } from '../roles.ts';
import { checkRules } from './check-rules.ts';
import { requireRules } from './rules-text.ts';
import { noSuchRule, type KeptRule, type SavedRules } from './saved.ts';
import { WITHHELD, type Withheld } from './withheld.ts';

/** The saved rules as a list shows them; of those that are withheld nothing but that they are there. */
export const listRules = (saved: SavedRules, vocabulary: Vocabulary, withheld: Withheld): RuleListing[] =>
  saved.list().flatMap((kept) => {
    if (withheld(kept) === 'all') return [];
    const [rule] = requireRules(kept.text, kept.id);
    const isWithheld = withheld(kept) !== 'nothing';
    const { diagnostics } = checkRules(kept.text, vocabulary);
    return [
      {
        id: kept.id,
        title: isWithheld ? WITHHELD : kept.title,
        state: kept.state,
        severity: rule.severity,
        version: kept.version,
        versions: saved.versions(kept.id).length,
        author: isWithheld ? '' : kept.author,
        expires: rule.expires,
        savedAt: kept.savedAt,
        over: rule.over,
        words: isWithheld ? WITHHELD : ruleInWords(rule, vocabulary.features),
        warnings: isWithheld ? [] : diagnostics.map(({ message }) => message),
      },
    ];
  });

/** One version with its text. A reviewer is told no note: it is free text about actors. */
export const showRule = (
  saved: SavedRules,
  kept: KeptRule,
  vocabulary: Vocabulary,
  withheld: Withheld,
  role: Role,
): SavedRule => {
  if (withheld(kept) === 'all') throw noSuchRule(kept.id);
  const [rule] = requireRules(kept.text, kept.id);
  const isWithheld = withheld(kept) !== 'nothing';
  return {
    id: kept.id,
    title: isWithheld ? WITHHELD : kept.title,
    text: isWithheld ? '' : kept.text,
    state: kept.state,
    version: kept.version,
    versions: saved.versions(kept.id).map(({ version, savedAt, note, author, state }) => ({
      version,
      savedAt,
      note: role === 'reviewer' ? '' : note,
      author: role === 'reviewer' ? '' : author,
      state,
    })),
    words: isWithheld ? WITHHELD : ruleInWords(rule, vocabulary.features),
    diagnostics: isWithheld ? [] : [...checkRules(kept.text, vocabulary).diagnostics],
  };
};
