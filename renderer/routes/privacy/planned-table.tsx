import type { ReleasePlanData } from '../../../core/api/contract.ts';
import { counted } from '../../format.ts';
import css from './privacy.module.css';

const MOST_ROWS = 12;

/** The shape of the answer, empty: what groups there will be is public or left to the mechanism. */
export const PlannedTable = ({ plan }: { readonly plan: ReleasePlanData }) => {
  const names = plan.statistics.map(({ name }) => name);
  const shown = plan.preview.slice(0, MOST_ROWS);
  return (
    <>
      <div className={css.scrollX}>
        <table aria-label="What will be seen" className={css.table}>
          <thead>
            <tr>
              {plan.keys.map((key) => (
                <th key={key}>{key}</th>
              ))}
              <th className={css.number}>{names.length === 1 ? names[0] : 'value'}</th>
              <th className={css.number}>interval</th>
            </tr>
          </thead>
          <tbody>
            {plan.groups === null ? (
              <tr>
                <td className={css.hatched} colSpan={plan.keys.length + 2}>
                  chosen by the mechanism
                </td>
              </tr>
            ) : (
              shown.map((group) => (
                <tr key={group.join('\u0000')}>
                  {group.map((key, i) => (
                    <td key={plan.keys[i]}>{key}</td>
                  ))}
                  <td className={css.pendingCell}>not drawn yet</td>
                  <td className={css.pendingCell}>not drawn yet</td>
                </tr>
              ))
            )}
          </tbody>
        </table>
      </div>
      {plan.groups === null ? null : (
        <p className={css.muted}>
          {plan.keys.length === 0
            ? 'One number, released whatever it is.'
            : `${counted(plan.groups, 'group')}, all of them released, zeros included.`}
          {plan.groups > shown.length ? ` The first ${shown.length} are shown.` : ''}
        </p>
      )}
    </>
  );
};
