/** `x` between two quotes, each quote inside it doubled: standard SQL. */
export const doubled = (quote: '"' | "'" | '`', x: string): string =>
  `${quote}${x.replaceAll(quote, quote + quote)}${quote}`;

/** `x` between two quotes for engines that read backslashes: quotes and backslashes get one. */
export const backslashed = (quote: "'" | '`', x: string): string =>
  `${quote}${x.replaceAll(/[\\'`]/g, (c) => (c === '\\' || c === quote ? `\\${c}` : c))}${quote}`;

/**
 * Characters that nobody sees, that end a line or turn its reading around. In a query they stand as their numbers, so that
 * it shows what it does and survives editors; the joiner and the variation selector of emoji are not among them.
 */
const HIDDEN = /(?!\u200d|\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}]/u;
const ALL_HIDDEN = new RegExp(HIDDEN.source, 'gu');

export const hasHidden = (x: string): boolean => HIDDEN.test(x);

/** A text whose hidden characters are joined in by the engine's function from code point to character. */
export const joined = (x: string, quoted: (visible: string) => string, character: string): string => {
  if (!hasHidden(x)) return quoted(x);
  const pieces = x.split(new RegExp(`(${HIDDEN.source})`, 'u')).filter((piece) => piece !== '');
  const texts = pieces.map((piece) => (hasHidden(piece) ? `${character}(${piece.codePointAt(0)})` : quoted(piece)));
  return texts.length === 1 ? (texts[0] ?? '') : `(${texts.join(' || ')})`;
};

/** The text with each hidden character as `escape` writes it. */
export const escaped = (x: string, escape: (character: string) => string): string => x.replace(ALL_HIDDEN, escape);

/** `\uXXXX` of each UTF-16 unit. */
export const byUnits = (character: string): string =>
  Array.from({ length: character.length }, (_, i) => `\\u${hex(character.charCodeAt(i), 4)}`).join('');

/** `\uXXXX`, or `\UXXXXXXXX` beyond the first plane. */
export const byCodePoint = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
};

/** `\xXX` of each byte of its UTF-8. */
export const byBytes = (character: string): string =>
  [...new TextEncoder().encode(character)].map((byte) => `\\x${hex(byte, 2)}`).join('');

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
