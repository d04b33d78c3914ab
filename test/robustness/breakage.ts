import { event, events, fileWith, HEADER, LOG, type BadInput } from './bad-input.ts';

const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;
const TEN_MB = 10 << 20;

/** Tables that are damaged or oddly written. */
export const BREAKAGE: readonly BadInput[] = [
  {
    name: 'An empty file',
    make: fileWith('empty.csv', ''),
    exit: 2,
    says: ['nightjar: This file is empty.', '  where: empty.csv', '  next:  Give a file with at least one record.'],
  },
  {
    name: 'Blank lines only',
    make: fileWith('blank.csv', '\n\n  \n'),
    exit: 2,
    says: ['nightjar: This file is empty.', '  where: blank.csv', '  next:  Give a file with at least one record.'],
  },
  {
    name: 'A header and no records',
    make: fileWith('header.csv', `${HEADER}\n`),
    exit: 2,
    says: [
      'nightjar: There is no record below the header.',
      '  where: header.csv',
      '  next:  Give a table with at least one record, or a log of a known kind.',
    ],
  },
  {
    name: 'A delimiter that is not known (`^`)',
    make: fileWith('caret.csv', LOG.replaceAll(',', '^')),
    exit: 2,
    says: [
      'nightjar: No column says who acted.',
      '  where: caret.csv',
      '  next:  Give one of the fields the event column actor_id (--map actor_id=FIELD). The fields are: column_1.',
    ],
  },
  {
    name: 'The last line cut in half',
    make: fileWith('half.csv', LOG.slice(0, -50)),
    exit: 0,
    says: ['warning: half: 1 of 60 records went to quarantine: 1 field instead of 5 (1).'],
    kept: [60, 59, 1],
  },
  {
    name: 'A NUL byte in one field',
    make: fileWith('nul.csv', lines(HEADER, ...events(30), event(30).replace('user', 'us\0er'), ...events(60, 31))),
    exit: 0,
    says: ['warning: nul: 1 of 60 records went to quarantine: actor_id: holds a NUL byte (1).'],
    kept: [60, 59, 1],
  },
  {
    name: 'NUL bytes everywhere',
    make: fileWith('zeros.csv', Buffer.alloc(5000)),
    exit: 2,
    says: [
      'nightjar: This file is binary data, which is not read.',
      '  where: zeros.csv',
      '  next:  Give a log or a table: CSV, JSON, Parquet, or a known log format.',
    ],
  },
  {
    name: 'A line of 10 MB',
    make: fileWith('long.csv', lines(HEADER, ...events(30), 'x'.repeat(TEN_MB), ...events(60, 30))),
    exit: 0,
    says: ['warning: long: 1 of 61 records went to quarantine: longer than 4194304 bytes (1).'],
    kept: [61, 60, 1],
  },
  {
    name: 'A quoted field of 10 MB',
    make: fileWith(
      'field.csv',
      lines(
        HEADER,
        ...events(30),
        event(30).replace(/secret-item-\d+/u, `"${'y '.repeat(TEN_MB / 2)}"`),
        ...events(60, 31),
      ),
    ),
    exit: 0,
    says: ['warning: field: 1 of 60 records went to quarantine: longer than 4194304 bytes (1).'],
    kept: [60, 59, 1],
  },
  {
    name: 'A quote that is opened early and never closed',
    make: fileWith(
      'quote.csv',
      lines(
        HEADER,
        ...events(5),
        event(5).replace(',view', ',"view').replace(',like', ',"like').replace(',buy', ',"buy'),
        ...events(60, 6),
      ),
    ),
    exit: 0,
    says: ['warning: quote: 1 of 60 records went to quarantine: quote never closed (1).'],
    kept: [60, 59, 1],
  },
  {
    name: 'Stray quotes in the middle of fields',
    make: fileWith(
      'stray.csv',
      lines(HEADER, ...events(30).map((line) => line.replace('secret-item', 'secret"item')), ...events(60, 30)),
    ),
    exit: 0,
    says: [],
    kept: [60, 60, 0],
  },
  {
    name: 'The same name for two columns',
    make: fileWith('twins.csv', LOG.replace('item', 'user')),
    exit: 2,
    says: [
      'nightjar: The header has the same name for several columns: "user" (columns 2 and 4).',
      '  where: twins.csv',
      '  next:  Give each column a name of its own in the first line.',
    ],
  },
  {
    name: 'Records with too few and too many fields',
    make: fileWith(
      'ragged.csv',
      lines(
        HEADER,
        ...events(60).map((line, i) => (i % 20 === 3 ? `${line},more` : i % 20 === 7 ? 'few,fields' : line)),
      ),
    ),
    exit: 0,
    says: [
      'warning: ragged: 6 of 60 records went to quarantine: 2 fields instead of 5 (3), 6 fields instead of 5 (3).',
    ],
    kept: [60, 54, 6],
  },
  {
    name: 'Times of several zones, and some without one',
    make: fileWith(
      'zones.csv',
      lines(HEADER, ...events(60).map((line, i) => line.replace('.000Z', ['Z', '+02:00', '-0530', ''][i % 4] ?? ''))),
    ),
    exit: 0,
    says: [
      'warning: zones: Some times of "time" carry a zone and some do not; those without are read as UTC, or in the zone that is set (--time-zone).',
    ],
    kept: [60, 60, 0],
  },
  {
    name: 'Some times that cannot be read',
    make: fileWith(
      'times.csv',
      lines(HEADER, ...events(60).map((line, i) => (i % 12 === 5 ? line.replace('2024-01-02', '2024-13-45') : line))),
    ),
    exit: 0,
    says: ['warning: times: 5 of 60 records went to quarantine: ts: time not understood (5).'],
    kept: [60, 55, 5],
  },
  {
    name: 'A column mapped to `ts` that holds no times',
    make: fileWith('notimes.csv', LOG, '--map', 'ts=action'),
    exit: 2,
    says: [
      'nightjar: The times in this column are in no format that is read.',
      '  where: notimes.csv: action',
      '  next:  Map another column to ts, or write the times as ISO 8601, epoch seconds or day numbers.',
    ],
  },
  {
    name: 'No time column',
    make: fileWith('timeless.csv', lines(...[HEADER, ...events(60)].map((line) => line.slice(line.indexOf(',') + 1)))),
    exit: 0,
    says: [
      'warning: timeless: No time column was found: features of time are left out. If there is one, give it the event column ts (--map ts=FIELD).',
    ],
    kept: [60, 60, 0],
  },
  {
    name: 'No column that says who acted',
    make: fileWith(
      'nobody.csv',
      lines(
        'time,kind,amount',
        ...events(60).map((line, i) => `${line.split(',')[0]},${i % 3 === 0 ? 'red' : 'blue'},${i}.5`),
      ),
    ),
    exit: 2,
    says: [
      'nightjar: No column says who acted.',
      '  where: nobody.csv',
      '  next:  Give one of the fields the event column actor_id (--map actor_id=FIELD). The fields are: time, kind, amount.',
    ],
  },
  {
    name: 'Quotes that are never closed, in a table of one column',
    make: fileWith('single.csv', `"secret-user-1\n${'secret-user-2\n'.repeat(20)}`),
    exit: 2,
    says: [
      'nightjar: No column says who acted.',
      '  where: single.csv',
      '  next:  Give one of the fields the event column actor_id (--map actor_id=FIELD). The fields are: column_1.',
    ],
  },
];
