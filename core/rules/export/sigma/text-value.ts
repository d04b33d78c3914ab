/** A text as it stands in a Sigma rule, and what it then means. */
export type SigmaText =
  | { readonly kind: 'exact'; readonly value: string }
  /** Sigma's check takes such a text for a number and asks for one. */
  | { readonly kind: 'number'; readonly digits: string }
  /** `*` and `?` are replaced by `?`, Sigma's sign for any one character: its check allows no escaped wildcard. */
  | { readonly kind: 'pattern'; readonly value: string }
  | { readonly kind: 'impossible'; readonly reason: string };

/**
 * How a text is compared in Sigma (specification 2.1, "Escaping"): a backslash is doubled, since one before a wildcard or a
 * backslash would be lost. pySigma's check, which every document must pass, decides the rest: it refuses control
 * characters, escaped wildcards and whole numbers in quotes.
 */
export const sigmaText = (text: string): SigmaText => {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\u0000-\u001f]/.test(text)) return { kind: 'impossible', reason: 'a text with control characters' };
  if (/^(0|-?[1-9]\d{0,17})$/.test(text)) return { kind: 'number', digits: text };
  if (isPythonInteger(text))
    return { kind: 'impossible', reason: 'a text that reads as a number but is not written as one' };
  const value = text.replaceAll('\\', '\\\\');
  return /[*?]/.test(text) ? { kind: 'pattern', value: value.replaceAll(/[*?]/g, '?') } : { kind: 'exact', value };
};

/** What Python's `int` reads: digits of any script, underscores between them, a sign. */
const isPythonInteger = (text: string): boolean =>
  /^[+-]?\p{Nd}+(_\p{Nd}+)*$/u.test(text.trim()) && !text.includes(' ');
