import type { Clause } from './clause.ts';
import { formatNumber } from './format.ts';
import { featureLabel } from './label.ts';

/** Clauses in a sentence: more are not read. */
const MOST_CLAUSES = 3;

/** Who acts like the actor. */
export type Company = {
  readonly others: number;
  readonly basis: 'features' | 'events';
  /** Whether that is what the actor stands out by: it is then said first. */
  readonly isStrongest: boolean;
};

/**
 * One sentence from what the strongest reasons say, at most three clauses of different topics: "Causes 40 times as many events
 * as its peers, comes from 57 addresses (typical: 3) and acts like 11 others." `features` are the reasons' features, for an
 * actor each of whose values is common by itself.
 */
export const summarySentence = (clauses: readonly Clause[], features: readonly string[], company?: Company): string => {
  const topics = new Set<string>();
  const distinct = clauses.filter(({ topic }) => !topics.has(topic) && topics.add(topic)).map(({ text }) => text);
  const alike = company === undefined ? [] : [companyText(company)];
  const said =
    company?.isStrongest === true
      ? [...alike, ...distinct.slice(0, MOST_CLAUSES - 1)]
      : [...distinct.slice(0, MOST_CLAUSES), ...alike];
  if (said.length > 0) return `${capitalised(listed(said))}.`;
  if (features.length === 0) return 'Does not stand out.';
  const labels = listed(features.slice(0, MOST_CLAUSES).map(featureLabel));
  return features.length === 1 ? `Stands out by ${labels}.` : `Combines common values in an uncommon way: ${labels}.`;
};

const companyText = ({ others, basis }: Company): string => {
  const whom = `${formatNumber(others)} ${others === 1 ? 'other' : 'others'}`;
  return basis === 'events' ? `does the same at the same times as ${whom}` : `acts like ${whom}`;
};

/** "a", "a and b", "a, b and c". */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
