import { RULES_FORMAT, RULES_VERSION, type Rule } from '../schema.ts';

/** A file of rules as JSON, keys in one order whatever order the rules were made in: equal rules are equal files. */
export const writeRuleFile = (rules: readonly Rule[]): string =>
  `${JSON.stringify({ format: RULES_FORMAT, version: RULES_VERSION, rules: rules.map(ordered) }, null, 2)}\n`;

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, ordered(each)]));
};

/** As a person reads a rule: who it is, what it looks at, what must hold, what is left out. */
const ORDER = (
  'id title intent severity effect author expires falsePositives over kind groupBy column feature where window ' +
  'lookback of among steps decimals op value values unit when exclusions owner reason ends'
).split(' ');

const placeOf = (key: string): number => {
  const place = ORDER.indexOf(key);
  return place === -1 ? ORDER.length : place;
};
