import { placeAmong } from '../../math/index.ts';

/**
 * Conformal p-value of each score: (1 + reference scores at or above) / (references + 1), in (0, 1], NaN for a
 * NaN score (Vovk, Gammerman & Shafer 2005, eq. 2.20; split: Bates et al. 2023). Valid for an actor
 * exchangeable with the reference when the scores come from a model that did not treat the reference apart:
 * fitted elsewhere, or fitted on reference and judged alike without knowing which is which (Marandon, Lei, Mary
 * & Roquain 2024). Then Benjamini–Hochberg on them keeps its rate, too (same).
 */
export const conformalPValues = (scores: Float64Array, reference: Float64Array): Float64Array => {
  const sorted = reference.filter((score) => !Number.isNaN(score)).sort();
  return scores.map((score) =>
    Number.isNaN(score) ? Number.NaN : (1 + sorted.length - placeAmong(sorted, score).below) / (sorted.length + 1),
  );
};
