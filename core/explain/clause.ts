import { formatBare, formatNumber, formatShare, formatValue, isNoun } from './format.ts';
import { featureLabel } from './label.ts';
import type { PeerColumn, Place } from './peers.ts';
import { phraseOf } from './phrases.ts';
import type { FeatureWords } from './schema.ts';

export type Clause = {
  /** Clauses of one topic say nearly the same. */
  readonly topic: string;
  /** A verb phrase: "comes from 57 addresses (typical: 3)". */
  readonly text: string;
};

/** From this ratio on a count is given as a multiple of the typical one. */
const MULTIPLE = 2;
/** Typical counts below this are given as they are: "57 addresses (typical: 3)" says more than "19 times as many". */
const SMALL_COUNT = 5;

/**
 * What a feature's value says of the actor, as a verb phrase with numbers and units; undefined for a value that is not
 * known or lies in the middle half of the peers, and for a category that half of them share.
 */
export const clauseOf = (words: FeatureWords, value: number, column: PeerColumn, place: Place): Clause | undefined => {
  const { median, range, sorted, levels } = column;
  if (Number.isNaN(value) || sorted.length === 0) return undefined;
  const label = featureLabel(words.name);
  if (levels > 0) return categoryClause(words.name, label, place);
  if (value === median || (value >= range[0] && value <= range[1])) return undefined;
  const phrase = phraseOf(words.name, label);
  const text = value > median ? highText : lowText;
  return { topic: phrase.topic, text: text(value > median ? phrase.high : phrase.low, value, median, words.unit) };
};

const highText = (phrase: string, value: number, typical: number, unit: string): string => {
  const ratio = typical > 0 && Number.isFinite(value) ? value / typical : 0;
  const enough = typical >= SMALL_COUNT || phrase.includes('{much}');
  if (ratio < MULTIPLE || !enough) return withNumbers(phrase, value, typical, unit);
  const times = `${formatNumber(Number(ratio.toPrecision(2)))} times as`;
  const multiple = phrase
    .replace('{many}', () => `${times} many${isNoun(unit) ? ` ${unit}` : ''} as its peers`)
    .replace('{much}', () => `${times} much as its peers`);
  return withNumbers(multiple, value, typical, unit);
};

const lowText = (phrase: string, value: number, typical: number, unit: string): string => {
  const nothing = value === 0 ? noneOf(unit) : undefined;
  if (nothing === undefined) return withNumbers(phrase, value, typical, unit);
  const zero = phrase.replace(/(?:only|no more than) \{value\}/u, () => nothing);
  return zero === phrase ? withNumbers(phrase, value, typical, unit) : withTypical(zero, typical, unit);
};

const noneOf = (unit: string): string | undefined => {
  if (unit === 'share' || unit === '%') return 'none';
  if (unit === 'amount' || unit === 'measure') return 'nothing';
  return isNoun(unit) ? `no ${unit}` : undefined;
};

const withNumbers = (phrase: string, value: number, typical: number, unit: string): string => {
  const text = phrase
    .replace(/\{many\}|\{much\}|\{value\}/u, () => formatValue(value, unit))
    .replace('{plain}', () => formatNumber(value));
  return text === phrase ? text : withTypical(text, typical, unit);
};

const withTypical = (text: string, typical: number, unit: string): string =>
  `${text} (typical: ${formatBare(typical, unit)})`;

const categoryClause = (topic: string, label: string, { below, above }: Place): Clause | undefined => {
  const share = Math.max(0, 1 - below - above);
  if (share >= 0.5) return undefined;
  const others = share === 0 ? 'nobody else has' : `only ${formatShare(share)} of its peers have`;
  return { topic, text: `has a ${label} that ${others}` };
};
