import type { ReactNode } from 'react';
import type { RuleSubgroups } from '../../../core/api/contract.ts';
import { count, counted } from '../../format.ts';
import { ratio, shown } from './measured.ts';
import css from './rules.module.css';

/** How differently a rule treats the groups of a column, and whether that is fair. */
export const Subgroups = ({ of }: { readonly of: RuleSubgroups }): ReactNode => (
  <div className={css.stack}>
    <h4>By {of.column}</h4>
    {of.fairness === null ? null : (
      <p>
        Fairness ratio of the {of.fairness.of === 'hitRate' ? 'hit rate' : 'false-positive rate'}:{' '}
        <b>{ratio(of.fairness.ratio)}</b>, {of.fairness.lowest} over {of.fairness.highest}. 1 is equal.
      </p>
    )}
    <table aria-label={`By ${of.column}`} className={css.table}>
      <thead>
        <tr>
          <th>Group</th>
          <th className={css.number}>Actors</th>
          <th className={css.number}>Hit rate</th>
          <th className={css.number}>False-positive rate</th>
          <th className={css.number}>Hit rate over all others’</th>
        </tr>
      </thead>
      <tbody>
        {of.groups.map((group) => (
          <tr key={group.value}>
            <td>{group.value}</td>
            <td className={css.number}>{count(group.actors)}</td>
            <td className={css.number}>{shown(group.hitRate)}</td>
            <td className={css.number}>{shown(group.falsePositiveRate)}</td>
            <td className={css.number}>{ratio(group.ratio)}</td>
          </tr>
        ))}
      </tbody>
    </table>
    {of.leftOut === 0 ? null : (
      <p className={css.muted}>
        {counted(of.leftOut, 'actor')} in groups too small to be shown, or without a value,{' '}
        {of.leftOut === 1 ? 'is' : 'are'} left out.
      </p>
    )}
  </div>
);
