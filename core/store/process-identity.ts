import { readFileSync, readlinkSync } from 'node:fs';

import { errnoOf } from './files.ts';

/** Whether a process with this id runs on this machine (one of another user counts). */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) !== 'ESRCH';
  }
};

/** This boot of this machine, or undefined where it cannot be told (only Linux tells). */
export const bootIdentity = (): string | undefined => readProc('/proc/sys/kernel/random/boot_id')?.trim();

/** The process-id namespace (a container has its own), or undefined where there are none. */
export const pidNamespace = (): string | undefined => readLink('/proc/self/ns/pid');

/** When a process started, in clock ticks since boot (proc(5), field 22 of stat), or undefined without /proc. */
export const processStart = (pid: number): string | undefined => {
  const stat = readProc(`/proc/${pid}/stat`);
  // The second field is the program's name in parentheses and may hold spaces: count from the last parenthesis.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
};

const readLink = (path: string): string | undefined => {
  try {
    return readlinkSync(path);
  } catch {
    return undefined; // no such link: a platform without /proc, or a descriptor closed meanwhile
  }
};

const readProc = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // no /proc, or the process has gone: both mean that nothing can be told
  }
};
