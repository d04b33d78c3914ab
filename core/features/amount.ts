import { money, ratio, shareIf } from './expressions.ts';
import { from, type Family, type Relation } from './feature.ts';
import { steps } from './steps.ts';

/** One row per actor and exact amount: `n` events. */
const amounts: Relation = {
  name: 'amounts',
  stored: false,
  uses: () => [steps],
  sql: (context) => `SELECT actor, count(*) AS n FROM ${from(steps, context)}
    WHERE amount IS NOT NULL GROUP BY actor, amount`,
};

const SIZE = 'abs(amount)';

export const amount: Family = {
  name: 'amount',
  title: 'Amount',
  features: [
    {
      name: 'amount_sum',
      sentence: 'How much the actor moved in all, whatever the sign.',
      formula: 'Σ |amount|, each rounded to nine decimals',
      unit: 'amount',
      needs: ['amount'],
      over: steps,
      sql: () => `CAST(sum(${money(SIZE)}) AS DOUBLE)`,
      worse: 'high',
      windowed: true,
    },
    {
      name: 'amount_median',
      sentence: 'The typical amount.',
      formula: 'median of |amount|',
      unit: 'amount',
      needs: ['amount'],
      over: steps,
      sql: (dialect) => dialect.quartile(SIZE, 2),
      worse: 'both',
    },
    {
      name: 'amount_max',
      sentence: 'The largest single amount.',
      formula: 'maximum of |amount|',
      unit: 'amount',
      needs: ['amount'],
      over: steps,
      sql: () => `max(${SIZE})`,
      worse: 'high',
      windowed: true,
    },
    {
      name: 'amount_dispersion',
      sentence: 'How much the middle half of the amounts varies: near 0 is always the same sum.',
      formula: '(Q3 − Q1) / (Q3 + Q1) of |amount| (quartile coefficient of dispersion, Bonett 2006)',
      unit: 'index',
      needs: ['amount'],
      over: steps,
      sql: (dialect) => {
        const [q1, q3] = [dialect.quartile(SIZE, 1), dialect.quartile(SIZE, 3)];
        return `CASE WHEN count(amount) >= 2 THEN ${ratio(`(${q3} - ${q1})`, `(${q3} + ${q1})`)} END`;
      },
      worse: 'both',
    },
    {
      name: 'amount_round_share',
      sentence: 'Share of amounts that are round, a multiple of ten.',
      formula: 'amounts with |amount| > 0 and |amount| mod 10 = 0 / amounts',
      unit: 'share',
      needs: ['amount'],
      over: steps,
      sql: () => shareIf(`${SIZE} > 0e0 AND ${SIZE} % 1e1 = 0e0`, 'amount'),
      worse: 'high',
      windowed: true,
    },
    {
      name: 'amount_repeat_share',
      sentence: 'Share of amounts the actor had already used, to the last digit.',
      formula: '1 − distinct amounts / amounts',
      unit: 'share',
      needs: ['amount'],
      over: amounts,
      sql: () => `1e0 - ${ratio('count(*)', 'sum(n)')}`,
      worse: 'high',
    },
  ],
};
