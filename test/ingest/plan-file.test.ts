import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { NightjarError } from '../../core/api/errors.ts';
import { parsePolicy } from '../../core/anonymize/parse-policy.ts';
import { chooseEncode, type EncodeContext } from '../../core/ingest/encode-choice.ts';
import { sampleFile, sniffFile } from '../../core/ingest/file-sample.ts';
import { parseMapOption } from '../../core/ingest/index.ts';
import { planFile, type PlanOptions } from '../../core/ingest/plan-file.ts';
import { readEntities } from '../../core/ingest/read-entities.ts';
import { readTable } from '../../core/ingest/read-table.ts';

const root = mkdtempSync(join(tmpdir(), 'nightjar-plan-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const write = (content: string, name = 'log.csv'): string => {
  const path = join(root, name);
  writeFileSync(path, content);
  return path;
};
const plan = (content: string, options: PlanOptions = {}) => planFile(write(content), 'log.csv', options);
const failure = async (work: () => unknown): Promise<NightjarError> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof NightjarError) return error;
    throw error;
  }
  throw new Error('It should have failed.');
};

const rows = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('');
const LOG = `time,user,action,comment,colour,price\n${rows(60, (i) => `2024-01-02T00:${String(i).padStart(2, '0')}:00Z,user-${i % 9},${i % 2 === 0 ? 'view' : 'buy'},"this is a longer comment number ${i}, is it not?",${i % 3 === 0 ? 'red' : 'blue'},${i}.5`)}`;

describe('a plan', () => {
  test('safe by default: who is a token, texts are features, few values are kept under guard', async () => {
    const { plan: planned, mapping, skip } = await plan(LOG);
    expect(skip).toBe(1);
    expect(mapping).toMatchObject({ ts: 'time', actor_id: 'user', action: 'action', text: 'comment' });
    const encode = Object.fromEntries(planned.columns.map((column) => [column.column, column.encode]));
    expect(encode['actor_id']).toEqual({ kind: 'term', transform: { to: 'token' } });
    expect(encode['text']).toEqual({ kind: 'text' });
    expect(encode['action']).toEqual({ kind: 'term', transform: { to: 'guarded' } });
    expect(planned.columns.filter((column) => column.required).map((column) => column.column)).toEqual([
      'ts',
      'actor_id',
    ]);
    expect(planned.columns.slice(0, 2).map((column) => column.column)).toEqual(['ts', 'actor_id']);
    expect(planned.columns.filter((column) => column.vaulted).map((column) => column.column)).toEqual(['actor_id']);
  });

  test('a mapping and a policy win', async () => {
    const { mapping, plan: planned } = await plan(LOG, {
      map: parseMapOption('actor_id=colour,object_id=user+action'),
      policy: parsePolicy('{"comment": "drop", "price": {"to": "bins", "width": 10}}', 'policy.json'),
    });
    expect(mapping).toMatchObject({ actor_id: 'colour', object_id: 'user+action' });
    expect(mapping).not.toHaveProperty('text');
    expect(planned.columns.find((column) => column.encode.kind === 'number')?.encode).toMatchObject({ binWidth: 10 });
  });

  test.each<[string, PlanOptions, string, RegExp]>([
    ['an unknown field', { map: parseMapOption('actor_id=usr') }, 'usage', /no field "usr"/u],
    ['a policy for nothing', { policy: { nobody: { kind: 'drop' } } }, 'usage', /"nobody"/u],
    ['an open actor', { policy: { user: { kind: 'keep', guarded: false } } }, 'usage', /actor/u],
    ['times that are none', { map: parseMapOption('ts=colour') }, 'input', /times/u],
    ['a wrong preset', { preset: 'zeek' }, 'input', /is no Zeek/u],
    ['a preset that is not there', { preset: 'none' }, 'usage', /no preset/u],
  ])('%s is refused', async (_, options, code, message) => {
    const error = await failure(() => plan(LOG, options));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.next).toMatch(/.\.$|\?$/u);
  });

  test('a field is under the policy of its own name alone, whatever objects inherit', async () => {
    const names = ['constructor', 'toString', '__proto__'];
    const log = `time,user,${names.join(',')}\n${rows(60, (i) => `2024-01-02T00:${String(i).padStart(2, '0')}:00Z,user-${i % 9},mail${i % 20}@example.org,mail${i % 20}@example.org,${i % 2 === 0 ? 'x' : 'y'}`)}`;
    const kinds = async (options: PlanOptions): Promise<readonly string[]> =>
      (await plan(log, options)).plan.columns.map(({ column, encode }) => `${column}: ${encode.kind}`);
    const said = await kinds({});
    expect(said).toContain('b_constructor: bucket');
    expect(await kinds({ policy: parsePolicy('{"user": "pseudonymise"}', 'p') })).toEqual(said);
    expect(await kinds({ policy: parsePolicy('{"__proto__": "drop", "toString": "drop"}', 'p') })).toEqual(
      said.filter((each) => !/proto|to_string/u.test(each)),
    );
    const map = [parseMapOption('actor_id=constructor')].flat();
    expect(await kinds({ map, policy: parsePolicy('{"user": "drop"}', 'p') })).toContain('actor_id: term');
  });

  test('warnings: no time, day and month alike, Latin-1', async () => {
    const bare = await plan(LOG.replace(/^time,/u, 'x,').replaceAll(/^2024[^,]*/gmu, 'n'));
    expect(bare.warnings.join()).toMatch(/No time column/u);
    const either = await plan(`time,user\n${rows(20, (i) => `03/0${(i % 9) + 1}/2024 10:00:00,u${i % 4}`)}`);
    expect(either.warnings.join()).toMatch(/Day and month/u);
    writeFileSync(join(root, 'latin.csv'), Buffer.from(LOG.replaceAll('user-', 'b\xf6b-'), 'latin1'));
    expect((await planFile(join(root, 'latin.csv'), 'latin.csv', {})).warnings.join()).toMatch(/Latin-1/u);
  });
});

describe('how a column is encoded', () => {
  const context: EncodeContext = { column: 'c_x', policy: undefined, time: undefined, decimal: '.', fewValues: true };
  test.each<[string, Partial<EncodeContext>, unknown]>([
    ['few values', {}, { kind: 'term', transform: { to: 'guarded' } }],
    ['many values', { fewValues: false }, { kind: 'term', transform: { to: 'token' } }],
    ['an identity', { column: 'ip' }, { kind: 'term', transform: { to: 'token' } }],
    [
      'a network',
      { column: 'ip', policy: { kind: 'generalise', how: { to: 'network' } } },
      { kind: 'term', transform: { to: 'network' } },
    ],
    ['kept', { column: 'ip', policy: { kind: 'keep', guarded: false } }, { kind: 'term', transform: { to: 'keep' } }],
    ['dropped', { policy: { kind: 'drop' } }, undefined],
    ['features only', { policy: { kind: 'features-only' } }, { kind: 'text' }],
    ['an outcome', { column: 'outcome' }, { kind: 'term', transform: { to: 'outcome' } }],
    ['an amount', { column: 'amount' }, { kind: 'number', decimal: '.', strict: true }],
    ['a measure', { column: 'm_x', decimal: ',' }, { kind: 'number', decimal: ',', strict: false }],
  ])('%s', (_, change, encode) => expect(chooseEncode({ ...context, ...change })).toEqual(encode));
});

describe('a policy file', () => {
  test('names, spellings and details', () => {
    const text =
      '{"columns": {"a": "pseudonymize", "b": {"action": "generalise", "to": "day"}, "c": {"to": "categories", "values": ["x"]}, "d": "features-only", "e": "keep", "ts": "generalize"}}';
    expect(parsePolicy(text, 'p')).toEqual({
      a: { kind: 'pseudonymise' },
      b: { kind: 'generalise', how: { to: 'day' } },
      c: { kind: 'generalise', how: { to: 'categories', values: ['x'] } },
      d: { kind: 'features-only' },
      e: { kind: 'keep', guarded: false },
      ts: { kind: 'generalise', how: { to: 'hour' } },
    });
  });

  test.each([
    '',
    '[',
    '[]',
    '3',
    '{"a": 1}',
    '{"a": "shred"}',
    '{"a": {}}',
    '{"a": {"to": "bins"}}',
    '{"a": {"to": "categories"}}',
    '{"a": {"to": "bins", "width": 0}}',
    '{"a": {"to": "moon"}}',
    '{"__proto__": "shred"}',
    '{"a": {"__proto__": 1}}',
  ])('refused: %s', async (text) => {
    const error = await failure(() => parsePolicy(text, 'p'));
    expect(error.code).toBe('input');
    expect(error.where).toMatch(/^p/u);
  });
});

describe('samples and tables', () => {
  test('the rows of a head, without those that will go to quarantine', async () => {
    const path = write('a,b\n1,2\n3\n4,5\n');
    const sample = await sampleFile(path, 'log.csv', sniffFile(path, 'log.csv'));
    expect(sample).toEqual({
      fields: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['4', '5'],
      ],
      broken: 2,
    });
  });

  test('JSON by path', async () => {
    const path = write('{"a":{"b":1},"c":[2]}\n{"a":{"b":null}}\n', 'log.ndjson');
    const sample = await sampleFile(path, 'log.ndjson', sniffFile(path, 'log.ndjson'));
    expect(sample).toEqual({
      fields: ['a.b', 'c'],
      rows: [
        ['1', '[2]'],
        ['', ''],
      ],
    });
  });

  test('a small table as text', async () => {
    const path = write('actor,label\nkim,1\n"lee, jr",0\n', 'labels.csv');
    expect(await readTable(path, 'labels.csv')).toEqual({
      header: ['actor', 'label'],
      rows: [
        ['kim', '1'],
        ['lee, jr', '0'],
      ],
    });
  });

  test('a table of entities: numbers are features, the id a pseudonym, gaps are missing', async () => {
    const path = write('id,x,kind,z\na,1,red,\nb,2.5,blue,-3\nc,inf,red,4\nbroken\n', 'entities.csv');
    const {
      table,
      rows: read,
      quarantined,
      warnings,
    } = await readEntities(path, { key: new Uint8Array(32), threads: 1 }, {});
    expect([read, quarantined]).toEqual([4, 1]);
    expect(table.names).toEqual(['x', 'z']);
    expect(table.columns).toEqual([Float64Array.of(1, 2.5, Infinity), Float64Array.of(Number.NaN, -3, 4)]);
    expect(new Set(table.actors).size).toBe(3);
    expect(table.actors.join()).not.toMatch(/\b[abc]\b/u);
    expect(warnings.join()).toMatch(/"kind" is not numeric/u);
  });

  describe('categories of a table of entities', () => {
    const read = (rows: readonly string[], key = new Uint8Array(32)) =>
      readEntities(write(`id,x,kind\n${rows.join('\n')}\n`, 'kinds.csv'), { key, threads: 2 }, {});
    const kinds = ['red', 'blue', 'red', '', 'red', 'blue', 'green', 'red'];
    const rows = kinds.map((kind, i) => `a${i},${i},${kind}`);

    test('a text of few values is a category: numbers by frequency, the same under every key, and no text', async () => {
      const { table, identities, warnings } = await read(rows);
      expect(table.names).toEqual(['x', 'kind']);
      expect(table.levels).toEqual([0, 3]);
      expect(table.columns[1]).toEqual(Float64Array.of(0, 1, 0, Number.NaN, 0, 1, 2, 0));
      expect(warnings).toEqual([]);
      const other = await read(rows, new Uint8Array(32).fill(7));
      expect(other.table.columns).toEqual(table.columns);
      // Ids alone are for the vault.
      expect(new Set(identities.map(([, column]) => column))).toEqual(new Set(['actor_id']));
      expect(JSON.stringify([table, identities])).not.toMatch(/red|blue|green/u);
    });

    test('one that has many values further down is left out, and said to be', async () => {
      const late = Array.from({ length: 6000 }, (_, i) => `b${i},1,${i < 3000 ? 'red' : `k${i}`}`);
      const { table, warnings } = await read([...rows, ...late]);
      expect(table.names).toEqual(['x']);
      expect(table.levels).toBeUndefined();
      expect(warnings).toEqual(['Column "kind" is not numeric and is not used.']);
    });
  });
});
