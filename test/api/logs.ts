import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../core/random/index.ts';

const DAY_MS = 86_400_000;
export const START_MS = Date.UTC(2025, 2, 3);

/** A log of `actors` people over ten days, one of whom downloads without a pause. The same every time. */
export const logRows = (actors = 40, perActor = 25): { at: number; user: string; action: string; ip: string }[] => {
  const random = seededRandom(5);
  const rows = Array.from({ length: actors * perActor }, (_, i) => {
    const user = i % actors;
    const at = START_MS + Math.floor(random.float() * 10) * DAY_MS + Math.floor((8 + random.float() * 10) * 3_600_000);
    const action = ['view', 'like', 'search'][Math.floor(random.float() * 3)] ?? 'view';
    return { at, user: `user${user}@example.org`, action, ip: `192.0.2.${user}` };
  });
  const bot = Array.from({ length: 300 }, (_, i) => ({
    at: START_MS + 4 * DAY_MS + i * 1000,
    user: 'bot@example.org',
    action: 'download',
    ip: `198.51.100.${i % 60}`,
  }));
  return [...rows, ...bot].sort((a, b) => a.at - b.at);
};

/** Writes such a log as CSV and returns its path. */
export const writeLog = (folder: string, name = 'log.csv', rows = logRows()): string => {
  const lines = rows.map(({ at, user, action, ip }) => `${new Date(at).toISOString()},${user},${action},${ip}`);
  const path = join(folder, name);
  writeFileSync(path, `time,user,action,ip\n${lines.join('\n')}\n`);
  return path;
};
