import { NightjarError } from '../../api/errors.ts';

/** A value that JSON can hold. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * The one JSON text of a value, as RFC 8785 (JSON Canonicalization Scheme) writes it: no white space, names in UTF-16
 * code unit order, numbers and strings as ECMAScript writes them. Anybody with an implementation of it can check what we
 * sign. Errors: `usage` for a number that is not finite and for text that is not Unicode.
 */
export const canonicalText = (value: JsonValue): string => {
  if (typeof value === 'string') return canonicalString(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw notJson('A number is not finite.');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalText).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .map((name) => `${canonicalString(name)}:${canonicalText(value[name] ?? null)}`);
  return `{${members.join(',')}}`;
};

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const canonicalString = (text: string): string => {
  if (/\p{Surrogate}/u.test(text)) throw notJson('A text holds half of a surrogate pair.');
  return JSON.stringify(text);
};

const notJson = (message: string): NightjarError =>
  new NightjarError('usage', message, { next: 'Take it out: it has no place in JSON that is signed.' });
