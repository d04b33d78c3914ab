import { join } from 'node:path';
import type { EngineSettings } from '../../../main/engine/messages.ts';

/** An engine of a user whose folders all lie in `home`. */
export const testSettings = (home: string, mode: EngineSettings['mode'] = 'browser'): EngineSettings => ({
  mode,
  cannotPromise: mode === 'browser' ? ['Something.'] : [],
  settingsDirectory: join(home, 'settings'),
  casesDirectory: join(home, 'cases'),
  sampleLog: join(process.cwd(), 'samples', 'platform.csv.gz'),
  threads: 1,
  memoryLimitBytes: 512 * 2 ** 20,
  keyringPath: join(home, 'keyring'),
});
