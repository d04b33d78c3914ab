import { useCallback } from 'react';
import type { ReleasePlanData } from '../../../core/api/contract.ts';
import { count } from '../../format.ts';
import { Chart } from '../../plots/chart.tsx';
import { drawEpsilonCurve, tableOfEpsilonCurve } from '../../plots/epsilon-curve.ts';
import { Figure } from '../../plots/figure.tsx';
import { released } from './amounts.ts';
import css from './privacy.module.css';

type Props = { readonly plan: ReleasePlanData; readonly epsilon: number };

/** How far off a release will be, by cause, and what another ε would do about it. */
export const PlanError = ({ plan, epsilon }: Props) => (
  <>
    <Width plan={plan} />
    {plan.curve.length === 0 ? null : <Curve plan={plan} epsilon={epsilon} />}
    <Parts plan={plan} />
  </>
);

const Width = ({ plan: { halfWidth, unit, level, threshold } }: { readonly plan: ReleasePlanData }) => {
  const shown =
    threshold === null ? '' : ` A group is shown only where its noised number is above ${count(threshold)}.`;
  if (halfWidth === null) {
    return (
      <p>
        How wide the intervals are cannot be told before: it takes the size of the groups, or the measure has none.
        {shown}
      </p>
    );
  }
  return (
    <p>
      The noise of each number stays within{' '}
      <strong>
        ±{released(halfWidth)} {unit}
      </strong>{' '}
      at {Number((100 * level).toFixed(4))} %.{shown}
    </p>
  );
};

const Curve = ({ plan: { curve, unit }, epsilon }: Props) => {
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

const BASES = {
  public: 'from the query',
  released: 'from numbers that were released before',
  assumed: 'from the size of groups that you assume',
} as const;

/** What makes a number differ from the true one; what no public number tells is said to be unknown. */
const Parts = ({ plan: { error } }: { readonly plan: ReleasePlanData }) => (
  <div className={css.scrollX}>
    <table aria-label="Causes of error" className={css.table}>
      <thead>
        <tr>
          <th>Cause of error</th>
          <th className={css.number}>Expected</th>
          <th className={css.lead}>Known from</th>
        </tr>
      </thead>
      <tbody>
        {error.map(({ cause, unit, part }) => (
          <tr key={cause}>
            <th scope="row">{cause}</th>
            {part.known ? (
              <>
                <td className={css.number}>{part.to === 0 ? 'none' : `${rangeOf(part.from, part.to)} ${unit}`}</td>
                <td className={css.lead}>{BASES[part.basis]}</td>
              </>
            ) : (
              <>
                <td className={css.hatched}>unknown</td>
                <td className={css.lead}>It takes {part.needs}.</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const rangeOf = (from: number, to: number): string => (from === to ? short(to) : `${short(from)} to ${short(to)}`);
const short = (x: number): string => Number(x.toPrecision(3)).toLocaleString('en');
