import { actionMix } from './action-mix.ts';
import { amount } from './amount.ts';
import { breadth } from './breadth.ts';
import { buckets } from './buckets.ts';
import { categories } from './categories.ts';
import type { Family, Feature } from './feature.ts';
import { inbound } from './inbound.ts';
import { measures } from './measures.ts';
import { origin } from './origin.ts';
import { outcome } from './outcome.ts';
import type { DroppedFeature, FeatureInfo } from './schema.ts';
import { sequence } from './sequence.ts';
import { text } from './text.ts';
import { timing } from './timing.ts';
import { volume } from './volume.ts';

/** A feature with the family it belongs to. */
export type CatalogueEntry = { readonly family: string; readonly feature: Feature };

/** All families; the last four depend on the log: its common actions, measures, categories and buckets of identifiers. */
export const families = (available: ReadonlySet<string>, actions: readonly string[] = []): readonly Family[] => {
  const named = (prefix: string): string[] => [...available].filter((column) => column.startsWith(prefix)).sort();
  return [
    volume,
    timing,
    breadth,
    outcome,
    amount,
    origin,
    inbound,
    text,
    sequence,
    actionMix(actions),
    measures(named('m_')),
    categories(named('c_')),
    buckets(named('b_')),
  ];
};

/** The features that the available columns allow, in catalogue order, and the others with the columns they lack. */
export const selectFeatures = (
  available: ReadonlySet<string>,
  actions: readonly string[] = [],
): { readonly kept: readonly CatalogueEntry[]; readonly dropped: readonly DroppedFeature[] } => {
  const entries = families(available, actions).flatMap((family) =>
    family.features.map((feature) => ({ family: family.name, feature })),
  );
  const missing = ({ feature }: CatalogueEntry): string[] => feature.needs.filter((column) => !available.has(column));
  return {
    kept: entries.filter((entry) => missing(entry).length === 0),
    dropped: entries
      .filter((entry) => missing(entry).length > 0)
      .map((entry) => ({ name: entry.feature.name, reason: `no column ${missing(entry).join(', ')}` })),
  };
};

/** What is told of a feature outside this folder. */
export const describeFeature = ({ family, feature }: CatalogueEntry): FeatureInfo => ({
  name: feature.name,
  family,
  sentence: feature.sentence,
  formula: feature.formula,
  unit: feature.unit,
  needs: feature.needs,
  worse: feature.worse ?? 'both',
  windowed: feature.windowed ?? false,
});

/** The families as documents show them: NAME stands for whatever a log brings. */
export const documentedFamilies = (): readonly Family[] => families(new Set(['m_NAME', 'c_NAME', 'b_NAME']), ['NAME']);

/** Every feature of the catalogue. */
export const featureDictionary = (): readonly FeatureInfo[] =>
  documentedFamilies().flatMap((family) =>
    family.features.map((feature) => describeFeature({ family: family.name, feature })),
  );
