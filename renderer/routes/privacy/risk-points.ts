import type { RiskPoint, RiskPolicy, RiskReportData } from '../../../core/api/contract.ts';
import type { TradeOffDot } from '../../plots/risk-trade-off.ts';

/** What a suggestion changes, in a line. */
export const policyWords = ({ changes }: Pick<RiskPolicy, 'changes'>): string =>
  changes.length === 0 ? 'no column coarser' : changes.map(({ column, to }) => `${column}: ${to}`).join('; ');

export type RiskPicture = {
  /** What the plot's axis of detection is. */
  readonly label: string;
  /** Whether it rests on labels. */
  readonly isByLabels: boolean;
  /** One for each point that can be drawn, and the place of its policy in the trade-off. */
  readonly dots: readonly (TradeOffDot & { readonly place: number })[];
};

/**
 * Risk against what detection keeps: ROC AUC where labels gave one, else the share of the strongest actors that stay the
 * strongest. The case without any change is where it was before all changes. A suggestion that was not measured has no dot.
 */
export const riskPicture = ({ tradeOff }: Pick<RiskReportData, 'tradeOff'>): RiskPicture => {
  const rocBefore = tradeOff.map(({ detection }) => detection?.rocAuc?.before).find((each) => each !== undefined);
  const kept = ({ policy, detection }: RiskPoint): number | undefined => {
    if (detection === null) return policy.changes.length === 0 ? (rocBefore ?? 1) : undefined;
    return rocBefore === undefined ? detection.topOverlap.share : detection.rocAuc?.after;
  };
  const isMeasured = tradeOff.some(({ detection }) => detection !== null);
  const points = tradeOff.flatMap((point, place) => {
    const share = isMeasured ? kept(point) : undefined;
    return share === undefined ? [] : [{ place, name: policyWords(point.policy), atRisk: point.atRisk, kept: share }];
  });
  return {
    isByLabels: rocBefore !== undefined,
    label: rocBefore === undefined ? 'share of the strongest actors kept' : 'ROC AUC',
    dots: points.map((point, i) => ({
      ...point,
      mark: String(i + 1),
      isBest: !points.some(
        ({ atRisk, kept: other }) =>
          atRisk <= point.atRisk && other >= point.kept && (atRisk < point.atRisk || other > point.kept),
      ),
    })),
  };
};
