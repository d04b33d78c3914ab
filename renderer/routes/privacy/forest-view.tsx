import { useQuery } from '@tanstack/react-query';
import type { ForestPlanData, LedgerViewData, ReleasedForest } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { count } from '../../format.ts';
import { ErrorNotice, LoadingState } from '../../ui/index.ts';
import { CostPart, type Asked } from './cost-part.tsx';
import { ExportButtons } from './export-buttons.tsx';
import { Part, Sentences } from './part.tsx';
import css from './privacy.module.css';

type PlanProps = Asked & {
  readonly plan: ForestPlanData;
  readonly ledger: LedgerViewData;
};

/** Everything that is known of a private forest before it is made. */
export const ForestPlanView = ({ plan, epsilon, delta, ledger }: PlanProps) => (
  <div className={css.plan}>
    <CostPart plan={plan} epsilon={epsilon} delta={delta} ledger={ledger} />
    <Part title="How far off it will be">
      <p>
        Each of {count(plan.leaves)} counts has noise of its own ({plan.noise}):{' '}
        {`${Number((100 * plan.level).toFixed(4))} %`} of them lie within ±{count(plan.halfWidth)} of the true one.
      </p>
    </Part>
    <Part title="What will leave">
      <Made of={plan} />
    </Part>
    <Part title="How it is made">
      <Sentences of={plan.statements} />
    </Part>
  </div>
);

/** What a forest is made of, and between which bounds it splits: all of it declared. */
const Made = ({ of }: { readonly of: Pick<ForestPlanData, 'features' | 'trees' | 'depth' | 'seed'> }) => (
  <>
    <p>
      {count(of.trees)} trees of depth {of.depth}, splits drawn from seed {of.seed}: a model to score actors with, and
      no row of anybody.
    </p>
    <div className={css.scrollX}>
      <table className={css.table}>
        <caption className="visually-hidden">Features and their declared bounds</caption>
        <thead>
          <tr>
            <th>Feature</th>
            <th>Declared bounds and marks</th>
          </tr>
        </thead>
        <tbody>
          {of.features.map(({ name, bounds }) => (
            <tr key={name}>
              <td>{name}</td>
              <td className={css.mono}>{bounds.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </>
);

/** The forest that answers a request, and a way to take it along. */
export const ReleasedForestView = ({ request }: { readonly request: string }) => {
  const { data, error } = useQuery(api.privacy.releasedForest.queryOptions({ input: { request } }));
  if (error !== null) return <ErrorNotice error={error} />;
  if (data === undefined) return <LoadingState label="Reading the forest" />;
  return (
    <section className={css.section} aria-labelledby="released">
      <div className={css.detailHead}>
        <h2 id="released">Released</h2>
        <ExportButtons request={request} formats={['json']} unit="tree" />
      </div>
      <ForestSaid forest={data} />
    </section>
  );
};

/** What stands in the file of a forest, but for its trees. */
export const ForestSaid = ({ forest }: { readonly forest: ReleasedForest }) => (
  <>
    <Made of={forest} />
    <p className={css.muted}>
      A partner scores actors of their own with the file: <code className={css.mono}>nightjar score --forest FILE</code>
    </p>
    <details className={css.more}>
      <summary>What this forest tells of anybody</summary>
      <Sentences of={forest.statements} />
    </details>
  </>
);
