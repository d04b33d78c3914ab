import { useState } from 'react';
import type { LedgerViewData, ReleaseRequestData } from '../../../core/api/contract.ts';
import { DecisionsIcon } from '../../ui/icons.tsx';
import { cx } from '../../ui/index.ts';
import { amount, moment, shortId } from './amounts.ts';
import { BeginHere } from './begin-here.tsx';
import { RequestDetail } from './request-detail.tsx';
import { measureWords } from './query-words.ts';
import css from './privacy.module.css';

type Props = {
  readonly ledger: LedgerViewData;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
  readonly onCompose: () => void;
};

/** Requests, the open ones first: read, then approved or refused. */
export const RequestsTab = ({ ledger, chosen, onChoose, onCompose }: Props) => {
  const newest = [...ledger.requests].reverse();
  const ordered = [
    ...newest.filter(({ state }) => state === 'pending'),
    ...newest.filter(({ state }) => state !== 'pending'),
  ];
  const [first] = useState(ordered[0]?.id); // decided, it goes further down, and stays the one that is looked at
  const shown = ordered.find(({ id }) => id === (chosen ?? first)) ?? ordered[0];
  if (shown === undefined) {
    return (
      <BeginHere
        icon={DecisionsIcon}
        title="Nothing was asked for yet."
        action="Compose a release"
        onAction={onCompose}
      >
        An investigator composes a query and asks; it costs nothing until a reviewer’s key approves it.
      </BeginHere>
    );
  }
  return (
    <div className={css.split}>
      <nav className={css.inbox} aria-label="Requests">
        {ordered.map((request) => (
          <button
            key={request.id}
            type="button"
            className={cx(css.item, request.id === shown.id && css.itemChosen)}
            aria-current={request.id === shown.id}
            onClick={() => onChoose(request.id)}
          >
            <span className={css.itemHead}>
              <span className={css.mono}>{shortId(request.id)}</span>
              <State request={request} />
            </span>
            <span className={css.itemTitle}>{measureWords(request.query)}</span>
            <span className={css.muted}>
              ε {amount(request.epsilon)} · {request.asker} · {moment(request.askedAt)}
            </span>
          </button>
        ))}
      </nav>
      <RequestDetail key={shown.id} request={shown} ledger={ledger} />
    </div>
  );
};

const WORDS = { pending: 'open', refused: 'refused', interrupted: 'interrupted', answered: 'released' } as const;

const State = ({ request }: { readonly request: ReleaseRequestData }) => (
  <span className={cx(css.state, css[request.state])}>{WORDS[request.state]}</span>
);
