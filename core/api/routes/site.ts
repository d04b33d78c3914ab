import type { EngineContext } from '../engine/context.ts';
import type { OpenCase } from '../engine/open-case.ts';
import type { JobSite } from '../import/jobs.ts';

/** Where a job works: what it stores is told to pages and to the list of recents. */
export const siteOf = ({ options, raise, session }: EngineContext, into: OpenCase): JobSite => ({
  into,
  threads: options.threads,
  onImported: () => {
    into.changed();
    raise('case');
  },
  onRanked: async () => {
    into.changed();
    await session.remember();
    raise('case', 'run');
  },
});
