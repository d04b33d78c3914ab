import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCase } from '../../core/index.ts';
import { fileWith, HEADER, events, LOG, type BadInput, type Made } from './bad-input.ts';

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

const log = (directory: string): string => {
  writeFileSync(join(directory, 'log.csv'), LOG);
  return join(directory, 'log.csv');
};
const placed = (directory: string): { readonly file: string; readonly place: string } => ({
  file: log(directory),
  place: join(directory, 'mine'),
});
const BASE = ['--no-vault', '--format', 'json', '--threads', '1', '--detectors', 'isolationForest'];
const into = (file: string, place: string): Made => ({
  args: [file, '--case', place, ...BASE],
  bare: true,
  caseDirectory: place,
});
const changeManifest = (place: string, change: (manifest: Record<string, unknown>) => unknown): void => {
  const path = join(place, 'case.json');
  const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof manifest !== 'object' || manifest === null) throw new TypeError('No manifest.');
  writeFileSync(path, JSON.stringify(change({ ...manifest })));
};

/** What is wrong with where things lie. */
export const PLACES: readonly BadInput[] = [
  {
    name: 'A file that is not there',
    make: (directory) => ({ args: [join(directory, 'missing.csv')] }),
    exit: 2,
    says: ['nightjar: There is no such file.', '  where: DIR/missing.csv', '  next:  Check the path.'],
  },
  {
    name: 'A folder without files',
    make: (directory) => {
      mkdirSync(join(directory, 'folder'));
      return { args: [join(directory, 'folder')] };
    },
    exit: 2,
    says: ['nightjar: The folder holds no files.', '  where: DIR/folder', '  next:  Name a folder with logs.'],
  },
  {
    name: 'A folder with a log and a picture',
    make: (directory) => {
      const folder = join(directory, 'folder');
      mkdirSync(folder);
      log(folder);
      fileWith('picture.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))(folder);
      return { args: [folder] };
    },
    exit: 2,
    says: [
      'nightjar: This file is a PNG image, which is not read.',
      '  where: picture.png',
      '  next:  Give a log or a table: CSV, JSON, Parquet, or a known log format.',
    ],
  },
  {
    name: 'A link that leads nowhere',
    make: (directory) => {
      symlinkSync(join(directory, 'gone.csv'), join(directory, 'link.csv'));
      return { args: [join(directory, 'link.csv')] };
    },
    exit: 2,
    says: ['nightjar: There is no such file.', '  where: DIR/link.csv', '  next:  Check the path.'],
  },
  {
    name: 'A pipe',
    make: (directory) => {
      if (process.platform === 'win32') return undefined;
      execFileSync('mkfifo', [join(directory, 'pipe')]);
      return { args: [join(directory, 'pipe')] };
    },
    exit: 2,
    says: [
      'nightjar: This is neither a file nor a folder.',
      '  where: DIR/pipe',
      '  next:  A file is read twice: write the stream to one first.',
    ],
  },
  {
    name: 'A folder whose log is a link',
    make: (directory) => {
      const folder = join(directory, 'folder');
      mkdirSync(folder);
      symlinkSync(log(directory), join(folder, 'link.csv'));
      symlinkSync(join(directory, 'gone.csv'), join(folder, 'gone.csv'));
      return { args: [folder] };
    },
    exit: 0,
    says: [],
    kept: [60, 60, 0],
  },
  {
    name: 'A file that may not be read',
    make: (directory) => {
      if (process.platform === 'win32') return undefined;
      chmodSync(log(directory), 0);
      chmodSync(directory, 0o777);
      // Root may read everything, so the command runs as nobody.
      return { args: [join(directory, 'log.csv')], around: isRoot ? { uid: NOBODY } : {} };
    },
    exit: 2,
    says: ['nightjar: The file cannot be opened.', '  where: log.csv', '  next:  Check the path and its permissions.'],
  },
  {
    name: 'A file with an escape sequence in its name',
    make: fileWith('\u001b[31mred\u001b[0m.csv', LOG.slice(0, -50)),
    exit: 0,
    says: ['warning: \\x1b[31mred\\x1b[0m: 1 of 60 records went to quarantine: 1 field instead of 5 (1).'],
    kept: [60, 59, 1],
  },
  {
    name: '`--case` names a directory that holds something else',
    make: (directory) => {
      const { file, place } = placed(directory);
      mkdirSync(place);
      writeFileSync(join(place, 'letter.txt'), 'mine');
      return into(file, place);
    },
    exit: 2,
    says: [
      'nightjar: This is not a case: it has no case.json.',
      '  where: DIR/mine',
      '  next:  Name the directory of a case, or make a new case there.',
    ],
  },
  {
    name: '`--case` names a link that leads nowhere',
    make: (directory) => {
      const { file, place } = placed(directory);
      symlinkSync(join(directory, 'gone'), place);
      return { args: [file, '--case', place, ...BASE], bare: true };
    },
    exit: 2,
    says: [
      'nightjar: There is no such place.',
      '  where: DIR/mine',
      '  next:  Check the path: part of it is missing, or a link that leads nowhere.',
    ],
  },
  {
    name: '`--case` names no case, and there is no file to import',
    make: (directory) => ({ args: ['--case', join(directory, 'mine'), '--format', 'json'], bare: true }),
    exit: 2,
    says: [
      'nightjar: This is not a case: it has no case.json.',
      '  where: DIR/mine',
      '  next:  Name the directory of a case, or make a new case there.',
    ],
  },
  {
    name: '`--case` names a file',
    make: (directory) => {
      const { file } = placed(directory);
      return into(file, file);
    },
    exit: 2,
    says: [
      'nightjar: A file is where a directory should be.',
      '  where: DIR/log.csv',
      '  next:  Choose another directory.',
    ],
  },
  {
    name: 'A case that another process has open',
    make: async (directory) => {
      const { file, place } = placed(directory);
      const held = await createCase(place, { sealing: 'none', program: 'another program' });
      return { ...into(file, place), after: () => held.close() };
    },
    exit: 1,
    says: [
      'nightjar: The case is open in another program, process …, since ….',
      '  where: DIR/mine/lock',
      '  next:  Close it there first.',
    ],
  },
  {
    name: 'A case of a newer version',
    make: async (directory) => {
      const { file, place } = placed(directory);
      await (await createCase(place, { sealing: 'none' })).close();
      changeManifest(place, (manifest) => ({ ...manifest, schemaVersion: 999 }));
      return {
        ...into(file, place),
        after: () => changeManifest(place, (manifest) => ({ ...manifest, schemaVersion: 2 })),
      };
    },
    exit: 1,
    says: [
      'nightjar: The case has schema version 999; this version knows 5.',
      '  where: DIR/mine',
      '  next:  Open it with a newer Nightjar.',
    ],
  },
  {
    name: 'A case whose database is overwritten',
    make: async (directory) => {
      const { file, place } = placed(directory);
      await (await createCase(place, { sealing: 'none' })).close();
      const path = join(place, 'data.duckdb');
      const whole = readFileSync(path);
      writeFileSync(path, 'not a database'.repeat(1000));
      return { ...into(file, place), after: () => writeFileSync(path, whole) };
    },
    exit: 1,
    says: [
      'nightjar: The database file is damaged.',
      '  where: DIR/mine/data.duckdb',
      '  next:  Put the case back from a backup.',
    ],
  },
  {
    name: 'A case without events and no file to import',
    make: async (directory) => {
      const place = join(directory, 'mine');
      await (await createCase(place, { sealing: 'none' })).close();
      return { args: ['--case', place, '--format', 'json'], bare: true, caseDirectory: place };
    },
    exit: 2,
    says: ['nightjar: The case holds no events.', '  where: DIR/mine', '  next:  Name a log to import.'],
  },
  {
    name: 'A second import into a case without a vault',
    make: async (directory) => {
      const { file, place } = placed(directory);
      await (await createCase(place, { sealing: 'none' })).close();
      return into(file, place);
    },
    exit: 1,
    says: [
      'nightjar: The pseudonym key of this case was never kept.',
      '  where: vault.sealed',
      '  next:  Import all files at once into a new case: this one takes no further imports.',
    ],
  },
  {
    name: 'A disk that fills up',
    make: (directory) => {
      if (process.platform === 'win32') return undefined;
      const file = join(directory, 'big.csv');
      writeFileSync(file, `${[HEADER, ...events(60_000)].join('\n')}\n`);
      const place = join(directory, 'mine');
      // In blocks of 1024 bytes; the limit on file sizes stands for a full disk, for which one must be root.
      return { ...into(file, place), around: { shell: (command) => `trap '' XFSZ; ulimit -f 1500; exec ${command}` } };
    },
    exit: 1,
    says: [
      'nightjar: The disk is full.',
      '  where: data.duckdb',
      '  next:  Free some space on that disk and run it again.',
    ],
  },
  {
    name: 'A disk that is full from the start (as root)',
    make: (directory) => {
      if (!isRoot || process.platform !== 'linux') return undefined;
      const disk = join(directory, 'disk');
      mkdirSync(disk);
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20k', 'tmpfs', disk], { stdio: 'ignore' });
      } catch {
        return undefined; // a container that may not mount
      }
      const after = (): void => void execFileSync('umount', ['-l', disk]);
      return { ...into(log(directory), join(disk, 'mine')), after };
    },
    exit: 1,
    says: [
      'nightjar: The disk is full.',
      '  where: data.duckdb',
      '  next:  Free some space on that disk and run it again.',
    ],
  },
];
