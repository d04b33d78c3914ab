import type { LedgerViewData, ReleasePlanData } from '../../../core/api/contract.ts';
import { Notice } from '../../ui/index.ts';
import { amount, shareOf, spentWords } from './amounts.ts';
import css from './privacy.module.css';

/** What was spent, what this release takes, and what is left after it, before anything is asked. */
export const BudgetGauge = ({
  ledger,
  plan: { budget, cost },
}: {
  readonly ledger: LedgerViewData;
  readonly plan: Pick<ReleasePlanData, 'budget' | 'cost'>;
}) => {
  const { limit, spent, after, fits } = budget;
  if (limit === null) {
    return (
      <Notice tone="warn">
        The case has no limit yet. It can be asked for, and cannot be approved until a reviewer sets one.
      </Notice>
    );
  }
  const mostRho = ledger.spent.rho + (ledger.remaining?.rho ?? 0);
  const before = shareOf(after.epsilon === null ? { ...spent, epsilon: null } : spent, limit, mostRho);
  const then = shareOf(after, limit, mostRho);
  const words = `Spent before ${spentWords(spent)}; this release ${spentWords(cost)}; after it ${spentWords(after)}; limit ε ${amount(limit.epsilon)}.`;
  return (
    <div className={css.stack}>
      <div className={css.gauge} role="img" aria-label={words}>
        <span className={css.gaugeSpent} style={{ width: `${100 * before}%` }} />
        <span
          className={fits ? css.gaugeThis : css.gaugeOver}
          style={{ width: `${100 * Math.max(0.004, then - before)}%` }}
        />
      </div>
      <dl className={css.amounts}>
        <div>
          <dt>
            <span className={css.keySpent} /> Spent before
          </dt>
          <dd>{spentWords(spent)}</dd>
        </div>
        <div>
          <dt>
            <span className={fits ? css.keyThis : css.keyOver} /> This release
          </dt>
          <dd>{spentWords(cost)}</dd>
        </div>
        <div>
          <dt>After it</dt>
          <dd>{spentWords(after)}</dd>
        </div>
        <div>
          <dt>Limit</dt>
          <dd>
            ε {amount(limit.epsilon)}, δ {amount(limit.delta)}
          </dd>
        </div>
      </dl>
      {fits ? null : (
        <Notice tone="danger">
          This is more than is left. Ask for a smaller ε or δ: a spent budget does not come back.
        </Notice>
      )}
    </div>
  );
};
