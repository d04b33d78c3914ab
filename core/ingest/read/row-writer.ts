import { NightjarError } from '../../api/errors.ts';
import {
  createEncoder,
  type Encoder,
  type Fields,
  type SpareBuffers,
  type TermTable,
  type TermTables,
} from '../encode/index.ts';
import type { EncodedBlock, ReadPlan, Rejection } from '../plan.ts';
import { createFieldJoiner } from './join-fields.ts';
import { createPairJoiner } from './join-pair.ts';
import { createRecordBatch, dropRows, type RecordBatch } from './record-batch.ts';

/** Turns records into the columns of one block. */
export type RowWriter = {
  /** Where readers put the fields of up to `capacity` records before they call `write`. */
  readonly batch: RecordBatch;
  /** `spare` is memory that nobody needs any more. */
  begin(spare: SpareBuffers): void;
  /** Encodes the first `rows` records of the batch; those a column refuses are rejected. */
  write(bytes: Uint8Array, rows: number): void;
  reject(line: number, reason: string): void;
  finish(index: number, lines: number): EncodedBlock;
};

/** A writer for blocks of one plan; `tables` holds what it remembers of each column's values, in the plan's order. */
export const createRowWriter = (plan: ReadPlan, fields: number, key: Uint8Array, tables: TermTables): RowWriter => {
  const batch = createRecordBatch(fields);
  const refused = new Uint8Array(batch.capacity);
  const spare: SpareBuffers = [];
  let refusals = 0;
  let identities: [string, string, string][] = [];
  let rejections: Rejection[] = [];
  let nulledNumbers: Record<string, number> = {};
  let roundedNumbers: Record<string, number> = {};
  let stored = 0;
  let records = 0;

  const encoders: Encoder[] = plan.columns.map((column, i) =>
    createEncoder(
      column,
      key,
      { table: () => tableOf(tables, i), spare },
      { onIdentity: (token, name, raw) => identities.push([token, name, raw]) },
    ),
  );
  const joiners = plan.columns.map(({ fields: own, within }) => {
    if (within !== undefined) return createPairJoiner(within, own, batch.capacity);
    return own.length === 1 ? null : createFieldJoiner(own, batch.capacity);
  });
  const inputOf = (column: number, bytes: Uint8Array, rows: number): Fields => {
    const join = joiners[column];
    const field = plan.columns[column]?.fields[0] ?? 0;
    return join ? join(bytes, batch, rows) : { bytes, ...batch, first: field * batch.capacity, rows };
  };
  const encode = (bytes: Uint8Array, rows: number): void => {
    encoders.forEach((encoder, i) => {
      encoder.encode(inputOf(i, bytes, rows), stored, refused, (row, reason) => {
        refused[row] = 1;
        refusals++;
        rejections.push({ line: batch.lines[row] ?? 0, reason, column: plan.columns[i]?.column ?? null });
      });
    });
  };

  return {
    batch,
    begin: (buffers) => {
      spare.push(...buffers);
      identities = [];
      rejections = [];
      nulledNumbers = {};
      roundedNumbers = {};
      stored = 0;
      records = 0;
      for (const encoder of encoders) encoder.begin();
      spare.length = 0;
    },
    write: (bytes, rows) => {
      if (rows === 0) return;
      records += rows;
      encode(bytes, rows);
      let kept = rows;
      if (refusals > 0) {
        kept = dropRows(batch, rows, refused);
        refused.fill(0);
        refusals = 0;
        encode(bytes, kept); // all in the caches, and written over what was there
      }
      stored += kept;
      encoders.forEach((encoder, i) => {
        const name = plan.columns[i]?.column ?? '';
        addTo(nulledNumbers, name, encoder.takeNulled());
        addTo(roundedNumbers, name, encoder.takeRounded?.() ?? 0);
      });
    },
    reject: (line, reason) => {
      records++;
      rejections.push({ line, reason, column: null });
    },
    finish: (index, lines) => ({
      index,
      records,
      rows: stored,
      lines,
      columns: encoders.flatMap((encoder) => encoder.finish()),
      rejections: rejections.sort((a, b) => a.line - b.line),
      identities,
      nulledNumbers,
      roundedNumbers,
    }),
  };
};

const addTo = (counts: Record<string, number>, name: string, count: number): void => {
  if (count > 0) counts[name] = (counts[name] ?? 0) + count;
};

const tableOf = (tables: TermTables, column: number): TermTable => {
  const table = tables[column];
  if (!table) throw new NightjarError('internal', 'A planned column has no table.');
  return table;
};
