import { useCallback, useMemo } from 'react';
import type { RiskPolicy, RiskReportData } from '../../../core/api/contract.ts';
import { count, counted, share } from '../../format.ts';
import { Chart } from '../../plots/chart.tsx';
import { Figure } from '../../plots/figure.tsx';
import { drawRiskTradeOff, tableOfRiskTradeOff } from '../../plots/risk-trade-off.ts';
import { cx, Notice } from '../../ui/index.ts';
import css from './privacy.module.css';

/** Counts, shares and names of columns; no value and nobody. */
export const RiskReport = ({ report, k }: { readonly report: RiskReportData; readonly k: number }) => {
  const { suggestions, attackers, kAnonymity } = report;
  const best = suggestions.best[0] ?? null;
  return (
    <>
      {report.notes.map((note) => (
        <Notice key={note} tone="info">
          {note}
        </Notice>
      ))}
      <section className={css.section} aria-labelledby="risk-now">
        <h2 id="risk-now">Before and after</h2>
        <BeforeAfter report={report} best={best} />
        <p className={css.muted}>
          {counted(kAnonymity.actors, 'actor')} in {counted(kAnonymity.classes, 'group')} that look the same; threshold{' '}
          {share(attackers.threshold)}, which asks for groups of {count(report.target)}.
        </p>
      </section>
      <section className={css.section} aria-labelledby="risk-classes">
        <h2 id="risk-classes">Groups that look the same, by size</h2>
        <Sizes report={report} k={k} />
      </section>
      <section className={css.section} aria-labelledby="risk-columns">
        <h2 id="risk-columns">Columns that single people out</h2>
        <Subsets report={report} />
      </section>
      {report.sensitive.length === 0 ? null : (
        <section className={css.section} aria-labelledby="risk-sensitive">
          <h2 id="risk-sensitive">What a group gives away</h2>
          <Sensitive report={report} />
        </section>
      )}
      <section className={css.section} aria-labelledby="risk-suggestions">
        <h2 id="risk-suggestions">What would help, and what it costs</h2>
        <TradeOff report={report} />
        <Suggestions report={report} />
      </section>
    </>
  );
};

const BeforeAfter = ({ report, best }: { readonly report: RiskReportData; readonly best: RiskPolicy | null }) => {
  const { attackers, kAnonymity, uniqueness } = report;
  const rows: readonly (readonly [string, string, string])[] = [
    ['Smallest group (k)', count(kAnonymity.smallest), best === null ? '–' : count(best.smallest)],
    ['Highest risk of one actor', share(attackers.prosecutor.highest), best === null ? '–' : share(best.highestRisk)],
    [
      'Prosecutor: found on average',
      share(attackers.prosecutor.average),
      best === null ? '–' : share(best.averageRisk),
    ],
    ['Prosecutor: actors at risk', share(attackers.prosecutor.atRisk), '–'],
    ['Journalist: found on average', share(attackers.journalist.average), '–'],
    ['Journalist: actors at risk', share(attackers.journalist.atRisk), '–'],
    ['Marketer: found in all', share(attackers.marketer.average), '–'],
    ['Unique in the case', share(uniqueness.sample), best === null || best.smallest < 2 ? '–' : '0%'],
    ['Suppressed', '0%', best === null ? '–' : share(best.suppressedShare)],
  ];
  return (
    <div className={css.scrollX}>
      <table className={css.table}>
        <thead>
          <tr>
            <th>Figure</th>
            <th className={css.number}>As it is</th>
            <th className={css.number}>After the best suggestion</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, before, after]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={css.number}>{before}</td>
              <td className={css.number}>{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Sizes = ({ report: { kAnonymity }, k }: { readonly report: RiskReportData; readonly k: number }) => {
  const most = Math.max(1, ...kAnonymity.distribution.map(({ actors }) => actors));
  return (
    <>
      <table className={css.table}>
        <thead>
          <tr>
            <th>Group size</th>
            <th className={css.number}>Groups</th>
            <th className={css.number}>Actors</th>
            <th className={css.wide}>Actors, drawn</th>
          </tr>
        </thead>
        <tbody>
          {kAnonymity.distribution.map(({ from, to, classes, actors }) => (
            <tr key={from}>
              <td>
                {to === null ? `${count(from)} and more` : from === to ? count(from) : `${count(from)}–${count(to)}`}
              </td>
              <td className={css.number}>{count(classes)}</td>
              <td className={css.number}>{count(actors)}</td>
              <td>
                <span
                  className={cx(css.bar, from < k && css.barBelow)}
                  style={{ width: `${Math.max(actors > 0 ? 0.5 : 0, (100 * actors) / most)}%` }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={css.muted}>
        Hatched: groups below k = {k}; {counted(kAnonymity.below.actors, 'actor')} are in one.
      </p>
    </>
  );
};

const MOST_SUBSETS = 12;

const Subsets = ({ report: { subsets, columns } }: { readonly report: RiskReportData }) => (
  <table className={css.table}>
    <thead>
      <tr>
        <th>Known together</th>
        <th className={css.number}>Pairs told apart</th>
        <th className={css.number}>Unique</th>
        <th className={css.number}>Below k</th>
      </tr>
    </thead>
    <tbody>
      {[...subsets]
        .sort((a, b) => b.separationRatio - a.separationRatio)
        .slice(0, MOST_SUBSETS)
        .map((subset) => (
          <tr key={subset.columns.join()}>
            <td>{subset.columns.map((i) => columns[i]?.name ?? '').join(' + ')}</td>
            <td className={css.number}>{share(subset.separationRatio)}</td>
            <td className={css.number}>{share(subset.unique)}</td>
            <td className={css.number}>{share(subset.belowK)}</td>
          </tr>
        ))}
    </tbody>
  </table>
);

const Sensitive = ({ report }: { readonly report: RiskReportData }) => (
  <table className={css.table}>
    <thead>
      <tr>
        <th>Column</th>
        <th className={css.number}>Distinct l</th>
        <th className={css.number}>Entropy l</th>
        <th className={css.number}>In groups of one value</th>
        <th className={css.number}>Largest t</th>
      </tr>
    </thead>
    <tbody>
      {report.sensitive.map(({ name, lDiversity, tCloseness }) => (
        <tr key={name}>
          <td>{name}</td>
          <td className={css.number}>{count(lDiversity.distinct)}</td>
          <td className={css.number}>{lDiversity.entropy.toFixed(2)}</td>
          <td className={css.number}>{share(lDiversity.homogeneous)}</td>
          <td className={css.number}>{tCloseness.largest.toFixed(2)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

const TradeOff = ({ report }: { readonly report: RiskReportData }) => {
  const points = useMemo(
    () =>
      report.tradeOff.flatMap(({ policy, atRisk, detection, isBest }, place) =>
        detection === null && place > 0
          ? []
          : [
              {
                name: place === 0 ? 'as it is' : changesOf(policy),
                atRisk,
                kept: detection === null ? 1 : (detection.rocAuc?.after ?? detection.topOverlap.share),
                isBest,
              },
            ],
      ),
    [report],
  );
  const isRoc = report.tradeOff.some(({ detection }) => detection !== null && detection.rocAuc !== null);
  const label = isRoc ? 'ROC AUC after it' : 'strongest actors kept';
  const draw = useCallback(
    ({ width }: { readonly width: number }) => drawRiskTradeOff(points, { width, label }),
    [points, label],
  );
  if (points.length < 2) {
    return (
      <p className={css.muted}>
        What suggestions cost detection is not measured yet: say how many to measure, and assess again. Each ranks
        everybody anew.
      </p>
    );
  }
  return (
    <Figure title="Risk against detection" twin={() => tableOfRiskTradeOff(points, label)}>
      <Chart draw={draw} height={240} />
    </Figure>
  );
};

const MOST_SUGGESTIONS = 10;

const Suggestions = ({ report }: { readonly report: RiskReportData }) => (
  <table className={css.table}>
    <thead>
      <tr>
        <th>Change</th>
        <th className={css.number}>Suppressed</th>
        <th className={css.number}>Smallest group</th>
        <th className={css.number}>Detail lost</th>
        <th className={css.number}>Strongest kept</th>
        <th className={css.number}>ROC AUC</th>
      </tr>
    </thead>
    <tbody>
      {report.tradeOff.slice(0, MOST_SUGGESTIONS).map(({ policy, detection, isBest }, place) => (
        <tr key={`${place}`}>
          <td>
            {place === 0 ? 'As it is, the rare suppressed' : changesOf(policy)}
            {isBest ? <span className={css.hint}>none is better in both</span> : null}
          </td>
          <td className={css.number}>{share(policy.suppressedShare)}</td>
          <td className={css.number}>{count(policy.smallest)}</td>
          <td className={css.number}>{share(policy.loss.granularity)}</td>
          <td className={detection === null ? css.hatched : css.number}>
            {detection === null ? 'not measured' : share(detection.topOverlap.share)}
          </td>
          <td className={css.number}>
            {detection === null || detection.rocAuc === null
              ? '–'
              : `${detection.rocAuc.before.toFixed(3)} → ${detection.rocAuc.after.toFixed(3)}`}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

const changesOf = ({ changes }: RiskPolicy): string =>
  changes.length === 0
    ? 'no column coarser, the rare suppressed'
    : changes.map(({ column, to }) => `${column}: ${to}`).join('; ');
