import { gzipSync } from 'node:zlib';
import { event, events, fileWith, HEADER, LOG, type BadInput } from './bad-input.ts';

const LATIN = [HEADER, ...events(60).map((line) => line.replace('secret-user', 'sécret-üser'))].join('\n');
const utf16 = (text: string, big: boolean): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return big ? bytes.swap16() : bytes;
};
const brokenUtf8 = (user: string): Buffer =>
  Buffer.concat(
    [HEADER, ...events(60)].map((line, i) => {
      const bytes = Buffer.from(`${line.replace('secret-user', `secret-${user}`)}\n`);
      if (i % 20 === 9) bytes[bytes.indexOf('secret-') + 2] = 0xff;
      return bytes;
    }),
  );
const late = (): Buffer =>
  Buffer.concat([
    Buffer.from(`${[HEADER, ...events(6000)].join('\n')}\n`),
    Buffer.from(`${event(6000).replace('secret-user', 'sécret')}\n`, 'latin1'),
  ]);

/** How text is stored. */
export const ENCODINGS: readonly BadInput[] = [
  {
    name: 'ASCII with some bytes beyond it',
    make: fileWith('damaged.csv', brokenUtf8('user')),
    exit: 0,
    says: ['warning: damaged: The file is not UTF-8; it is read as Latin-1 (Windows-1252).'],
    kept: [60, 60, 0],
  },
  {
    name: 'UTF-8 beyond ASCII, damaged in some records',
    make: fileWith('broken.csv', brokenUtf8('\u00fcser')),
    exit: 0,
    says: ['warning: broken: 3 of 60 records went to quarantine: actor_id: not valid UTF-8 (3).'],
    kept: [60, 57, 3],
  },
  {
    name: 'UTF-8 with one record far down that is not',
    make: fileWith('late.csv', late()),
    exit: 0,
    says: ['warning: late: 1 of 6001 records went to quarantine: actor_id: not valid UTF-8 (1).'],
    kept: [6001, 6000, 1],
  },
  {
    name: 'UTF-16 with a byte-order mark',
    make: fileWith('utf16.csv', utf16(`\ufeff${LOG}`, false)),
    exit: 0,
    says: [],
    kept: [60, 60, 0],
  },
  {
    name: 'UTF-16, big end first, without a mark',
    make: fileWith('utf16be.csv', utf16(LOG, true)),
    exit: 0,
    says: [],
    kept: [60, 60, 0],
  },
  {
    name: 'UTF-16 cut in the middle of a character',
    make: fileWith('utf16cut.csv', utf16(`\ufeff${LOG}`, false).subarray(0, -31)),
    exit: 0,
    says: ['warning: utf16cut: 1 of 60 records went to quarantine: 4 fields instead of 5 (1).'],
    kept: [60, 59, 1],
  },
  {
    name: 'Latin-1',
    make: fileWith('latin.csv', Buffer.from(LATIN, 'latin1')),
    exit: 0,
    says: ['warning: latin: The file is not UTF-8; it is read as Latin-1 (Windows-1252).'],
    kept: [60, 60, 0],
  },
  {
    name: 'UTF-8 with a byte-order mark',
    make: fileWith('bom.csv', `\ufeff${LOG}`),
    exit: 0,
    says: [],
    kept: [60, 60, 0],
  },
  {
    name: 'Windows line ends',
    make: fileWith('crlf.csv', LOG.replaceAll('\n', '\r\n')),
    exit: 0,
    says: [],
    kept: [60, 60, 0],
  },
  {
    name: 'Line ends of old Macs (CR only)',
    make: fileWith('cr.csv', LOG.replaceAll('\n', '\r')),
    exit: 0,
    says: [],
    kept: [60, 60, 0],
  },
  {
    name: 'Line ends of old Macs at first, and others later',
    make: fileWith('mixed.csv', LOG.slice(0, 1000).replaceAll('\n', '\r') + LOG.slice(1000)),
    exit: 2,
    says: [
      'nightjar: The first lines end in CR alone, and later ones do not.',
      '  where: mixed.csv',
      '  next:  Write the file with one kind of line ends.',
    ],
  },
  {
    name: 'A gzip file cut short',
    make: fileWith('cut.csv.gz', gzipSync(LOG.repeat(50)).subarray(0, -200)),
    exit: 2,
    says: [
      'nightjar: The gzip file ends in the middle; nothing was stored.',
      '  where: cut.csv.gz',
      '  next:  Copy the file again, or keep what can be read with `gzip -dc FILE > part.csv` and import that.',
    ],
  },
  {
    name: 'A gzip file with a damaged byte',
    make: (directory) => {
      const bytes = gzipSync([HEADER, ...events(40_000)].join('\n'));
      bytes[Math.floor(bytes.length * 0.9)] = (bytes[Math.floor(bytes.length * 0.9)] ?? 0) ^ 0xff;
      return fileWith('damaged.csv.gz', bytes)(directory);
    },
    exit: 2,
    says: [
      'nightjar: The gzip file is damaged; nothing was stored.',
      '  where: damaged.csv.gz',
      '  next:  Copy the file again, or keep what can be read with `gzip -dc FILE > part.csv` and import that.',
    ],
  },
  {
    name: 'A gzip file with something else behind its end',
    make: fileWith('tail.csv.gz', Buffer.concat([gzipSync(LOG), Buffer.from('garbage')])),
    exit: 2,
    says: [
      'nightjar: This gzip file is damaged.',
      '  where: tail.csv.gz',
      '  next:  Fetch it again, or check it with gzip -t.',
    ],
  },
  {
    name: 'gzip within gzip',
    make: fileWith('twice.csv.gz', gzipSync(gzipSync(LOG))),
    exit: 2,
    says: [
      'nightjar: This file is compressed twice, which is not read.',
      '  where: twice.csv.gz',
      '  next:  Decompress it once and give that.',
    ],
  },
  {
    name: 'A plain file named `.gz`',
    make: fileWith('plain.csv.gz', LOG),
    exit: 0,
    says: [],
    kept: [60, 60, 0],
  },
];
