import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { askRelease, makeKeyFile, openKeyFile, setLimit, type ReviewerKey } from '../../../core/api/release/index.ts';
import { createCase, openCase, type Case } from '../../../core/index.ts';
import { importFiles } from '../../../core/ingest/index.ts';

/** A count of events in three known countries. */
export const COUNT = {
  count: 'events',
  by: [{ column: 'country', keys: ['DE', 'FR', 'IT'] }],
  bounds: { groupsPerActor: 2, rowsPerGroup: 5 },
};

/** A small private forest over features that its log has. */
export const FOREST = {
  forest: {
    features: [
      { name: 'event_count', bounds: [0, 10, 100] },
      { name: 'hour_entropy', bounds: [0, 5] },
    ],
    trees: 20,
    depth: 3,
  },
};

/** A log of 40 people with four events each, in countries DE and FR; nobody is in IT. */
export const logText = (people = 40): string => {
  const lines = ['time,user,action,country'];
  for (let i = 0; i < people; i++) {
    for (let k = 0; k < 4; k++) {
      const country = (i + k) % 3 === 0 ? 'FR' : 'DE';
      lines.push(`2024-01-0${1 + (k % 9)}T0${i % 10}:00:00Z,person-${i}@example.org,view,${country}`);
    }
  }
  return `${lines.join('\n')}\n`;
};

export type Site = {
  readonly root: string;
  readonly directory: string;
  readonly keyringPath: string;
  readonly keyPath: string;
  readonly key: ReviewerKey;
  readonly open: () => Promise<Case>;
};

/** A case with a log in it, a reviewer's key, and a limit. The case is closed. */
export const releaseSite = async (
  limit: { epsilon: string; delta?: string } | undefined,
  root: string,
): Promise<Site> => {
  mkdirSync(join(root, 'configuration'), { recursive: true });
  const [directory, keyPath] = [join(root, 'case'), join(root, 'reviewer.key')];
  const keyringPath = join(root, 'configuration', 'nightjar', 'keyring');
  const log = join(root, 'log.csv');
  writeFileSync(log, logText());
  await makeKeyFile(keyPath, 'Reviewer');
  const key = await openKeyFile(keyPath);
  const into = await createCase(directory, { keyringPath, threads: 1 });
  await importFiles(into, [log], { threads: 1 }, {});
  if (limit !== undefined) setLimit(into, limit, key);
  await into.close();
  return { root, directory, keyringPath, keyPath, key, open: () => openCase(directory, { keyringPath, threads: 1 }) };
};

/** Files a request, by default for `COUNT`: its id. */
export const ask = async (into: Case, epsilon = '1', query: object = COUNT): Promise<string> => {
  const asked = await askRelease(into, { query: JSON.parse(JSON.stringify(query)), epsilon, purpose: 'a test' });
  if (asked.kind !== 'pending') throw new Error('It was answered already.');
  return asked.request;
};
