import type { EngineState, Job } from '../core/api/contract.ts';
import { api, client, connection, queryClient } from './client.ts';
import { createStore, useStore } from './store.ts';

const state = createStore<EngineState | null>(null);

/** What the engine says about itself: jobs (the newest first), revisions, saving. Null until it has spoken. */
export const useEngineState = (): EngineState | null => useStore(state);

const NO_JOBS: readonly Job[] = [];

/** Jobs under way and ended ones that were not dismissed, the newest first. */
export const useJobs = (): readonly Job[] => useStore(state)?.jobs ?? NO_JOBS;

/** The job that works now, or null. */
export const useRunningJob = (): Job | null => useJobs().find(isRunning) ?? null;

/** True until a job ended. */
export const isRunning = (job: Job): boolean => job.state === 'running' || job.state === 'cancelling';

/** Follows the engine's state from now on, over every line that opens, and has stale answers read again. */
export const followEngine = (): void => {
  let followed = 0;
  const follow = async (generation: number): Promise<void> => {
    if (generation > 1) await queryClient.invalidateQueries();
    try {
      for await (const next of await client.jobs.watch()) {
        const before = state.get();
        state.set({ ...next, jobs: [...next.jobs].reverse() });
        if (before !== null) await refresh(before.revisions, next.revisions);
      }
    } catch (error) {
      // The line is gone: the connection says so to the user, and the next line is followed anew. Else it is our fault.
      if (connection.get().generation === generation && connection.get().state !== 'lost') reportError(error);
    }
  };
  const check = (): void => {
    const { generation } = connection.get();
    if (generation === followed) return;
    followed = generation;
    void follow(generation);
  };
  connection.subscribe(check);
  check();
};

const refresh = async (before: EngineState['revisions'], now: EngineState['revisions']): Promise<void> => {
  // Nobody who comes back to a screen is shown what was there in the run before.
  if (now.run !== before.run) queryClient.removeQueries({ queryKey: api.explore.key(), type: 'inactive' });
  const stale = [
    ...(now.case === before.case
      ? []
      : [api.case.key(), api.import.files.key(), api.import.quarantine.key(), api.import.inspect.key()]),
    ...(now.run === before.run
      ? []
      : [api.explore.key(), api.decisions.key(), api.case.current.key(), api.rules.key()]),
    ...(now.decisions === before.decisions
      ? []
      : [api.decisions.key(), api.explore.key(), api.case.current.key(), api.rules.impact.key()]),
    ...(now.rules === before.rules ? [] : [api.rules.key()]),
  ];
  await Promise.all(stale.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
};
