import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { casePaths, readManifest } from '../../store/index.ts';
import type { RecentCase } from '../contract/case.ts';
import { NightjarError } from '../errors.ts';
import { settingsFile } from './settings-file.ts';

const entryShape = z.object({
  id: z.string(),
  name: z.string(),
  directory: z.string(),
  openedAt: z.number(),
  events: z.number(),
  actors: z.number(),
  isSample: z.boolean(),
});
export type RecentEntry = z.infer<typeof entryShape>;

/** Cases that are remembered. */
const MOST = 30;

export type Recents = {
  /** The latest first. */
  list(): RecentCase[];
  directoryOf(id: string): string | undefined;
  remember(entry: RecentEntry): void;
  forget(id: string): void;
};

/** The list of cases this user opened, kept in `recents.json`. */
export const createRecents = (settingsDirectory: string): Recents => {
  const file = settingsFile(join(settingsDirectory, 'recents.json'), z.array(entryShape), []);
  return {
    list: () =>
      file.read().map((entry) => ({
        ...entry,
        exists: existsSync(casePaths(entry.directory).manifest),
        needsPassphrase: needsPassphrase(entry.directory),
      })),
    directoryOf: (id) => file.read().find((entry) => entry.id === id)?.directory,
    remember: (entry) => {
      const others = file.read().filter((other) => other.id !== entry.id && other.directory !== entry.directory);
      file.write([entry, ...others].slice(0, MOST));
    },
    forget: (id) => file.write(file.read().filter((entry) => entry.id !== id)),
  };
};

/** Whether a case asks for a passphrase; one that cannot be read says why when it is opened. */
const needsPassphrase = (directory: string): boolean => {
  try {
    return readManifest(directory).sealing === 'passphrase';
  } catch (error) {
    if (error instanceof NightjarError) return false;
    throw error;
  }
};
