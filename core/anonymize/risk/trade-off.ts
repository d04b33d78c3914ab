import type { Policy } from './suggest.ts';

/** How much a changed table still finds. */
export type DetectionCost = {
  /** Spearman's correlation of the scores before and after, over the actors with evidence; null where all score alike. */
  readonly rankCorrelation: number | null;
  /** Of the first `of` of the queue before, the share that is among the first `of` after. */
  readonly topOverlap: { readonly of: number; readonly share: number };
  /** Area under the ROC curve by labels or verdicts; null with too few of either class. */
  readonly rocAuc: { readonly before: number; readonly after: number } | null;
  /** Columns whose change detection could not be shown, because no event column or feature holds them. */
  readonly unseen: readonly string[];
};

/** One point of the picture: risk that is left against what detection keeps. */
export type TradeOffPoint = {
  readonly policy: Policy;
  /** Share of all actors whose own risk is too high unless they are suppressed. */
  readonly atRisk: number;
  readonly detection: DetectionCost | null;
  /** False where another measured point has no more risk, finds no less, and is better in one of the two. */
  readonly isBest: boolean;
};

/** What a panel draws: a list of policies by the risk they leave, with what they cost. The axis of detection is ROC AUC where labels exist, else the overlap. */
export const tradeOff = (
  policies: readonly { readonly policy: Policy; readonly detection: DetectionCost | null }[],
): readonly TradeOffPoint[] => {
  // One axis for all: where one was measured with too few labels, none is told by its labels.
  const isByLabels = policies.every(({ detection }) => detection === null || detection.rocAuc !== null);
  const points = policies.map(({ policy, detection }) => ({
    policy,
    detection: detection === null || isByLabels ? detection : { ...detection, rocAuc: null },
    atRisk: policy.suppressedShare,
  }));
  const kept = (detection: DetectionCost): number => detection.rocAuc?.after ?? detection.topOverlap.share;
  const beats = (a: (typeof points)[number], b: (typeof points)[number]): boolean => {
    if (a.detection === null || b.detection === null) return false;
    const more = kept(a.detection) - kept(b.detection);
    return a.atRisk <= b.atRisk && more >= 0 && (a.atRisk < b.atRisk || more > 0);
  };
  return points
    .map((point) => ({ ...point, isBest: point.detection !== null && !points.some((other) => beats(other, point)) }))
    .toSorted((a, b) => a.atRisk - b.atRisk || a.policy.loss.granularity - b.policy.loss.granularity);
};
