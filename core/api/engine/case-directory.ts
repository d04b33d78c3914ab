import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { NightjarError } from '../errors.ts';

/** Names of devices that Windows keeps for itself, with or without an extension. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;
// oxlint-disable-next-line no-control-regex -- they are what is refused
const REFUSED = /[\u0000-\u001f<>:"/\\|?*]/u;

/** Where a case of that name goes. Errors: `usage` for a name that cannot be a folder's or is taken. */
export const caseDirectory = (parent: string, name: string): string => {
  const wrong = (message: string): NightjarError =>
    new NightjarError('usage', message, { where: 'name', next: 'Choose another name.' });
  if (REFUSED.test(name) || RESERVED.test(name) || /^\.|[. ]$/u.test(name)) {
    throw wrong('A case cannot have this name: it becomes the name of a folder.');
  }
  const directory = join(parent, name);
  if (existsSync(directory) && !isEmpty(directory)) throw wrong('There is a case or folder of this name already.');
  return directory;
};

const isEmpty = (directory: string): boolean => {
  try {
    return readdirSync(directory).length === 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false; // a file, or one that may not be read: taken
    throw error;
  }
};
