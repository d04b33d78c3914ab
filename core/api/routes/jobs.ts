import type { EngineContext } from '../engine/context.ts';
import { detectJob, importJob } from '../import/jobs.ts';
import { planOptions } from '../import/options.ts';
import { base } from './base.ts';
import { siteOf } from './site.ts';

/** Procedures about long calls. */
export const jobsRoutes = (context: EngineContext) => {
  const { session, jobs, grants, publisher } = context;
  return base.jobs.router({
    watch: base.jobs.watch.handler(({ signal }) => publisher.watch(signal)),
    startImport: base.jobs.startImport.handler(({ input }) => {
      const site = siteOf(context, session.require());
      const paths = input.grants.map((id) => grants.pathOf(id, 'file', 'folder'));
      const title = paths.length === 1 ? 'Import a file' : `Import ${paths.length} files`;
      return { job: jobs.start('import', title, importJob(site, paths, planOptions(input.options), input.detect)) };
    }),
    startDetect: base.jobs.startDetect.handler(({ input }) => ({
      job: jobs.start('detect', 'Rank everybody', detectJob(siteOf(context, session.require()), input)),
    })),
    cancel: base.jobs.cancel.handler(({ input }) => jobs.cancel(input.job)),
    dismiss: base.jobs.dismiss.handler(({ input }) => jobs.dismiss(input.job)),
  });
};
