import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { api, isFreshStart } from '../client.ts';
import { isRunning, useEngineState } from '../engine-state.ts';

/** Where a window opens on a case: at its queue, or at the import that makes it. A reload stays where it was. */
export const FirstScreen = () => {
  const navigate = useNavigate();
  const router = useRouter();
  const engine = useEngineState();
  const { data: open } = useQuery(api.case.current.queryOptions());
  const isDone = useRef(!isFreshStart);
  useEffect(() => {
    if (isDone.current || engine === null || open === undefined) return;
    isDone.current = true;
    if (router.state.location.pathname !== '/') return;
    const job = engine.jobs.find(isRunning);
    if (open?.isRanked === true) void navigate({ to: '/explore', replace: true });
    else if (open !== null && job !== undefined) {
      void navigate({ to: '/import', search: { job: job.id, next: 'explore' }, replace: true });
    }
  }, [engine, open, navigate, router]);
  return null;
};
