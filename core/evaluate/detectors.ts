import type { DetectorScores } from '../detect/schema.ts';
import { evaluateRanking, type RankingOptions } from './ranking.ts';
import type { Evaluation, KindEvaluation } from './schema.ts';

/** Every detector's ranking against the same labels, one entry per row. Throws as `evaluateRanking` does. */
export const evaluateDetectors = (
  detectors: readonly DetectorScores[],
  labels: Uint8Array,
  options: RankingOptions = {},
): Evaluation => ({
  n: labels.length,
  positives: labels.reduce((sum, label) => sum + label, 0),
  detectors: Object.fromEntries(detectors.map((one) => [one.name, evaluateRanking(one.scores, labels, options)])),
});

/**
 * Each kind of abuse by itself: its rows against those with label 0, the other kinds left out. `kinds` names the kind
 * of each row and is empty where there is none; positives without a kind are left out. In order of the kinds' names.
 */
export const evaluateKinds = (
  detectors: readonly DetectorScores[],
  labels: Uint8Array,
  kinds: readonly string[],
): KindEvaluation[] => {
  const planted = kinds.filter((kind, i) => kind !== '' && labels[i] === 1);
  return [...new Set(planted)].toSorted().map((kind) => {
    const rows = Array.from(labels.keys()).filter((i) => labels[i] === 0 || kinds[i] === kind);
    const some = detectors.map(({ name, scores }) => ({
      name,
      scores: Float64Array.from(rows, (i) => scores[i] ?? Number.NaN),
    }));
    return {
      kind,
      ...evaluateDetectors(
        some,
        Uint8Array.from(rows, (i) => labels[i] ?? 0),
      ),
    };
  });
};
