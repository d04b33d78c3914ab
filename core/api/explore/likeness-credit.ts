import type { Model } from './model.ts';
import type { ModelGroup } from './twin-groups.ts';

/**
 * What each feature adds to how alike the actor at a row is to others, up to a factor, in the order of the run's features:
 * the same for all near twins of a group. Told by another of the group whom the run explained; where it explained none,
 * worked out from what the group shares. All 0 for an actor that is in no group of near twins.
 */
export const likenessCredit = (model: Model, row: number): Float64Array => {
  const { features } = model.manifest;
  const group = model.groups.find(({ basis, rows }) => basis === 'features' && rows.includes(row));
  if (group === undefined) return new Float64Array(features.length);
  return creditOfTwin(group, model) ?? creditOfShared(group, model);
};

/** The shares of a twin's reasons; what they leave is spread over the other features, none of which had more. */
const creditOfTwin = (group: ModelGroup, { manifest, reasons, odd, alike }: Model): Float64Array | undefined => {
  for (const twin of group.rows) {
    const told = (alike[twin] ?? 0) > (odd[twin] ?? 0) ? (reasons(twin) ?? []) : [];
    if (told.length === 0) continue;
    const shares = new Map(told.map(({ feature, contribution }) => [feature, contribution]));
    const left = 1 - told.reduce((sum, { contribution }) => sum + contribution, 0);
    const each = (Math.max(0, left) / Math.max(1, manifest.features.length - told.length)) * (1 - ROUNDING);
    return Float64Array.from(manifest.features, (feature) => shares.get(feature) ?? each);
  }
  return undefined;
};

/** Keeps what is spread behind what was told. */
const ROUNDING = 1e-9;

/** As lockstep does it: value · ln(value / elsewhere) of the features in which the members agree (Kullback & Leibler 1951). */
const creditOfShared = ({ shared, rows }: ModelGroup, { manifest, ranked, actors }: Model): Float64Array => {
  const others = Math.max(1, (ranked > 0 ? ranked : actors.length) - rows.length);
  const weights = new Map(
    shared.map(({ what, value, others: elsewhere }) => [what, value * Math.log(value / (elsewhere + 1 / others))]),
  );
  return Float64Array.from(manifest.features, (feature) => Math.max(0, weights.get(feature) ?? 0));
};
