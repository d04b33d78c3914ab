import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LedgerViewData, ReleaseRequestData } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { Button, ErrorNotice, LoadingState, Notice } from '../../ui/index.ts';
import { amount, moment, numberOf, shortId, spentWords } from './amounts.ts';
import { ApproveDialog } from './approve-dialog.tsx';
import { ForestPlanView, ReleasedForestView } from './forest-view.tsx';
import { PlanView } from './plan-view.tsx';
import { Facts, Sentences } from './part.tsx';
import { boundsWords, dimensionWords, isForest, measureWords } from './query-words.ts';
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
    <Asked request={request} />
    {request.state === 'pending' ? <Pending request={request} ledger={ledger} /> : null}
    {request.state !== 'answered' ? null : isForest(request.query) ? (
      <ReleasedForestView request={request.id} />
    ) : (
      <ReleasedView request={request.id} />
    )}
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
      <Button
        kind="primary"
        isDisabled={ledger.limit === null || needsAnother(request, ledger)}
        onPress={() => setDialog('approve')}
      >
        Approve …
      </Button>
      <ApproveDialog request={request} ledger={ledger} isOpen={dialog === 'approve'} onClose={close} />
      <RefuseDialog request={request} isOpen={dialog === 'refuse'} onClose={close} />
    </div>
  );
};

/** Whether the case demands two persons, and this account is the one that asked. */
const needsAnother = (request: ReleaseRequestData, { twoPersons, account }: LedgerViewData): boolean =>
  twoPersons && request.asker === account;

const Pending = ({ request, ledger }: Props) => (
  <>
    {ledger.limit === null ? (
      <Notice tone="warn">Nothing can be approved before a reviewer sets a limit: “Set a limit” above.</Notice>
    ) : null}
    {needsAnother(request, ledger) ? (
      <Notice tone="warn">
        This case demands two persons. You are {ledger.account}, who asked: have a reviewer approve it from an account
        of their own.
      </Notice>
    ) : null}
    {isForest(request.query) ? (
      <PlannedForest request={request} ledger={ledger} />
    ) : (
      <PlannedNumbers request={request} ledger={ledger} />
    )}
  </>
);

const PlannedNumbers = ({ request, ledger }: Props) => {
  const { data: plan, error } = useQuery(api.privacy.plan.queryOptions({ input: asked(request) }));
  if (error !== null) return <ErrorNotice error={error} />;
  if (plan === undefined) return <LoadingState label="Planning" />;
  return <PlanView plan={plan} epsilon={request.epsilon} delta={request.delta} ledger={ledger} />;
};

const PlannedForest = ({ request, ledger }: Props) => {
  const { data: plan, error } = useQuery(api.privacy.planForest.queryOptions({ input: asked(request) }));
  if (error !== null) return <ErrorNotice error={error} />;
  if (plan === undefined) return <LoadingState label="Planning" />;
  return <ForestPlanView plan={plan} epsilon={request.epsilon} delta={request.delta} ledger={ledger} />;
};

/** The request as it is planned: its query was read from plain JSON, and what is sent back is the same text. */
const asked = ({ query, epsilon, delta }: ReleaseRequestData) => ({
  query: JSON.parse(JSON.stringify(query)),
  epsilon: exact(epsilon),
  delta: exact(delta),
});

const exact = (text: string): string => (text.includes('/') ? String(numberOf(text)) : text);

/** What was asked for and why, and what was decided. */
const Asked = ({ request }: { readonly request: ReleaseRequestData }) => {
  const dimensions = dimensionWords(request.query);
  const { debit, query, purpose } = request;
  return (
    <Facts
      of={[
        ['Purpose', purpose === '' ? 'none given' : purpose],
        ['May cost', `ε\u00A0${amount(request.epsilon)}, δ\u00A0${amount(request.delta)}`],
        [
          'Bounds of an actor',
          isForest(query) ? 'one row of each actor, in one leaf of every tree' : boundsWords(query),
        ],
        [
          'Groups',
          isForest(query) ? null : dimensions.length === 0 ? 'one number, no groups' : <Sentences of={dimensions} />,
        ],
        [
          'Only rows where',
          query['where'] === undefined ? null : <span className={css.mono}>{JSON.stringify(query['where'])}</span>,
        ],
        [
          'Approved',
          debit === null
            ? null
            : `${moment(debit.at)} UTC by ${debit.approver}; it cost ${spentWords(debit.cost)}, line ${debit.seq} of the ledger${debit.alone ? '. Asked and approved by one account.' : ''}`,
        ],
      ]}
    />
  );
};
