import { formatNumber, formatShare, formatValue } from './format.ts';
import type { PeerColumn, Place } from './peers.ts';
import type { FeatureWords } from './schema.ts';

/** Share of the peers on one side from which a value counts as high or low by itself. */
const ONE_SIDED = 0.75;

/**
 * One plain sentence: what the feature means, the actor's value, the typical one and where the
 * actor stands: "How many distinct objects the actor touched: 4,812; typical is 14 (higher than
 * 99.9 % of 2,131 actors)." A dictionary sentence may hold `{value}` and is then filled in. Of a category it says how many
 * share it, never its value. `expected` is what the actor's other features let one expect; it is said of a value that is
 * common by itself.
 */
export const reasonSentence = (
  words: FeatureWords,
  value: number,
  column: PeerColumn,
  place: Place,
  expected?: number,
): string => {
  const stem = words.sentence.trim().replace(/[.\s]+$/, '');
  const say = (text: string): string =>
    stem.includes('{value}') ? stem.replace('{value}', () => text) : `${stem}: ${text}`;
  const isCategory = column.levels > 0;
  const typical =
    isCategory || Number.isNaN(column.median) ? '' : `; typical is ${formatValue(column.median, words.unit)}`;
  if (Number.isNaN(value)) {
    const known = `known for ${formatShare(column.sorted.length / Math.max(1, column.peers))}`;
    return `${say('not known for this actor')}${typical} (${known} of ${actors(column.peers)}).`;
  }
  if (isCategory) return `${say(sharedBy(place))} (one of ${formatNumber(column.levels)} levels).`;
  const standing = standingWords(place) ?? togetherWords(expected, words.unit);
  return `${say(formatValue(value, words.unit))}${typical} (${standing}).`;
};

const sharedBy = ({ below, above, others }: Place): string => {
  const share = Math.max(0, 1 - below - above);
  return share > 0 ? `shared by ${formatShare(share)} of ${actors(others)}` : `shared by none of ${actors(others)}`;
};

const standingWords = ({ below, above, others }: Place): string | undefined => {
  if (below === 1 && others > 1) return `the highest of ${formatNumber(others + 1)} actors`;
  if (above === 1 && others > 1) return `the lowest of ${formatNumber(others + 1)} actors`;
  if (below >= ONE_SIDED) return `higher than ${formatShare(below)} of ${actors(others)}`;
  if (above >= ONE_SIDED) return `lower than ${formatShare(above)} of ${actors(others)}`;
  return undefined;
};

const togetherWords = (expected: number | undefined, unit: string): string =>
  expected === undefined
    ? 'common by itself, unusual together with the others'
    : `common by itself, but about ${formatValue(Number(expected.toPrecision(2)), unit)} would be expected given the rest`;

const actors = (count: number): string => (count === 1 ? '1 other actor' : `${formatNumber(count)} actors`);
