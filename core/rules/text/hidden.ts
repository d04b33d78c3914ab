/**
 * Characters that nobody sees or that turn the reading of a line around: controls, format and bidi marks, line
 * separators, lone surrogates (Boucher & Anderson 2023 show what they hide in source code). The joiner and the variation
 * selector of emoji are not among them.
 */
const HIDDEN = /(?!\u200d|\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/u;
const ALL_HIDDEN = new RegExp(HIDDEN.source, 'gu');

/** The text with every hidden character as `\uXXXX`. */
export const revealed = (text: string): string => withHidden(text, escaped);

/** The text with every hidden character as `escape` writes it. */
export const withHidden = (text: string, escape: (character: string) => string): string =>
  text.replace(ALL_HIDDEN, escape);

/** A character as Python and YAML escape it: `\\u202e`, and beyond 16 bits `\\U000e0041`. */
export const byCodePoint = (character: string): string => {
  const point = (character.codePointAt(0) ?? 0).toString(16);
  return point.length > 4 ? `\\U${point.padStart(8, '0')}` : `\\u${point.padStart(4, '0')}`;
};

/** Whether a text holds a hidden character. */
export const isHiding = (text: string): boolean => HIDDEN.test(text);

/** As JSON.stringify, with hidden characters escaped: what a person reads there is what a program reads. */
export const visibleJson = (value: unknown, indent?: number): string =>
  withHidden(JSON.stringify(value, null, indent), (each) => (each === '\n' ? each : escaped(each)));

/** A text as the text form writes it: in double quotes, JSON's escapes. */
export const quoted = (text: string): string => within('"', text);

/** A name of any characters, in backticks. */
export const quotedName = (name: string): string => within('`', name);

/** A name as a message shows it: hidden characters revealed, at most 60 units long. */
export const shown = (name: string): string => quoted(name.length > 60 ? `${name.slice(0, 60)}…` : name);

/** The first so many hidden characters that may not stand as they are; tabs, line ends and a byte order mark at 0 may. */
export const hiddenIn = (text: string, most: number): readonly { readonly from: number; readonly length: number }[] => {
  const found: { from: number; length: number }[] = [];
  for (const match of text.matchAll(ALL_HIDDEN)) {
    if (/[\t\n\r]/.test(match[0]) || (match.index === 0 && match[0] === '\ufeff')) continue;
    found.push({ from: match.index, length: match[0].length });
    if (found.length === most) break;
  }
  return found;
};

const within = (quote: string, text: string): string => {
  const inner = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
  return quote + revealed(inner.replace(/[\b\f\n\r\t]/g, (each) => SHORT[each] ?? each)) + quote;
};

const SHORT: Readonly<Record<string, string>> = { '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, i) => `\\u${hex(character.charCodeAt(i))}`).join('');

const hex = (unit: number): string => unit.toString(16).padStart(4, '0');
