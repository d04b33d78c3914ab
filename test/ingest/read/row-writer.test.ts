import { describe, expect, test } from 'vitest';
import { VECTOR_SIZE } from '../../../core/ingest/encode/index.ts';
import type { ColumnPlan, EncodedColumn, ReadPlan } from '../../../core/ingest/plan.ts';
import { createBlockParser } from '../../../core/ingest/read/block-parser.ts';
import { utc } from '../../../core/ingest/time/index.ts';
import { KEY, micros, numbers, strings } from './support.ts';

const column = (name: string, field: number, encode: ColumnPlan['encode'], required = false): ColumnPlan => ({
  column: name,
  fields: [field],
  encode,
  required,
  vaulted: false,
});

const plan: ReadPlan = {
  format: { kind: 'csv', delimiter: ',', quote: '"', fields: 5 },
  columns: [
    column('ts', 0, { kind: 'time', format: utc('iso') }, true),
    column('actor_id', 1, { kind: 'term', transform: { to: 'keep' } }, true),
    column('m_size', 2, { kind: 'number', decimal: '.', strict: false }),
    column('amount', 3, { kind: 'number', decimal: '.', strict: true }),
    column('text', 4, { kind: 'text' }),
  ],
};

/** A line of every kind, in turn; `good` ones are stored. */
const line = (i: number): { readonly text: string; readonly reason: string | null } => {
  const at = new Date(Date.UTC(2024, 0, 1) + i * 1000).toISOString();
  switch (i % 7) {
    case 1:
      return { text: `soon,kim${i},1,1,`, reason: 'time not understood' };
    case 2:
      return { text: `${at},,1,1,`, reason: 'no actor' };
    case 3:
      return { text: `${at},kim${i},none of it,many,`, reason: 'not a number' };
    case 4:
      return { text: `${at},kim${i}`, reason: '2 fields instead of 5' };
    case 5:
      return { text: `${at},kim${i} of more than twelve bytes,odd,,`, reason: null };
    default:
      return { text: `${at},kim${i},${i},${i / 2},HELLO ${i}`, reason: null };
  }
};

const LINES = 3 * VECTOR_SIZE;
const all = Array.from({ length: LINES }, (_, i) => line(i));
const good = all.flatMap(({ reason }, i) => (reason === null ? [i] : []));
const bytes = (): Uint8Array => Buffer.from(all.map(({ text }) => text).join('\n'));
const blockOf = (index: number) => ({ index, bytes: bytes(), skip: 0 });

describe('rows that columns refuse', () => {
  const parse = createBlockParser(plan, KEY);
  const block = parse(blockOf(0));
  const of = (name: string): EncodedColumn => {
    const found = block.columns.find((each) => each.column === name);
    if (found === undefined) throw new Error(`No column ${name}.`);
    return found;
  };

  test('are in quarantine in their order; the others move up in every column', () => {
    expect(block.rejections.map(({ line: at, reason }) => ({ at, reason }))).toEqual(
      all.flatMap(({ reason }, at) => (reason === null ? [] : [{ at, reason }])),
    );
    expect(block.records).toBe(LINES);
    expect(block.rows).toBe(good.length);
    expect(micros(of('ts'), block.rows)).toEqual(good.map((i) => (Date.UTC(2024, 0, 1) + i * 1000) * 1000));
    expect(strings(of('actor_id'), block.rows)).toEqual(
      good.map((i) => (i % 7 === 5 ? `kim${i} of more than twelve bytes` : `kim${i}`)),
    );
    expect(numbers(of('amount'), block.rows)).toEqual(good.map((i) => (i % 7 === 5 ? null : i / 2)));
    expect(numbers(of('text_length'), block.rows)).toEqual(
      good.map((i) => (i % 7 === 5 ? null : 6 + String(i).length)),
    );
  });

  test('the first column that refuses a row is told', () => {
    expect(new Set(block.rejections.map(({ column: name, reason }) => `${name}: ${reason}`))).toEqual(
      new Set(['ts: time not understood', 'actor_id: no actor', 'amount: not a number', 'null: 2 fields instead of 5']),
    );
  });

  test('values that are no numbers are counted for stored rows', () => {
    expect(block.nulledNumbers).toEqual({ m_size: good.filter((i) => i % 7 === 5).length });
  });

  test('memory that was used before makes no difference', () => {
    const dirty = block.columns.map(({ data }) => {
      const memory = new SharedArrayBuffer(data.byteLength * 2);
      new Uint8Array(memory).fill(0xee);
      return memory;
    });
    const again = createBlockParser(plan, KEY);
    again(blockOf(0));
    const second = again(blockOf(1), dirty);
    expect(dirty.length).toBeGreaterThan(0);
    const first = createBlockParser(plan, KEY)(blockOf(1));
    const bytesOf = ({ data, type }: EncodedColumn): Buffer =>
      Buffer.from(data, 0, second.rows * (type === 'VARCHAR' ? 16 : 8));
    expect(second.columns.map(bytesOf)).toEqual(first.columns.map(bytesOf));
    expect(second.columns.some(({ data }) => data.byteLength > 2 * first.rows * 8)).toBe(true);
  });
});
