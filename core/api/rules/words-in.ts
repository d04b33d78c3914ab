/** Letters and digits of a pseudonym (`PSEUDONYM_LENGTH` of core/rules/leak). */
const TOKEN_LENGTH = 12;

/** Every word of letters and digits of a text, and every stretch of one as long as a pseudonym: what could be one. */
export const wordsIn = (text: string): readonly string[] =>
  (text.match(/[A-Za-z0-9]+/gu) ?? []).flatMap((word) => [
    word,
    ...Array.from({ length: Math.max(0, word.length - TOKEN_LENGTH) + 1 }, (_, i) => word.slice(i, i + TOKEN_LENGTH)),
  ]);
