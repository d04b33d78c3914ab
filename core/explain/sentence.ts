import { formatNumber, formatShare, formatValue } from './format.ts';
import type { PeerColumn, Place } from './peers.ts';
import type { FeatureWords } from './schema.ts';

/** Share of the peers on one side from which a value counts as high or low by itself. */
const ONE_SIDED = 0.75;

/**
 * One plain sentence: what the feature means, the actor's value, the typical one and where the
 * actor stands: "How many distinct objects the actor touched: 4,812; typical is 14 (higher than
 * 99.9 % of 2,131 actors)." A dictionary sentence may hold `{value}` and is then filled in.
 */
export const reasonSentence = (words: FeatureWords, value: number, column: PeerColumn, place: Place): string => {
  const stem = words.sentence.trim().replace(/[.\s]+$/, '');
  const say = (text: string): string =>
    stem.includes('{value}') ? stem.replace('{value}', () => text) : `${stem}: ${text}`;
  const typical = Number.isNaN(column.median) ? '' : `; typical is ${formatValue(column.median, words.unit)}`;
  if (Number.isNaN(value)) {
    const known = `known for ${formatShare(column.sorted.length / Math.max(1, column.peers))}`;
    return `${say('not known for this actor')}${typical} (${known} of ${actors(column.peers)}).`;
  }
  return `${say(formatValue(value, words.unit))}${typical} (${standingWords(place)}).`;
};

const standingWords = ({ below, above, others }: Place): string => {
  if (below === 1 && others > 1) return `the highest of ${formatNumber(others + 1)} actors`;
  if (above === 1 && others > 1) return `the lowest of ${formatNumber(others + 1)} actors`;
  if (below >= ONE_SIDED) return `higher than ${formatShare(below)} of ${actors(others)}`;
  if (above >= ONE_SIDED) return `lower than ${formatShare(above)} of ${actors(others)}`;
  return 'common by itself, unusual together with the others';
};

const actors = (count: number): string => (count === 1 ? '1 other actor' : `${formatNumber(count)} actors`);
