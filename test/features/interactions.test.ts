import { describe, expect, it } from 'vitest';
import { readInteractions } from '../../core/features/index.ts';
import { connect, createEvents, type Row } from './events.ts';

const read = async (columns: string, rows: readonly Row[], actors: readonly string[], mostEvents?: number) => {
  const connection = await connect();
  try {
    const available = await createEvents(connection, columns, rows);
    const result = await readInteractions(
      connection,
      actors,
      mostEvents === undefined ? { available } : { available, mostEvents },
    );
    const { rowCount } = await connection.run("SELECT 1 FROM duckdb_tables() WHERE table_name LIKE 'interaction%'");
    return { ...result, tablesLeft: rowCount };
  } finally {
    connection.closeSync();
  }
};

const EVENTS: readonly Row[] = [
  ['ann', 'y', '1970-01-01 00:00:03.5'],
  ['bob', 'x', '1970-01-01 00:00:01'],
  ['ann', 'x', '1970-01-01 00:00:01'],
  ['cid', 'x', '1970-01-01 00:00:02'],
  ['ann', null, '1970-01-01 00:00:02'],
  ['ann', 'x', null],
  ['bob', 'x', '1970-01-01 00:01:00'],
];

describe('readInteractions', () => {
  it('gives events of the asked actors in order of time, with their rows and numbered objects', async () => {
    const { interactions, warnings, tablesLeft } = await read('actor_id object_id ts', EVENTS, ['bob', 'ann']);
    expect(warnings).toEqual([]);
    expect(interactions?.objectCount).toBe(2);
    expect([...(interactions?.actors ?? [])]).toEqual([0, 1, 1, 0]);
    expect([...(interactions?.objects ?? [])]).toEqual([0, 0, 1, 0]);
    expect([...(interactions?.seconds ?? [])]).toEqual([1, 1, 3.5, 60]);
    expect(tablesLeft).toBe(0);
  });

  it('numbers objects by their first event in the input, whatever they are called', async () => {
    const events = (x: string, y: string): Row[] => [
      ['ann', y, '1970-01-01 00:00:03', 1],
      ['bob', x, '1970-01-01 00:00:01', 2],
      ['bob', y, '1970-01-01 00:00:01', 3],
    ];
    for (const [x, y] of [
      ['x', 'y'],
      ['y', 'x'],
    ] as const) {
      const { interactions } = await read('actor_id object_id ts seq', events(x, y), ['bob', 'ann']);
      expect([...(interactions?.objects ?? [])]).toEqual([0, 1, 0]);
      expect([...(interactions?.actors ?? [])]).toEqual([0, 0, 1]);
    }
  });

  it('leaves out the busiest objects first, and says so', async () => {
    const { interactions, warnings } = await read('actor_id object_id ts', EVENTS, ['bob', 'ann'], 2);
    expect([...(interactions?.objects ?? [])]).toEqual([0]);
    expect([...(interactions?.seconds ?? [])]).toEqual([3.5]);
    expect(warnings).toEqual([expect.stringContaining('the 1 busiest objects')]);
  });

  it('is undefined without objects, without times, or without any event that has both', async () => {
    const rows: readonly Row[] = [['ann', 'x']];
    expect((await read('actor_id object_id', rows, ['ann'])).interactions).toBeUndefined();
    expect((await read('actor_id ts', [['ann', '1970-01-01']], ['ann'])).interactions).toBeUndefined();
    expect((await read('actor_id object_id ts', EVENTS, ['zoe'])).interactions).toBeUndefined();
  });
});
