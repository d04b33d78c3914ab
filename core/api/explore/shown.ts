import { featureLabel, formatValue } from '../../explain/index.ts';
import type { ActorDetail, Reason } from '../contract/explore.ts';
import type { Manifest } from './manifest.ts';
import type { StoredReason, StoredStory } from './stored-findings.ts';

/** The unit of a category, whose values are numbers of levels and mean nothing to a person. */
const LEVEL = 'level';

/** The units of a run's features, by name. */
export const unitsOf = ({ dictionary }: Manifest): ((feature: string) => string) => {
  const units = new Map(dictionary.map(({ name, unit }) => [name, unit]));
  return (feature) => units.get(feature) ?? '';
};

/** A value as people write it. */
export const shownValue = (value: number | null, unit: string): string => {
  if (unit === LEVEL) return 'a category';
  return value === null ? 'not known' : formatValue(value, unit);
};

/** A reason as the app shows it. */
export const shownReason = (reason: StoredReason, unitOf: (feature: string) => string): Reason => {
  const { feature, value, typical, percentile, contribution, sentence } = reason;
  const unit = unitOf(feature);
  return {
    feature,
    label: featureLabel(feature),
    unit,
    value,
    typical,
    percentile,
    contribution,
    sentence,
    shownValue: shownValue(value, unit),
    shownTypical: shownValue(typical, unit),
  };
};

/** What is said of an actor beyond its reasons, as the app shows it. */
export const shownStory = (
  { summary, smallestChange }: StoredStory,
  unitOf: (feature: string) => string,
): NonNullable<ActorDetail['story']> => ({
  summary,
  smallestChange:
    smallestChange === null
      ? null
      : {
          sentence: smallestChange.sentence,
          changes: smallestChange.changes.map(({ feature, from, to }) => {
            const unit = unitOf(feature);
            const isCategory = unit === LEVEL;
            return {
              feature,
              label: featureLabel(feature),
              shownFrom: isCategory ? 'its own' : shownValue(from, unit),
              shownTo: isCategory ? 'the most common' : shownValue(to, unit),
            };
          }),
        },
});
