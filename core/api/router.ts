import type { Router } from '@orpc/server';
import { DEFAULT_DETECTORS } from '../detect/index.ts';
import { DETECTOR_NAMES } from './detect.ts';
import { VERSION } from '../version.ts';
import type { contract, EngineState } from './contract.ts';
import type { EngineContext } from './engine/context.ts';
import type { EngineControls, EngineOptions } from './engine/engine.ts';
import { createGrants } from './engine/grants.ts';
import { createJobs } from './engine/jobs.ts';
import { createPublisher } from './engine/publisher.ts';
import { createRecents } from './engine/recents.ts';
import { createSession } from './engine/session.ts';
import { createTemplates } from './import/templates.ts';
import { caseRoutes } from './routes/case.ts';
import { base, gateFor } from './routes/base.ts';
import { decisionsRoutes } from './routes/decisions.ts';
import { exploreRoutes } from './routes/explore.ts';
import { importRoutes } from './routes/import.ts';
import { jobsRoutes } from './routes/jobs.ts';
import { privacyRoutes } from './routes/privacy.ts';
import { riskRoutes } from './routes/risk.ts';
import { rulesRoutes } from './routes/rules.ts';

export type { EngineOptions } from './engine/engine.ts';

/** The engine of one window: its router answers every call of the contract, its controls are for the process that hosts it. */
export type Engine = EngineControls & { readonly router: Router<typeof contract, object> };

/** Makes an engine without an open case. */
export const createEngine = (options: EngineOptions): Engine => {
  const revisions = { case: 0, run: 0, decisions: 0, rules: 0 };
  let isSaving = false;
  const publisher = createPublisher<EngineState>(() => ({
    jobs: jobs.list(),
    revisions: { ...revisions },
    isSaving,
  }));
  const raise = (...which: readonly (keyof typeof revisions)[]): void => {
    for (const name of which) revisions[name]++;
    publisher.changed();
  };
  const jobs = createJobs(publisher.changed);
  const recents = createRecents(options.settingsDirectory);
  const session = createSession(options, {
    jobs,
    recents,
    onChange: () => raise('case', 'run', 'decisions', 'rules'),
    onSaving: (saving) => {
      isSaving = saving;
      publisher.changed();
    },
  });
  const grants = createGrants();
  const templates = createTemplates(options.settingsDirectory);
  const context: EngineContext = { options, session, jobs, grants, recents, templates, publisher, raise };
  const role = options.role ?? 'investigator';
  const info = {
    version: VERSION,
    role,
    keychain: options.keychainSecret !== undefined,
    mode: options.mode,
    cannotPromise: [...options.cannotPromise],
    detectors: [...DETECTOR_NAMES],
    defaultDetectors: [...DEFAULT_DETECTORS],
  };
  return {
    router: gateFor(role).router({
      app: { info: base.app.info.handler(() => info) },
      case: caseRoutes(context),
      import: importRoutes(context),
      jobs: jobsRoutes(context),
      explore: exploreRoutes(context),
      decisions: decisionsRoutes(context),
      risk: riskRoutes(context),
      privacy: privacyRoutes(context),
      rules: rulesRoutes(context),
    }),
    grant: grants.grant,
    resume: async (directory) => {
      await session.open(directory);
    },
    isBusy: () => jobs.isRunning() || isSaving,
    close: async () => {
      await jobs.close();
      await session.close();
    },
  };
};
