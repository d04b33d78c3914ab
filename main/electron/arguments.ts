import { isAbsolute } from 'node:path';
import type { FirstCase } from '../engine/messages.ts';

/** What the command line asks the window to open: `--case=DIRECTORY` (absolute) or `--sample-case`. */
export const firstCaseOf = (argv: readonly string[]): FirstCase => {
  const directory = argv.find((each) => each.startsWith('--case='))?.slice('--case='.length);
  if (directory !== undefined && isAbsolute(directory)) return { kind: 'case', directory };
  return argv.includes('--sample-case') ? { kind: 'sample' } : null;
};
