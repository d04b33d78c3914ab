import { statSync } from 'node:fs';

/** What tells a file from what it was: unequal where it was written or replaced. */
export type FileMark = string;

/** The mark of a file as it is now; take it before the file is read, so that no change is missed. Null: it is not there. */
export const markOf = (path: string): FileMark | null => {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;
};

/**
 * Looks at a file now and then, and calls `onChange` whenever it is no longer as it was marked. A file that is not there for
 * a while, as when an editor replaces it, has not changed yet. Does not keep the process alive. Call the result to stop.
 */
export const watchChanges = (
  path: string,
  mark: FileMark | null,
  intervalMs: number,
  onChange: () => void,
): (() => void) => {
  let known = mark;
  const timer = setInterval(() => {
    const now = markOf(path);
    if (now === null || now === known) return;
    known = now;
    onChange();
  }, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
};
