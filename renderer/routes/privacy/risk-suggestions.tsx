import { useCallback, useMemo } from 'react';
import type { RiskPoint, RiskReportData } from '../../../core/api/contract.ts';
import { count, share } from '../../format.ts';
import { Chart } from '../../plots/chart.tsx';
import { Figure } from '../../plots/figure.tsx';
import { drawRiskTradeOff, tableOfRiskTradeOff } from '../../plots/risk-trade-off.ts';
import { policyWords, riskPicture } from './risk-points.ts';
import css from './privacy.module.css';

const MOST_SUGGESTIONS = 10;

/** What could be made coarser, what that leaves of the risk, and what it costs detection where that was measured. */
export const RiskSuggestions = ({ report }: { readonly report: RiskReportData }) => {
  const { label, dots, isByLabels } = useMemo(() => riskPicture(report), [report]);
  const draw = useCallback(
    ({ width }: { readonly width: number }) => drawRiskTradeOff(dots, { width, label }),
    [dots, label],
  );
  const marks = new Map(dots.map(({ place, mark, isBest }) => [place, { mark, isBest }]));
  return (
    <>
      {dots.length < 2 ? (
        <p className={css.muted}>
          What suggestions cost detection is not measured yet: say how many to measure, and assess again. Each ranks
          everybody anew.
        </p>
      ) : (
        <Figure title={`Actors at risk against ${label}`} twin={() => tableOfRiskTradeOff(dots, label)}>
          <Chart draw={draw} height={240} />
        </Figure>
      )}
      <div className={css.scrollX}>
        <table aria-label="Suggestions" className={css.table}>
          <thead>
            <tr>
              {dots.length < 2 ? null : <th className={css.number}>#</th>}
              <th>Change</th>
              <th className={css.number}>Suppressed</th>
              <th className={css.number}>Smallest group</th>
              <th className={css.number}>Detail lost</th>
              <th className={css.number}>Strongest kept</th>
              <th className={css.number}>ROC AUC</th>
            </tr>
          </thead>
          <tbody>
            {report.tradeOff.slice(0, MOST_SUGGESTIONS).map((point, place) => (
              <tr key={`${place}`}>
                {dots.length < 2 ? null : <td className={css.number}>{marks.get(place)?.mark ?? ''}</td>}
                <Suggestion point={point} isBest={marks.get(place)?.isBest === true} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={css.muted}>
        Suppressed: actors whose values are left out, because too few look like them even then. Detail lost: 0 % is all
        values as they are, 100 % is one value for everybody.
        {isByLabels ? ' ROC AUC rests on the verdicts of this case.' : ''}
      </p>
    </>
  );
};

const Suggestion = ({
  point: { policy, detection },
  isBest,
}: {
  readonly point: RiskPoint;
  readonly isBest: boolean;
}) => (
  <>
    <td>
      {policyWords(policy)}
      {isBest ? <span className={css.hint}>none is better in both</span> : null}
    </td>
    <td className={css.number}>{share(policy.suppressedShare)}</td>
    <td className={css.number}>{policy.suppressedShare >= 1 ? '–' : count(policy.smallest)}</td>
    <td className={css.number}>{share(policy.loss.granularity)}</td>
    {detection === null ? (
      <td className={css.hatched} colSpan={2}>
        {policy.changes.length === 0 ? 'as it is' : 'not measured'}
      </td>
    ) : (
      <>
        <td className={css.number}>{share(detection.topOverlap.share)}</td>
        <td className={css.number}>
          {detection.rocAuc === null
            ? 'needs 10 verdicts of each kind'
            : `${detection.rocAuc.before.toFixed(3)} → ${detection.rocAuc.after.toFixed(3)}`}
        </td>
      </>
    )}
  </>
);
