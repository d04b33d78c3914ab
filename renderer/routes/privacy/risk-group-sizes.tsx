import type { RiskReportData } from '../../../core/api/contract.ts';
import { count, counted } from '../../format.ts';
import { cx } from '../../ui/index.ts';
import css from './privacy.module.css';

/** How many actors are in groups of which size; those below k are hatched. */
export const RiskGroupSizes = ({ report: { kAnonymity } }: { readonly report: RiskReportData }) => {
  const { below, distribution } = kAnonymity;
  const most = Math.max(1, ...distribution.map(({ actors }) => actors));
  return (
    <>
      <table aria-label="Groups by size" className={css.table}>
        <thead>
          <tr>
            <th>Group size</th>
            <th className={css.number}>Groups</th>
            <th className={css.number}>Actors</th>
            <th className={cx(css.wide, css.lead)}>Actors, drawn</th>
          </tr>
        </thead>
        <tbody>
          {distribution.map(({ from, to, classes, actors }) => (
            <tr key={from}>
              <td>
                {to === null ? `${count(from)} and more` : from === to ? count(from) : `${count(from)}–${count(to)}`}
              </td>
              <td className={css.number}>{count(classes)}</td>
              <td className={css.number}>{count(actors)}</td>
              <td className={css.lead}>
                {actors === 0 ? null : (
                  <span
                    className={cx(css.bar, from < below.k && css.barBelow)}
                    style={{ width: `${Math.max(0.5, (100 * actors) / most)}%` }}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={css.muted}>
        Hatched: groups below k = {below.k}; {counted(below.actors, 'actor')} {below.actors === 1 ? 'is' : 'are'} in
        one.
      </p>
    </>
  );
};
