import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LedgerViewData, ReleaseRequestData } from '../../../core/api/contract.ts';
import { api } from '../../client.ts';
import { Button, ErrorNotice, LoadingState, Notice } from '../../ui/index.ts';
import { amount, moment, numberOf, shortId, spentWords } from './amounts.ts';
import { ApproveDialog } from './approve-dialog.tsx';
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
    {isForest(request.query) ? (
      <Notice tone="info">
        A forest is approved, exported and checked on the command line: see `nightjar release --help`.
      </Notice>
    ) : null}
    {request.state === 'pending' && !isForest(request.query) ? <Pending request={request} ledger={ledger} /> : null}
    {request.state === 'answered' && !isForest(request.query) ? <ReleasedView request={request.id} /> : null}
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
        isDisabled={ledger.limit === null || needsAnother(request, ledger) || isForest(request.query)}
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
      {needsAnother(request, ledger) ? (
        <Notice tone="warn">
          This case demands two persons. You are {ledger.account}, who asked: have a reviewer approve it from an account
          of their own.
        </Notice>
      ) : null}
      <PlanView plan={plan} epsilon={epsilon} delta={delta} ledger={ledger} />
    </>
  );
};

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
        ['Bounds of an actor', boundsWords(query)],
        ['Groups', dimensions.length === 0 ? 'one number, no groups' : <Sentences of={dimensions} />],
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
