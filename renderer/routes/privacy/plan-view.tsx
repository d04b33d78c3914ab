import type { LedgerViewData, ReleasePlanData } from '../../../core/api/contract.ts';
import { count } from '../../format.ts';
import { numberOf } from './amounts.ts';
import { CostPart, type Asked } from './cost-part.tsx';
import { Part, Sentences } from './part.tsx';
import { PlanError } from './plan-error.tsx';
import { PlannedTable } from './planned-table.tsx';
import css from './privacy.module.css';

type Props = Asked & {
  readonly plan: ReleasePlanData;
  readonly ledger: LedgerViewData;
};

/** Everything that is known of a release before it is made: cost, error, groups, mechanisms, in words. */
export const PlanView = ({ plan, epsilon, delta, ledger }: Props) => (
  <div className={css.plan}>
    <CostPart plan={plan} epsilon={epsilon} delta={delta} ledger={ledger} />
    <Part title="How far off it will be">
      <PlanError plan={plan} epsilon={numberOf(epsilon)} />
    </Part>
    <Part title="What will be seen">
      <PlannedTable plan={plan} />
    </Part>
    <Part title="How it is made">
      <Mechanisms plan={plan} />
      <Sentences of={plan.statements} />
    </Part>
  </div>
);

const Mechanisms = ({ plan }: { readonly plan: ReleasePlanData }) =>
  plan.statistics.length === 0 ? null : (
    <div className={css.scrollX}>
      <table aria-label="Statistics and their noise" className={css.table}>
        <thead>
          <tr>
            <th>Statistic</th>
            <th>Noise</th>
            <th className={css.number}>Groups per actor</th>
            <th className={css.number}>Most in a group</th>
          </tr>
        </thead>
        <tbody>
          {plan.statistics.map(({ name, meaning, noise, coordinates, sensitivity }) => (
            <tr key={name}>
              <td>
                {name}
                <span className={css.hint}>{meaning}</span>
              </td>
              <td>{noise}</td>
              <td className={css.number}>{count(coordinates)}</td>
              <td className={css.number}>{sensitivity}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
