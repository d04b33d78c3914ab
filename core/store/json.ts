/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** JSON text with the keys of every object in code unit order, so that equal values give equal text. */
export const canonicalJson = (value: Json): string => JSON.stringify(sorted(value));

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const sorted = (value: Json): Json => {
  if (isList(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
};
