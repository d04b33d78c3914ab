import { caseDirectory } from '../engine/case-directory.ts';
import type { EngineContext } from '../engine/context.ts';
import { NightjarError } from '../errors.ts';
import { detectJob, importJob } from '../import/jobs.ts';
import { base } from './base.ts';
import { siteOf } from './site.ts';

/** Procedures about cases. */
export const caseRoutes = (context: EngineContext) => {
  const { session, recents, grants, options, jobs } = context;
  return base.case.router({
    current: base.case.current.handler(async () => (await session.current()?.info()) ?? null),
    recents: base.case.recents.handler(() => recents.list()),
    forget: base.case.forget.handler(({ input }) => recents.forget(input.id)),
    create: base.case.create.handler(({ input: { name, into, vault, keychain, passphrase } }) => {
      const parent = into === undefined ? options.casesDirectory : grants.pathOf(into, 'folder');
      return session.create(caseDirectory(parent, name), {
        vault,
        keychain,
        ...(passphrase === undefined ? {} : { passphrase }),
      });
    }),
    open: base.case.open.handler(({ input: { recent, grant, passphrase } }) => {
      const directory =
        grant === undefined ? recents.directoryOf(recent ?? '') : grants.pathOf(grant, 'case', 'folder');
      if (directory !== undefined) return session.open(directory, passphrase);
      throw new NightjarError('usage', 'This case is not on the list.', { next: 'Choose its folder.' });
    }),
    openSample: base.case.openSample.handler(async () => {
      const opened = await session.openSample();
      const info = await opened.info();
      const site = siteOf(context, opened);
      const title = 'Make the sample case';
      if (info.files === 0) {
        const job = jobs.start('import', title, importJob(site, [options.sampleLog], {}, {}));
        return { case: info, job };
      }
      if (!info.isRanked) return { case: info, job: jobs.start('detect', title, detectJob(site, {})) };
      return { case: info, job: null };
    }),
    close: base.case.close.handler(() => session.close()),
  });
};
