import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Role } from '../../core/api/roles.ts';
import type { EngineSettings } from '../engine/messages.ts';
import { appPaths } from './paths.ts';

/** Share of the memory setting that the data engine gets; the rest is for blocks on their way and for the detectors. */
const DATABASE_SHARE = 0.6;
const MOST_BYTES = 4 * 2 ** 30;

/** What a page in a browser cannot be kept from, said in the app. */
const BROWSER_CANNOT_PROMISE = [
  'The policy of this page stops requests, forms, frames and scripts from elsewhere, but no policy stops a browser from leaving the page, opening a tab or using WebRTC: the window of the desktop does.',
  'Your browser and its extensions can read what is on this page.',
  'Another program that runs as you can read the address with its token, and with it the case.',
];

/** What an engine of this machine is made with. `sampleLog` is the path of the log of the sample case. */
export const engineSettings = (
  mode: EngineSettings['mode'],
  sampleLog: string,
  role: Role = 'investigator',
): EngineSettings => {
  const { settingsDirectory, casesDirectory } = appPaths();
  return {
    mode,
    role,
    cannotPromise: mode === 'desktop' ? [] : BROWSER_CANNOT_PROMISE,
    settingsDirectory,
    casesDirectory,
    sampleLog,
    threads: availableParallelism(),
    memoryLimitBytes: Math.floor(Math.min(MOST_BYTES, totalmem() / 2) * DATABASE_SHARE),
  };
};

/** The log of the sample case in a checkout or an installed package. */
export const sampleLogIn = (root: string): string => join(root, 'samples', 'platform.csv.gz');
