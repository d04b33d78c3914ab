import type { ComponentProps } from 'react';
import { numberOf } from './amounts.ts';
import { BudgetGauge } from './budget-gauge.tsx';
import { Part } from './part.tsx';
import { riskWords } from './risk-of-epsilon.ts';

/** What a plan is asked with, as typed. */
export type Asked = { readonly epsilon: string; readonly delta: string };

/** What a planned release takes from the budget, and what that means for a person in the log. */
export const CostPart = ({ epsilon, delta, ...gauge }: ComponentProps<typeof BudgetGauge> & Asked) => (
  <Part title="What it costs">
    <BudgetGauge {...gauge} />
    <p>{riskWords(numberOf(epsilon), numberOf(delta))}</p>
  </Part>
);
