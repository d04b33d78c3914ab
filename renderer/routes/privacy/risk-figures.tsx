import type { RiskReportData } from '../../../core/api/contract.ts';
import { count, counted, share } from '../../format.ts';
import css from './privacy.module.css';

type Props = { readonly report: RiskReportData };

/** How the case stands, beside the best suggestion; and what each kind of attacker would find. */
export const RiskFigures = ({ report }: Props) => {
  const { kAnonymity, attackers, target } = report;
  return (
    <>
      <BeforeAfter report={report} />
      <Attackers report={report} />
      <p className={css.muted}>
        {counted(kAnonymity.actors, 'actor')} in {counted(kAnonymity.classes, 'group')} that look the same by what is
        known. At risk is whoever is found with a probability above the threshold of {share(attackers.threshold)}, which
        asks for groups of {count(target)}.
      </p>
    </>
  );
};

const BeforeAfter = ({ report: { attackers, kAnonymity, uniqueness, suggestions } }: Props) => {
  const best = suggestions.best[0] ?? null;
  const after = (text: string | undefined): string => text ?? '–';
  const rows: readonly (readonly [string, string, string])[] = [
    ['Smallest group (k)', count(kAnonymity.smallest), after(best === null ? undefined : count(best.smallest))],
    [
      'Highest risk of one actor',
      share(attackers.prosecutor.highest),
      after(best === null ? undefined : share(best.highestRisk)),
    ],
    [
      'Average risk of an actor',
      share(attackers.prosecutor.average),
      after(best === null ? undefined : share(best.averageRisk)),
    ],
    [
      'Alone in their group',
      share(uniqueness.sample),
      after(best === null || best.smallest < 2 ? undefined : share(0)),
    ],
    ['Suppressed', share(0), after(best === null ? undefined : share(best.suppressedShare))],
  ];
  return (
    <div className={css.scrollX}>
      <table aria-label="Before and after" className={css.table}>
        <thead>
          <tr>
            <th>Figure</th>
            <th className={css.number}>As it is</th>
            <th className={css.number}>After the best suggestion</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, before, then]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={css.number}>{before}</td>
              <td className={css.number}>{then}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Attackers = ({ report: { attackers } }: Props) => (
  <div className={css.scrollX}>
    <table aria-label="Attackers" className={css.table}>
      <thead>
        <tr>
          <th>Attacker, as it is</th>
          <th className={css.number}>Found on average</th>
          <th className={css.number}>Actors at risk</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>
            Prosecutor<span className={css.hint}>looks for one person, and knows that they are in the case</span>
          </td>
          <td className={css.number}>{share(attackers.prosecutor.average)}</td>
          <td className={css.number}>{share(attackers.prosecutor.atRisk)}</td>
        </tr>
        <tr>
          <td>
            Journalist<span className={css.hint}>looks for anybody, and does not know who is in the case</span>
          </td>
          <td className={css.number}>{share(attackers.journalist.average)}</td>
          <td className={css.number}>{share(attackers.journalist.atRisk)}</td>
        </tr>
        <tr>
          <td>
            Marketer<span className={css.hint}>tries to find as many as possible</span>
          </td>
          <td className={css.number}>{share(attackers.marketer.average)}</td>
          <td className={css.number}>–</td>
        </tr>
      </tbody>
    </table>
  </div>
);
