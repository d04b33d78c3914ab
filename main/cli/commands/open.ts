import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ROLES } from '../../../core/api/roles.ts';
import { NightjarError } from '../../../core/index.ts';
import { oneOf, usageError, type Command } from '../command.ts';
import { plain } from '../terminal.ts';

export const open: Command = {
  name: 'open',
  usage: 'nightjar open [CASE | --sample] [--role reviewer] [--browser] [--no-launch]',
  sentence: 'Open the app: in a window, or in the browser where there is no desktop runtime or display.',
  help: `  CASE                   the case directory to open; without one, the app starts with its list of cases
  --sample               the sample case; made the first time
  --role ROLE            investigator (default), or reviewer: no view of any single actor
  --browser              in the browser, from this machine's loopback address
  --no-launch            serve it and print the address; open nothing

It runs until the window is closed, or until Ctrl-C. In the browser, the printed address holds a token: whoever has it has
the case. The first start of a checkout may fetch the desktop runtime; Nightjar itself connects to nothing.`,
  options: {
    sample: { type: 'boolean' },
    role: { type: 'string' },
    browser: { type: 'boolean' },
    'no-launch': { type: 'boolean' },
  },
  isOpenEnded: true,
  run: async (values, positionals, terminal) => {
    const [directory] = positionals;
    if (positionals.length > 1) throw usageError('open takes one case.', 'Name one case directory.');
    if (directory !== undefined && values['sample'] === true) {
      throw usageError('--sample takes the place of a case.', 'Name one or the other.');
    }
    const sample = values['sample'] === true ? ({ kind: 'sample' } as const) : null;
    const first = directory === undefined ? sample : ({ kind: 'case', directory: caseDirectory(directory) } as const);
    const { openApp } = await import('../../app/open-app.ts'); // other commands do without what it loads
    return openApp({
      first,
      role: oneOf(values, 'role', ROLES) ?? 'investigator',
      browser: values['browser'] === true,
      launch: values['no-launch'] !== true,
      signal: terminal.watch.signal,
      out: (line) => void process.stdout.write(`${plain(line)}\n`),
    });
  },
};

const caseDirectory = (path: string): string => {
  const directory = resolve(path);
  if (existsSync(directory) && statSync(directory).isDirectory() && existsSync(join(directory, 'case.json'))) {
    return directory;
  }
  throw new NightjarError('input', 'This is no case.', {
    where: path,
    next: 'Name a case directory; `nightjar detect FILE --case DIR` makes one.',
  });
};
