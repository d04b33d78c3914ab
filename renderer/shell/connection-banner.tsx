import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, settleConnection, useConnection } from '../client.ts';
import { useRunningJob } from '../engine-state.ts';
import type { Connection } from '../transport/connection.ts';
import { BenignIcon, CloseIcon, WarnIcon } from '../ui/icons.tsx';
import { cx, IconButton } from '../ui/index.ts';
import css from './connection-banner.module.css';

/** Says when the line to the engine is gone, and when it is back. Nothing while all is well. */
export const ConnectionBanner = () => {
  const connection = useConnection();
  const { data: open } = useQuery(api.case.current.queryOptions());
  const hasJob = useRunningJob() !== null;
  const [hadJob, setHadJob] = useState(false);
  if (connection.state !== 'resumed' && hadJob !== hasJob) setHadJob(hasJob); // as the engine that is gone said last
  const text = textOf(connection, open !== null, hadJob);
  const isResumed = connection.state === 'resumed';
  return (
    <div role="status" aria-live="polite">
      {text === null ? null : (
        <div className={cx(css.banner, css[connection.state])}>
          {isResumed ? <BenignIcon /> : <WarnIcon />}
          <span className={css.text}>{text}</span>
          {isResumed ? <IconButton icon={CloseIcon} label="Close message" onPress={settleConnection} /> : null}
        </div>
      )}
    </div>
  );
};

const textOf = ({ state, reason }: Connection, hasCase: boolean, hadJob: boolean): string | null => {
  if (state === 'lost') {
    return reason === 'engine'
      ? 'The engine ended unexpectedly. A new one resumes your case.'
      : 'The line to Nightjar was cut. Trying again; what is saved stays saved.';
  }
  if (state === 'resumed') {
    if (reason === 'engine' && !hasCase) return 'A new engine is there. Open your case again on the Start screen.';
    if (reason !== 'engine') return 'Connected again.';
    return `A new engine has resumed your case.${hadJob ? ' The job that was under way ended; start it again.' : ''}`;
  }
  return state === 'refused'
    ? 'This page is not connected. Open the address that `nightjar open` printed; each start has its own.'
    : null;
};
