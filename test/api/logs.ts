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

/** People who like and view what they come upon, and ten who always like the same thing at the same moment. */
export const writeTwinLog = (folder: string, name = 'twins.csv'): string => {
  const random = seededRandom(11);
  const someTime = (): number =>
    START_MS + Math.floor(random.float() * 10) * DAY_MS + Math.floor((8 + random.float() * 10) * 3_600_000);
  const someObject = (): string => `post${Math.floor(random.float() * 900)}`;
  const ordinary = Array.from({ length: 150 * 25 }, (_, i) => {
    const action = ['view', 'like', 'search'][Math.floor(random.float() * 3)] ?? 'view';
    const who = i % 150;
    return { at: someTime(), user: `user${who}@example.org`, action, object: someObject(), ip: `192.0.2.${who}` };
  });
  const ring = Array.from({ length: 30 }, () => ({ at: someTime(), object: someObject() })).flatMap((act) =>
    Array.from({ length: 10 }, (_, i) => ({
      ...act,
      user: `ring${i}@example.org`,
      action: 'like',
      ip: `198.51.100.${i}`,
    })),
  );
  const lines = [...ordinary, ...ring]
    .sort((a, b) => a.at - b.at)
    .map(({ at, user, action, object, ip }) => `${new Date(at).toISOString()},${user},${action},${object},${ip}`);
  const path = join(folder, name);
  writeFileSync(path, `time,user,action,object,ip\n${lines.join('\n')}\n`);
  return path;
};
