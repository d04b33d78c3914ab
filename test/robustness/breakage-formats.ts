import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { events, fileWith, HEADER, LOG, type BadInput, type Made } from './bad-input.ts';

const names = HEADER.split(',');
const objects = (count: number): Record<string, string>[] =>
  events(count).map((line) => Object.fromEntries(line.split(',').map((value, i) => [names[i] ?? '', value])));
const json = (count: number): string => JSON.stringify(objects(count));
const ndjson = (count: number): string[] => objects(count).map((object) => JSON.stringify(object));

const parquet =
  (change: (bytes: Buffer) => Buffer, log = LOG) =>
  async (directory: string): Promise<Made> => {
    const [csv, file] = [join(directory, 'log.csv'), join(directory, 'log.parquet')];
    writeFileSync(csv, log);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`COPY (FROM read_csv('${csv}')) TO '${file}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`);
    instance.closeSync();
    writeFileSync(file, change(readFileSync(file)));
    return { args: [file] };
  };

const zip = Buffer.from('504b0304140000000800', 'hex');

/** Files that are no table, or a broken one of another kind. */
export const FORMATS: readonly BadInput[] = [
  {
    name: 'A ZIP archive',
    make: fileWith('log.zip', Buffer.concat([zip, Buffer.alloc(200, 7)])),
    exit: 2,
    says: [
      'nightjar: This file is a ZIP archive, which is not read.',
      '  where: log.zip',
      '  next:  Unpack it and give the files inside.',
    ],
  },
  {
    name: 'An Excel workbook',
    make: fileWith('log.xlsx', Buffer.concat([zip, Buffer.from('xl/workbook.xml'), Buffer.alloc(200, 7)])),
    exit: 2,
    says: [
      'nightjar: This file is an Excel workbook, which is not read.',
      '  where: log.xlsx',
      '  next:  Save the sheet as CSV and give that.',
    ],
  },
  {
    name: 'A picture',
    make: fileWith('log.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')),
    exit: 2,
    says: [
      'nightjar: This file is a PNG image, which is not read.',
      '  where: log.png',
      '  next:  Give a log or a table: CSV, JSON, Parquet, or a known log format.',
    ],
  },
  {
    name: 'Random bytes',
    make: fileWith('noise.csv', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * i * 31 + i * 7) % 256))),
    exit: 2,
    says: [
      'nightjar: This file is binary data, which is not read.',
      '  where: noise.csv',
      '  next:  Give a log or a table: CSV, JSON, Parquet, or a known log format.',
    ],
  },
  {
    name: 'A tar archive',
    make: (directory) => {
      writeFileSync(join(directory, 'log.csv'), LOG);
      execFileSync('tar', ['-cf', join(directory, 'log.tar'), '-C', directory, 'log.csv']);
      return { args: [join(directory, 'log.tar')] };
    },
    exit: 2,
    says: [
      'nightjar: This file is a tar archive, which is not read.',
      '  where: log.tar',
      '  next:  Unpack it and give the files inside.',
    ],
  },
  {
    name: 'A JSON array cut short',
    make: fileWith('cut.json', json(60).slice(0, -40)),
    exit: 0,
    says: ['warning: cut: 1 of 60 records went to quarantine: the JSON ends in the middle of a record (1).'],
    kept: [60, 59, 1],
  },
  {
    name: 'Half a JSON object',
    make: fileWith('half.json', '{"time": "2024-01-02T00:00:00Z", "user": "secret-us'),
    exit: 2,
    says: [
      'nightjar: No column says who acted.',
      '  where: half.json',
      '  next:  Give one of the fields the event column actor_id (--map actor_id=FIELD). The fields are: column_1, column_2.',
    ],
  },
  {
    name: 'Broken lines in NDJSON',
    make: fileWith(
      'lines.ndjson',
      `${ndjson(60)
        .map((line, i) => (i % 10 === 4 ? line.slice(0, 30) : line))
        .join('\n')}\n`,
    ),
    exit: 0,
    says: ['warning: lines: 6 of 60 records went to quarantine: not valid JSON (6).'],
    kept: [60, 54, 6],
  },
  {
    name: 'NDJSON with a field that is nested 10,000 deep',
    make: fileWith(
      'nested.ndjson',
      `${ndjson(60)
        .map((line, i) => (i === 7 ? `${line.slice(0, -1)},"more":${'['.repeat(10_000)}${']'.repeat(10_000)}}` : line))
        .join('\n')}\n`,
    ),
    exit: 0,
    says: ['warning: nested: 1 of 60 records went to quarantine: nested more than 500 levels deep (1).'],
    kept: [60, 59, 1],
  },
  {
    name: 'NDJSON whose first line is broken',
    make: fileWith(
      'first.ndjson',
      `${ndjson(60)
        .map((line, i) => (i === 0 ? line.slice(0, 30) : line))
        .join('\n')}\n`,
    ),
    exit: 0,
    says: ['warning: first: 1 of 60 records went to quarantine: not valid JSON (1).'],
    kept: [60, 59, 1],
  },
  {
    name: 'NDJSON with values that are no objects',
    make: fileWith(
      'scalars.ndjson',
      `${ndjson(60)
        .map((line, i) => (i % 10 === 4 ? '42' : line))
        .join('\n')}\n`,
    ),
    exit: 0,
    says: ['warning: scalars: 6 of 60 records went to quarantine: not a JSON object (6).'],
    kept: [60, 54, 6],
  },
  {
    name: 'A JSON scalar',
    make: fileWith('scalar.json', '42'),
    exit: 2,
    says: [
      'nightjar: No column says who acted.',
      '  where: scalar.json',
      '  next:  Give one of the fields the event column actor_id (--map actor_id=FIELD). The fields are: column_1.',
    ],
  },
  {
    name: 'An empty JSON array',
    make: fileWith('none.json', '[]'),
    exit: 2,
    says: [
      'nightjar: No record was found.',
      '  where: none.json',
      '  next:  Give a table with at least one record, or a log of a known kind.',
    ],
  },
  {
    name: 'JSON nested 10,000 deep',
    make: fileWith('deep.json', `${'['.repeat(10_000)}${']'.repeat(10_000)}`),
    exit: 2,
    says: [
      'nightjar: No record was found.',
      '  where: deep.json',
      '  next:  Give a table with at least one record, or a log of a known kind.',
    ],
  },
  {
    name: 'A Parquet file cut short',
    make: parquet((bytes) => bytes.subarray(0, -100)),
    exit: 2,
    says: [
      'nightjar: This Parquet file cannot be read.',
      '  where: log.parquet',
      '  next:  Check that it was copied whole; export it again, or export it as CSV.',
    ],
  },
  {
    name: 'A Parquet file with damage in the middle',
    make: parquet((bytes) => Buffer.concat([bytes.subarray(0, 40), Buffer.alloc(400, 0xaa), bytes.subarray(440)])),
    exit: 2,
    says: [
      'nightjar: This Parquet file cannot be read.',
      '  where: log.parquet',
      '  next:  Check that it was copied whole; export it again, or export it as CSV.',
    ],
  },
  {
    name: 'A Parquet file with damage after thousands of good rows',
    make: parquet(
      (bytes) => bytes.fill(0xaa, Math.floor(bytes.length * 0.7), Math.floor(bytes.length * 0.7) + 4000),
      [HEADER, ...events(40_000)].join('\n'),
    ),
    exit: 2,
    says: [
      'nightjar: This Parquet file cannot be read.',
      '  where: log.parquet',
      '  next:  Check that it was copied whole; export it again, or export it as CSV.',
    ],
  },
  {
    name: 'A log of a kind for which `--preset` is wrong',
    make: fileWith('wrong.log', LOG, '--preset', 'cloudtrail'),
    exit: 2,
    says: [
      'nightjar: This file is no AWS CloudTrail: it looks like csv.',
      '  where: wrong.log',
      '  next:  Leave the preset out, or name the one that fits (--preset).',
    ],
  },
];
