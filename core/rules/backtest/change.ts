import { countLabels, type ActorLabels, type LabelCounts } from './quality.ts';

/** Actors whom one of two rules hits and the other does not. */
export type Change = { readonly gained: LabelCounts; readonly lost: LabelCounts; readonly kept: LabelCounts };

/** What changes in whom a rule hits, by label. */
export const changeOf = (before: ReadonlySet<string>, after: ReadonlySet<string>, labels: ActorLabels): Change => ({
  gained: countLabels(
    [...after].filter((actor) => !before.has(actor)),
    labels,
  ),
  lost: countLabels(
    [...before].filter((actor) => !after.has(actor)),
    labels,
  ),
  kept: countLabels(
    [...after].filter((actor) => before.has(actor)),
    labels,
  ),
});
