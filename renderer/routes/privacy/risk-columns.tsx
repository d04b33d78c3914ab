import type { RiskReportData } from '../../../core/api/contract.ts';
import { count, share } from '../../format.ts';
import css from './privacy.module.css';

type Props = { readonly report: RiskReportData };

const MOST_SUBSETS = 12;

/** Which columns, known together, tell people apart: the most telling first. */
export const RiskColumns = ({ report: { subsets, columns, kAnonymity } }: Props) => (
  <table aria-label="Columns that single people out" className={css.table}>
    <thead>
      <tr>
        <th>Known together</th>
        <th className={css.number}>Pairs told apart</th>
        <th className={css.number}>Alone in their group</th>
        <th className={css.number}>In groups below {kAnonymity.below.k}</th>
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

/** What is learnt of whoever is known to be in a group, even where nobody in it is found. */
export const RiskSensitive = ({ report }: Props) => (
  <>
    <table aria-label="What is learnt of groups" className={css.table}>
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
    <p className={css.muted}>
      Distinct l: the fewest different values in any group; entropy l: the same, less where one value is much more
      common than the others. t: how far the values of a group lie from those of everybody, 0 for no difference, 1 for
      the most.
    </p>
  </>
);
