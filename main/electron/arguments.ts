import { isAbsolute } from 'node:path';
import { ROLES, type Role } from '../../core/api/roles.ts';
import type { FirstCase } from '../engine/messages.ts';

/** What the command line asks the window to open: `--case=DIRECTORY` (absolute) or `--sample-case`. */
export const firstCaseOf = (argv: readonly string[]): FirstCase => {
  const directory = argv.find((each) => each.startsWith('--case='))?.slice('--case='.length);
  if (directory !== undefined && isAbsolute(directory)) return { kind: 'case', directory };
  return argv.includes('--sample-case') ? { kind: 'sample' } : null;
};

/** Whom the window is for: `--role=reviewer`. Without one, as from a desktop's menu, an investigator. */
export const roleOf = (argv: readonly string[]): Role =>
  ROLES.find((role) => argv.includes(`--role=${role}`)) ?? 'investigator';
