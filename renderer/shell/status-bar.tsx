import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { Button as AriaButton, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import type { AppInfo } from '../../core/api/contract.ts';
import { api, useConnection } from '../client.ts';
import { useEngineState } from '../engine-state.ts';
import { counted } from '../format.ts';
import { JobAnnouncer, JobPanel } from '../jobs/job-panel.tsx';
import { DatabaseIcon, OfflineIcon } from '../ui/icons.tsx';
import { cx } from '../ui/index.ts';
import css from './status-bar.module.css';

/** The case, its jobs, what is being saved and what this mode can promise: at the foot of every screen. */
export const StatusBar = () => {
  const { state } = useConnection();
  const engine = useEngineState();
  const { data: open } = useQuery(api.case.current.queryOptions());
  const { data: app } = useQuery(api.app.info.queryOptions());
  // A panel that is open makes the rest inert: it closes when another screen is shown, whatever led there.
  const screen = useLocation({ select: (location) => location.pathname });
  return (
    <footer className={css.bar} aria-label="Status">
      <span className={cx(css.item, css.case)}>
        <DatabaseIcon size={14} />
        <span className={css.name}>{open?.name ?? 'No case open'}</span>
      </span>
      {open === null || open === undefined || app === undefined || app.role === 'reviewer' ? null : (
        <span className={css.item}>
          {counted(open.events, 'event')}, {counted(open.actors, 'actor')}
        </span>
      )}
      <JobPanel key={`jobs ${screen}`} />
      <JobAnnouncer />
      <span className={css.space} />
      {open === null || open === undefined ? null : (
        <span className={css.item} role="status">
          {state === 'open' || state === 'resumed'
            ? engine?.isSaving === true
              ? 'Saving'
              : 'All saved'
            : 'Not connected'}
        </span>
      )}
      {app === undefined ? null : <Mode key={`mode ${screen}`} app={app} />}
    </footer>
  );
};

const Mode = ({ app }: { readonly app: AppInfo }) => (
  <DialogTrigger>
    <AriaButton className={cx(css.item, css.button)}>
      <OfflineIcon size={14} />
      {app.mode === 'desktop' ? 'Offline' : 'Browser mode'}
    </AriaButton>
    <Popover className={cx(css.popover)} placement="top end" offset={6}>
      <Dialog className={cx(css.text)}>
        <Heading slot="title" level={2}>
          {app.mode === 'desktop' ? 'Nothing leaves this machine' : 'What browser mode cannot promise'}
        </Heading>
        {app.mode === 'desktop' ? (
          <p>
            This window opens no connection, and every way out is closed: permissions, navigation, windows and the
            network.
          </p>
        ) : (
          <>
            <p>
              Nightjar serves this page to this machine only, and the page asks for nothing elsewhere. A browser is not
              ours to close, so:
            </p>
            <ul>
              {app.cannotPromise.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </>
        )}
        <p>Nightjar {app.version}</p>
      </Dialog>
    </Popover>
  </DialogTrigger>
);
