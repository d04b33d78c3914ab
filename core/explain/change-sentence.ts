import { formatBare, formatValue, isNoun } from './format.ts';
import { featureLabel } from './label.ts';
import type { FeatureChange, FeatureWords } from './schema.ts';
import { listed } from './summary.ts';

/** Changes a sentence names; of more it says how many. */
const NAMED = 4;

/** "Would look ordinary with about 40 events instead of 812 and failed attempts at 3 % instead of 80 %." */
export const changeSentence = (
  changes: readonly (FeatureChange & { readonly words: FeatureWords; readonly isCategory: boolean })[],
): string => {
  const named = changes.length > NAMED ? NAMED - 1 : changes.length;
  const others = changes.length - named;
  const all = changes.slice(0, named).map(changeText);
  return `Would look ordinary with ${listed(others === 0 ? all : [...all, `${others} more features at ordinary values`])}.`;
};

const changeText = ({ feature, from, to, words, isCategory }: Parameters<typeof changeSentence>[0][number]): string => {
  const label = featureLabel(feature);
  if (isCategory) return `the most common ${label}`;
  const { unit } = words;
  const about = Number.isInteger(to) ? '' : 'about ';
  const before = from === null ? 'a value that is not known' : formatBare(from, unit);
  // A label that is its own unit needs no other word: "40 events", not "events at 40 events".
  if (isNoun(unit) && label === unit) return `${about}${formatValue(to, unit)} instead of ${before}`;
  return `${label} at ${about}${formatBare(to, unit)} instead of ${before}`;
};
