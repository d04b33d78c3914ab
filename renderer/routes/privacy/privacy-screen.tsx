import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../client.ts';
import { Screen } from '../../shell/screen.tsx';
import { Button, ErrorState, LoadingState, Tabs } from '../../ui/index.ts';
import { NoCase } from '../no-case.tsx';
import { amount, numberOf } from './amounts.ts';
import { AuditTab } from './audit-tab.tsx';
import { ComposeTab } from './compose-tab.tsx';
import { LedgerTab } from './ledger-tab.tsx';
import { LimitDialog } from './limit-dialog.tsx';
import { RequestsTab } from './requests-tab.tsx';
import { RiskTab } from './risk-tab.tsx';
import type { PrivacyTab } from './search.ts';
import { useLedger } from './use-ledger.ts';
import { VerifyTab } from './verify-tab.tsx';
import css from './privacy.module.css';

const TITLE = 'Privacy';

/** What may leave: risk, releases, requests, the ledger, and ways to check them. */
export const PrivacyScreen = () => {
  const { data: open } = useQuery(api.case.current.queryOptions());
  if (open === null) return <NoCase title={TITLE} />;
  if (open === undefined) return <LoadingState label="Reading the case" />;
  return <Workspace />;
};

/** δ stands beside ε wherever there is one to spend. */
const deltaLeft = (delta: string, limit: { readonly delta: string }): string =>
  numberOf(limit.delta) === 0 ? '' : `, δ ${amount(delta)} left of ${amount(limit.delta)}`;

const Workspace = () => {
  const navigate = useNavigate();
  const search = useSearch({ from: '/privacy' });
  const [isLimiting, setLimiting] = useState(false);
  const { data: ledger, error, refetch } = useLedger();
  if (error !== null) {
    return (
      <Screen title={TITLE}>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Screen>
    );
  }
  if (ledger === undefined) {
    return (
      <Screen title={TITLE}>
        <LoadingState label="Reading the ledger" />
      </Screen>
    );
  }
  const goTo = (tab: PrivacyTab, request?: string): void =>
    void navigate({ to: '/privacy', search: { tab, ...(request === undefined ? {} : { request }) } });
  const setLimit = (): void => setLimiting(true);
  const pending = ledger.requests.filter(({ state }) => state === 'pending').length;
  const left = ledger.remaining;
  const about =
    ledger.limit === null
      ? 'No limit is set yet: nothing can be released.'
      : left === null || left.epsilon === null
        ? `Limit ε ${amount(ledger.limit.epsilon)}`
        : `ε ${amount(left.epsilon)} left of ${amount(ledger.limit.epsilon)}${deltaLeft(left.delta, ledger.limit)}`;
  return (
    <Screen
      title={TITLE}
      about={about}
      actions={<Button onPress={setLimit}>{ledger.limit === null ? 'Set a limit' : 'Change the limit'}</Button>}
      isFixed
    >
      <Tabs<PrivacyTab>
        label="Parts of the privacy workspace"
        className={css.tabs ?? ''}
        selected={search.tab ?? 'requests'}
        onSelect={(tab) => goTo(tab, search.request)}
        tabs={[
          { id: 'risk', title: 'Risk', panel: <RiskTab /> },
          {
            id: 'compose',
            title: 'Compose a release',
            panel: <ComposeTab ledger={ledger} onAsked={(id) => goTo('requests', id)} />,
          },
          {
            id: 'requests',
            title: pending === 0 ? 'Requests' : `Requests · ${pending} open`,
            panel: (
              <RequestsTab
                ledger={ledger}
                chosen={search.request}
                onChoose={(id) => goTo('requests', id)}
                onCompose={() => goTo('compose')}
              />
            ),
          },
          { id: 'ledger', title: 'Ledger', panel: <LedgerTab ledger={ledger} onSetLimit={setLimit} /> },
          { id: 'verify', title: 'Verify a file', panel: <VerifyTab /> },
          { id: 'audit', title: 'Audit', panel: <AuditTab /> },
        ]}
      />
      <LimitDialog ledger={ledger} isOpen={isLimiting} onClose={() => setLimiting(false)} />
    </Screen>
  );
};
