import { join } from 'node:path';
import { ensurePython, runPython } from './python.ts';
import { ROOT } from './options.ts';

/** A folder of labelled tables that nothing was chosen on (`peers/keel.py`); undefined where Python cannot fetch them. */
export const keelTables = async (): Promise<string | undefined> => {
  if (!(await ensurePython())) return undefined;
  const folder = join(ROOT, 'test/bench/.venv/keel');
  await runPython('keel', { folder });
  return folder;
};
