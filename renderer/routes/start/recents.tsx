import { useQuery } from '@tanstack/react-query';
import { Button as AriaButton } from 'react-aria-components';
import type { RecentCase } from '../../../core/api/contract.ts';
import { api, client, isDesktop, queryClient } from '../../client.ts';
import { ago, count } from '../../format.ts';
import { CloseIcon, LockIcon } from '../../ui/icons.tsx';
import { Chip, cx, ErrorNotice, IconButton, showError } from '../../ui/index.ts';
import type { CaseToOpen } from './use-open-case.ts';
import css from './start.module.css';

type RecentsProps = { readonly isBusy: boolean; readonly onOpen: (target: CaseToOpen) => void };

/** Cases opened before, the latest first. */
export const Recents = ({ isBusy, onOpen }: RecentsProps) => {
  const { data: recents, error } = useQuery(api.case.recents.queryOptions({ staleTime: 0 }));
  return (
    <section className={css.recents} aria-labelledby="recents">
      <div className={css.recentsHead}>
        <h2 id="recents">Recent cases</h2>
      </div>
      {error === null ? null : <ErrorNotice error={error} />}
      {recents === undefined ? null : recents.length === 0 ? (
        <p className={css.none}>
          No case was opened yet.{' '}
          {isDesktop ? null : (
            <>
              A case that lies elsewhere opens with <code>nightjar open CASE</code>.
            </>
          )}
        </p>
      ) : (
        <table aria-label="Recent cases" className={css.table}>
          <thead>
            <tr>
              <th>Case</th>
              <th className={css.number} style={{ width: 110 }}>
                Events
              </th>
              <th className={css.number} style={{ width: 90 }}>
                Actors
              </th>
              <th style={{ width: 110 }}>Opened</th>
              <th style={{ width: 44 }}>
                <span className="visually-hidden">Forget</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {recents.map((recent) => (
              <RecentRow key={recent.id} recent={recent} isBusy={isBusy} onOpen={onOpen} />
            ))}
          </tbody>
        </table>
      )}
      {isDesktop || recents === undefined || recents.length === 0 ? null : (
        <p className={css.none}>
          A case that lies elsewhere opens with <code>nightjar open CASE</code>.
        </p>
      )}
    </section>
  );
};

const RecentRow = ({ recent, isBusy, onOpen }: RecentsProps & { readonly recent: RecentCase }) => (
  <tr>
    <td>
      <span style={{ display: 'flex', alignItems: 'center', gap: 6 }}>
        <AriaButton
          className={cx(css.open)}
          isDisabled={!recent.exists || isBusy}
          onPress={() => onOpen({ name: recent.name, recent: recent.id, needsPassphrase: recent.needsPassphrase })}
        >
          {recent.name}
        </AriaButton>
        {recent.isSample ? <Chip>Sample</Chip> : null}
        {recent.needsPassphrase ? <Chip icon={LockIcon}>Passphrase</Chip> : null}
      </span>
      <span className={cx(css.where, !recent.exists && css.gone)} title={recent.directory}>
        <bdi>{recent.exists ? recent.directory : `Not found: ${recent.directory}`}</bdi>
      </span>
    </td>
    <td className={css.number}>{count(recent.events)}</td>
    <td className={css.number}>{count(recent.actors)}</td>
    <td>{ago(recent.openedAt, Date.now())}</td>
    <td>
      <IconButton icon={CloseIcon} label="Forget this case; its folder stays" onPress={() => void forget(recent.id)} />
    </td>
  </tr>
);

const forget = async (id: string): Promise<void> => {
  try {
    await client.case.forget({ id });
    await queryClient.invalidateQueries({ queryKey: api.case.recents.key() });
  } catch (error) {
    showError(error);
  }
};
