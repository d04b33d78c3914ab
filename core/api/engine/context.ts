import type { EngineState } from '../contract/jobs.ts';
import type { Templates } from '../import/templates.ts';
import type { EngineOptions } from './engine.ts';
import type { Grants } from './grants.ts';
import type { Jobs } from './jobs.ts';
import type { Publisher } from './publisher.ts';
import type { Recents } from './recents.ts';
import type { Session } from './session.ts';

/** What the routes work with. */
export type EngineContext = {
  readonly options: EngineOptions;
  readonly session: Session;
  readonly jobs: Jobs;
  readonly grants: Grants;
  readonly recents: Recents;
  readonly templates: Templates;
  readonly publisher: Publisher<EngineState>;
  /** Tells pages that something changed. */
  readonly raise: (...which: readonly (keyof EngineState['revisions'])[]) => void;
};
