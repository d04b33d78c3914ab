import type { BadInput } from './bad-input.ts';
import { join } from 'node:path';
import { keptIn, nightjar, type Kept, type Ran } from './support.ts';

export type BadRun = { readonly ran: Ran; readonly said: readonly string[]; readonly kept: Kept };

/** Runs one row of the table; undefined where this machine cannot make its input. */
export const runBadInput = async (row: BadInput, directory: string): Promise<BadRun | undefined> => {
  const made = await row.make(directory);
  if (made === undefined) return undefined;
  const place = made.caseDirectory ?? join(directory, 'case');
  const args = made.bare === true ? made.args : ['--case', place, ...ORDINARY, ...made.args];
  const around = { cwd: directory, ...made.around };
  let ran: Ran;
  try {
    const isCommand = made.args[0] === 'evaluate';
    ran = await nightjar(isCommand ? args : ['detect', ...args], around);
  } finally {
    await made.after?.();
  }
  const said = ran.err.replaceAll(directory, 'DIR').split('\n').slice(0, -1);
  return { ran, said, kept: await keptIn(place) };
};

const ORDINARY = ['--no-vault', '--format', 'json', '--threads', '1', '--detectors', 'isolationForest'];
