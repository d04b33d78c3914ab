import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';

import { z } from 'zod';

import { timeNow } from './clock.ts';
import { errnoOf } from './files.ts';
import { newIdentifier } from './identifiers.ts';
import { bootIdentity, isAlive, pidNamespace, processStart } from './process-identity.ts';
import { parsedJson } from '../text/index.ts';

const holderShape = z.object({
  program: z.string(),
  pid: z.int().positive(),
  host: z.string(),
  since: z.iso.datetime(),
  nonce: z.string(),
  boot: z.string().optional(),
  namespace: z.string().optional(),
  start: z.string().optional(),
});

/** Who holds a lock. */
export type LockHolder = Readonly<z.infer<typeof holderShape>>;

/** A lock file that cannot be read is being written (file systems without links) or was torn long ago. */
const UNREADABLE_GRACE_MS = 10_000;

/** This process as a holder. */
export const describeSelf = (program: string): LockHolder => ({
  program,
  pid: process.pid,
  host: hostname(),
  since: timeNow(),
  nonce: newIdentifier(),
  boot: bootIdentity(),
  namespace: pidNamespace(),
  start: processStart(process.pid),
});

/** Whether a lock file is there whose holder has certainly died. */
export const isAbandoned = (path: string): boolean => {
  const found = readHolder(path);
  return found.state === 'held' && isDead(found.holder);
};

/** Whether a lock file may be removed: its holder has died, or it was torn long ago. */
export const isStale = (path: string): boolean => {
  const found = readHolder(path);
  if (found.state === 'absent') return false;
  return found.state === 'held' ? isDead(found.holder) : found.ageMs > UNREADABLE_GRACE_MS;
};

/** What a lock file says. */
export const readHolder = (path: string): Found => {
  try {
    const text = readFileSync(path, 'utf8');
    const holder = text.endsWith('}\n') ? holderShape.safeParse(parsedJson(text)).data : undefined;
    if (holder !== undefined) return { state: 'held', holder };
    // A time in the future is of a clock that was set since: it is as old as it is wrong.
    return { state: 'unreadable', ageMs: Math.abs(Date.now() - statSync(path).mtimeMs) };
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return { state: 'absent' };
    throw error;
  }
};

type Found = { state: 'absent' } | { state: 'unreadable'; ageMs: number } | { state: 'held'; holder: LockHolder };

/** Dead for certain: a process on another machine, or in another container, cannot be judged and counts as alive. */
const isDead = (holder: LockHolder): boolean => {
  if (holder.host !== hostname()) return false;
  if (holder.boot !== bootIdentity()) return true;
  if (holder.namespace !== pidNamespace()) return false;
  if (!isAlive(holder.pid)) return true;
  return holder.start !== processStart(holder.pid);
};
