import { isIP } from 'node:net';

/** What a text holds that may name somebody, in words: `an e-mail address`; undefined for none. Errs on the side of one. */
export const tellingPart = (text: string): string | undefined => {
  const found = PATTERNS.find(([, pattern]) => pattern.test(text))?.[0];
  if (found !== undefined) return found;
  const words = text.split(/[\s,;()[\]"'<>]+/u);
  if (words.some((word) => isIP(word) !== 0)) return 'an IP address';
  return words.some(looksLikeToken) ? 'a pseudonym' : undefined;
};

const PATTERNS: readonly (readonly [string, RegExp])[] = [
  ['an e-mail address', /[^\s@]@[^\s@]+\.[^\s@]/u],
  ['an IP address', /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/u],
  ['a UUID', /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/iu],
  ['a long token', /(?<![0-9a-z])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{16,}(?![0-9a-z])/iu],
  ['an account number', /(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Z0-9])/u],
  ['a resource of an account', /\barn:aws/iu],
  ['an address of a page', /https?:\/\//iu],
  ['a home directory', /(?:^|[\\/\s])(?:home|users)[\\/][^\\/\s]+/iu],
  ['a long number', /\d{7,}/u],
  // Nine digits or more with single separators: a telephone or card number. A day and an hour are none.
  ['a long number', /(?<!\d)(?!\d{4}-\d\d-\d\d)\+?\d(?:[ ()./-]{0,2}\d){8,}/u],
];

/** Twelve letters and digits, upper and lower case mixed: the shape of a pseudonym (core/anonymize/pseudonym.ts). */
const looksLikeToken = (word: string): boolean =>
  /^[A-Za-z][A-Za-z0-9]{11}$/.test(word) && /\d/.test(word) && /[a-z]/.test(word) && /[A-Z]/.test(word);
