import { event, events, fileWith, HEADER, LOG, type BadInput, type Made } from './bad-input.ts';

const table = (header: string, rows: readonly string[]): string => `${[header, ...rows].join('\n')}\n`;
const wide = (columns: number): string =>
  table(
    [HEADER, ...Array.from({ length: columns }, (_, c) => `n${c}`)].join(','),
    events(60).map((line, i) =>
      [line, ...Array.from({ length: columns }, (_, c) => String((i * 31 + c * 17) % 97))].join(','),
    ),
  );
const entities =
  (content: string, ...options: readonly string[]) =>
  (directory: string): Made => {
    const { args } = fileWith('table.csv', content)(directory);
    return { args: ['--entities', ...args, ...options, '--format', 'json'], bare: true };
  };

/** Tables that can be read and are no use, or need care. */
export const TABLES: readonly BadInput[] = [
  {
    name: 'All records identical',
    make: fileWith(
      'same.csv',
      table(
        HEADER,
        Array.from({ length: 60 }, () => event(1)),
      ),
    ),
    exit: 2,
    says: [
      'nightjar: There is one actor only.',
      '  where: DIR/case',
      '  next:  Nobody can be ranked. Check which column says who acted (--map actor_id=FIELD), or add another log.',
    ],
    kept: [60, 60, 0],
  },
  {
    name: 'One actor only',
    make: fileWith('one.csv', LOG.replaceAll(/secret-user-\d/gu, 'secret-user-1')),
    exit: 2,
    says: [
      'nightjar: There is one actor only.',
      '  where: DIR/case',
      '  next:  Nobody can be ranked. Check which column says who acted (--map actor_id=FIELD), or add another log.',
    ],
    kept: [60, 60, 0],
  },
  {
    name: 'Two actors that do the same',
    make: fileWith(
      'alike.csv',
      table(
        HEADER,
        ['secret-user-1', 'secret-user-2'].map((user) => `2024-01-02T00:00:00Z,${user},view,secret-item,1`),
      ),
    ),
    exit: 2,
    says: [
      'nightjar: All actors behave exactly alike.',
      '  where: DIR/case',
      '  next:  Nobody can be ranked. Check which column says who acted (--map actor_id=FIELD), or add another log.',
    ],
    kept: [2, 2, 0],
  },
  {
    name: 'Two records',
    make: fileWith('two.csv', table(HEADER, events(2))),
    exit: 0,
    says: [
      'warning: Only 0 of 2 actors have at least 3 events: all were compared, and none counts as having enough evidence.',
    ],
    kept: [2, 2, 0],
  },
  {
    name: 'A column of infinities and NaN',
    make: fileWith(
      'infinite.csv',
      table(
        HEADER,
        events(60).map((line, i) => line.replace(/[\d.]+$/u, ['inf', '-inf', 'NaN', '1e999'][i % 4] ?? '')),
      ),
    ),
    exit: 0,
    says: [],
    kept: [60, 60, 0],
  },
  {
    name: 'Numbers with thousands separators and decimal commas, `;` between fields',
    make: fileWith(
      'german.csv',
      table(
        HEADER.replaceAll(',', ';'),
        events(60).map((line, i) => line.replaceAll(',', ';').replace(/[\d.]+$/u, `${i}.${100 + i},5`)),
      ),
    ),
    exit: 0,
    says: [],
    kept: [60, 60, 0],
  },
  {
    name: 'Amounts that are no numbers',
    make: fileWith(
      'words.csv',
      table(
        HEADER,
        events(60).map((line, i) => (i % 12 === 5 ? line.replace(/[\d.]+$/u, 'secret-amount') : line)),
      ),
    ),
    exit: 0,
    says: ['warning: words: 5 of 60 records went to quarantine: amount: not a number (5).'],
    kept: [60, 55, 5],
  },
  {
    name: 'A table of 5,000 columns',
    make: fileWith('wide.csv', wide(5000), '--detectors', 'isolationForest'),
    exit: 0,
    says: [],
    kept: [60, 60, 0],
  },
  {
    name: 'An entity table without a numeric column',
    make: entities(table('id,kind', ['a,red', 'b,blue', 'c,red'])),
    exit: 2,
    says: [
      'nightjar: The table has no numeric column and no category to use.',
      '  where: table.csv',
      '  next:  Check the delimiter and the decimal sign, or whether this is a log (then leave --entities out).',
    ],
  },
  {
    name: 'An entity table with one row',
    make: entities(table('id,x,y', ['a,1,2'])),
    exit: 0,
    says: [
      'warning: Column "y" looks like a label and is not used as a feature.',
      'warning: Only 1 of 1 actors have at least 1 events: all were compared, and none counts as having enough evidence.',
      'warning: Left out, because they do not vary: x.',
      'warning: No detector could tell the actors apart: all rank equal.',
    ],
  },
  {
    name: 'An entity table whose columns never vary',
    make: entities(
      table(
        'id,x,y',
        Array.from({ length: 30 }, (_, i) => `e${i},1,2`),
      ),
    ),
    exit: 0,
    says: [
      'warning: Column "y" looks like a label and is not used as a feature.',
      'warning: Left out, because they do not vary: x.',
      'warning: No detector could tell the actors apart: all rank equal.',
    ],
  },
  {
    name: 'An entity table of infinities and gaps',
    make: entities(
      table(
        'id,x,y',
        Array.from({ length: 30 }, (_, i) => `e${i},${['inf', '', '-inf', String(i)][i % 4]},${i * i}`),
      ),
    ),
    exit: 0,
    says: [
      'warning: 15 infinite values were put just beyond the largest finite ones.',
      'warning: lockstep was left out: it needs 50 actors, there are 30.',
    ],
  },
  {
    name: 'An entity table with words among its numbers',
    make: entities(
      table(
        'id,x',
        Array.from({ length: 60 }, (_, i) => `e${i},${i % 15 === 7 ? 'secret' : (i * 13) % 29}`),
      ),
      '--detectors',
      'isolationForest',
    ),
    exit: 0,
    says: ['warning: 4 values of "x" are no numbers and count as missing.'],
  },
  {
    name: 'An entity table with one id for several rows',
    make: entities(
      table(
        'id,x',
        Array.from({ length: 60 }, (_, i) => `e${i % 50},${(i * 13) % 29}`),
      ),
      '--id',
      'id',
      '--detectors',
      'isolationForest',
    ),
    exit: 0,
    says: ['warning: 10 rows have the id of a row before: each row is ranked by itself.'],
  },
  {
    name: '`--id` names no column',
    make: entities(table('id,x', ['a,1', 'b,2']), '--id', 'nome'),
    exit: 2,
    says: ['nightjar: There is no column "nome".', '  where: table.csv', '  next:  The columns are: id, x.'],
  },
];
