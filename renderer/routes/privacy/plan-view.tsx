import { useCallback } from 'react';
import type { LedgerViewData, ReleasePlanData } from '../../../core/api/contract.ts';
import { count, counted } from '../../format.ts';
import { Chart } from '../../plots/chart.tsx';
import { drawEpsilonCurve, tableOfEpsilonCurve } from '../../plots/epsilon-curve.ts';
import { Figure } from '../../plots/figure.tsx';
import { released } from './amounts.ts';
import { BudgetGauge } from './budget-gauge.tsx';
import css from './privacy.module.css';

type Props = { readonly plan: ReleasePlanData; readonly epsilon: number; readonly ledger: LedgerViewData };

/** Everything that is known of a release before it is made: cost, error, groups, mechanisms, in words. */
export const PlanView = ({ plan, epsilon, ledger }: Props) => (
  <div className={css.plan}>
    <section className={css.section} aria-labelledby="plan-cost">
      <h2 id="plan-cost">What it costs</h2>
      <BudgetGauge ledger={ledger} plan={plan} />
    </section>
    <section className={css.section} aria-labelledby="plan-error">
      <h2 id="plan-error">How far off it will be</h2>
      <ErrorSentence plan={plan} />
      {plan.curve.length === 0 ? null : <Curve plan={plan} epsilon={epsilon} />}
      {plan.unknown.length === 0 ? null : (
        <div>
          <p className={css.muted}>Not in these figures, since no public number tells it:</p>
          <ul className={css.list}>
            {plan.unknown.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
    <section className={css.section} aria-labelledby="plan-groups">
      <h2 id="plan-groups">What will be seen</h2>
      <EmptyTable plan={plan} />
    </section>
    <section className={css.section} aria-labelledby="plan-how">
      <h2 id="plan-how">How it is made</h2>
      <Mechanisms plan={plan} />
      <ul className={css.list}>
        {plan.statements.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </section>
  </div>
);

const ErrorSentence = ({ plan }: { readonly plan: ReleasePlanData }) => {
  const [first] = plan.statistics;
  const level = `${Number((100 * plan.level).toFixed(4))} %`;
  if (first === undefined) {
    return <p>The mechanism adds no noise to a number; the statements below say what its intervals mean.</p>;
  }
  return (
    <p>
      The noise of {plan.statistics.length === 1 ? 'each number' : `“${first.name}”`} stays within{' '}
      <strong>
        ±{released(first.halfWidth * plan.step)} {plan.unit}
      </strong>{' '}
      at {level}; on average it is {Number((first.expected * plan.step).toPrecision(2))} off.
      {plan.threshold === null
        ? null
        : ` A group is shown only where its noised number is above ${count(plan.threshold)}.`}
    </p>
  );
};

const Curve = ({ plan: { curve, unit }, epsilon }: { readonly plan: ReleasePlanData; readonly epsilon: number }) => {
  const draw = useCallback(
    ({ width }: { readonly width: number }) => drawEpsilonCurve(curve, { width, epsilon, unit }),
    [curve, epsilon, unit],
  );
  return (
    <Figure title={`Noise at other values of ε, ± ${unit}`} twin={() => tableOfEpsilonCurve(curve, unit)}>
      <Chart draw={draw} height={200} />
    </Figure>
  );
};

const MOST_ROWS = 12;

/** The shape of the answer, empty: what groups there will be is public or left to the mechanism. */
const EmptyTable = ({ plan }: { readonly plan: ReleasePlanData }) => {
  const names = plan.statistics.map(({ name }) => name);
  const shown = plan.preview.slice(0, MOST_ROWS);
  return (
    <>
      <div className={css.scrollX}>
        <table className={css.table}>
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
                  <td className={css.pendingCell}>·</td>
                  <td className={css.pendingCell}>·</td>
                </tr>
              ))
            )}
          </tbody>
        </table>
      </div>
      {plan.groups === null ? null : (
        <p className={css.muted}>
          {counted(plan.groups, 'group')}, all of them released, zeros included.
          {plan.groups > shown.length ? ` The first ${shown.length} are shown.` : ''}
        </p>
      )}
    </>
  );
};

const Mechanisms = ({ plan }: { readonly plan: ReleasePlanData }) =>
  plan.statistics.length === 0 ? null : (
    <div className={css.scrollX}>
      <table className={css.table}>
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
