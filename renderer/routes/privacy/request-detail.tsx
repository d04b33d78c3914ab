import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LedgerViewData, ReleaseRequestData } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { Button, ErrorNotice, LoadingState, Notice } from '../../ui/index.ts';
import { amount, moment, numberOf, shortId, spentWords } from './amounts.ts';
import { ApproveDialog } from './approve-dialog.tsx';
import { PlanView } from './plan-view.tsx';
import { boundsWords, dimensionWords, measureWords } from './query-words.ts';
import { RefuseDialog } from './refuse-dialog.tsx';
import { ReleasedView } from './released-view.tsx';
import css from './privacy.module.css';

type Props = { readonly request: ReleaseRequestData; readonly ledger: LedgerViewData };

/** One request: what is asked and why, what it would cost and show, what became of it. */
export const RequestDetail = ({ request, ledger }: Props) => (
  <article className={css.detail} tabIndex={0} aria-labelledby="request-title">
    <header className={css.detailHead}>
      <div>
        <h2 id="request-title">{measureWords(request.query)}</h2>
        <p className={css.muted}>
          Request <span className={css.mono}>{shortId(request.id)}</span>, asked by {request.asker},{' '}
          {moment(request.askedAt)} UTC
        </p>
      </div>
      {request.state === 'pending' ? <Decide request={request} ledger={ledger} /> : null}
    </header>
    <Facts request={request} />
    {request.state === 'pending' ? <Pending request={request} ledger={ledger} /> : null}
    {request.state === 'answered' ? <ReleasedView request={request.id} /> : null}
    {request.state === 'refused' ? (
      <Notice tone="info">Refused, nothing was spent. Reason: {request.reason ?? 'none given'}</Notice>
    ) : null}
    {request.state === 'interrupted' ? (
      <Notice tone="warn">
        It was paid for, and its answer was lost before it was stored. What it cost stays spent; ask again to have a new
        answer at a new cost.
      </Notice>
    ) : null}
  </article>
);

const Decide = ({ request, ledger }: Props) => {
  const [dialog, setDialog] = useState<'approve' | 'refuse' | null>(null);
  const close = (): void => setDialog(null);
  return (
    <div className={css.line}>
      <Button onPress={() => setDialog('refuse')}>Refuse …</Button>
      <Button kind="primary" isDisabled={ledger.limit === null} onPress={() => setDialog('approve')}>
        Approve …
      </Button>
      <ApproveDialog request={request} ledger={ledger} isOpen={dialog === 'approve'} onClose={close} />
      <RefuseDialog request={request} isOpen={dialog === 'refuse'} onClose={close} />
    </div>
  );
};

const Pending = ({ request, ledger }: Props) => {
  const { query, epsilon, delta } = request;
  // It was read from plain JSON: what is sent back is the same text.
  const input = { query: JSON.parse(JSON.stringify(query)), epsilon: exact(epsilon), delta: exact(delta) };
  const { data: plan, error } = useQuery(api.privacy.plan.queryOptions({ input }));
  if (error !== null) return <ErrorNotice error={error} />;
  if (plan === undefined) return <LoadingState label="Planning" />;
  return (
    <>
      {ledger.limit === null ? (
        <Notice tone="warn">Nothing can be approved before a reviewer sets a limit: “Set a limit” above.</Notice>
      ) : null}
      {ledger.twoPersons && request.asker === ledger.account ? (
        <Notice tone="warn">
          This case demands two persons. You are {ledger.account}, who asked: have a reviewer approve it from an account
          of their own.
        </Notice>
      ) : null}
      <PlanView plan={plan} epsilon={numberOf(epsilon)} ledger={ledger} />
    </>
  );
};

const exact = (text: string): string => (text.includes('/') ? String(numberOf(text)) : text);

const Facts = ({ request }: { readonly request: ReleaseRequestData }) => {
  const dimensions = dimensionWords(request.query);
  const { debit } = request;
  return (
    <dl className={css.facts}>
      <div>
        <dt>Purpose</dt>
        <dd>{request.purpose === '' ? 'none given' : request.purpose}</dd>
      </div>
      <div>
        <dt>May cost</dt>
        <dd>
          ε {amount(request.epsilon)}, δ {amount(request.delta)}
        </dd>
      </div>
      <div>
        <dt>Bounds of an actor</dt>
        <dd>{boundsWords(request.query)}</dd>
      </div>
      <div>
        <dt>Groups</dt>
        <dd>
          {dimensions.length === 0 ? 'one number, no groups' : dimensions.map((each) => <p key={each}>{each}</p>)}
        </dd>
      </div>
      {request.query['where'] === undefined ? null : (
        <div>
          <dt>Only rows where</dt>
          <dd className={css.mono}>{JSON.stringify(request.query['where'])}</dd>
        </div>
      )}
      {debit === null ? null : (
        <div>
          <dt>Approved</dt>
          <dd>
            {moment(debit.at)} UTC by {debit.approver}; it cost {spentWords(debit.cost)}, line {debit.seq} of the ledger
            {debit.alone ? '. Asked and approved by one account.' : ''}
          </dd>
        </div>
      )}
    </dl>
  );
};
