import { createEncoder, type Encoder } from '../encode/index.ts';
import type { EncodedBlock, ReadPlan, Rejection } from '../plan.ts';

/** Where a record's fields lie: field f is bytes[starts[f] .. ends[f]). */
export type FieldSpans = { bytes: Uint8Array; readonly starts: Int32Array; readonly ends: Int32Array };

/** Turns records into the columns of one block. */
export type RowWriter = {
  begin(capacity: number): void;
  /** Stores a record, or rejects it when a column does. `line` counts from the block's first. */
  write(spans: FieldSpans, line: number): void;
  reject(line: number, reason: string, column?: string): void;
  finish(index: number, lines: number): EncodedBlock;
};

const SPACE = 32;

export const createRowWriter = (plan: ReadPlan, key: Uint8Array): RowWriter => {
  let identities: [string, string, string][] = [];
  let rejections: Rejection[] = [];
  let nulledNumbers: Record<string, number> = {};
  let row = 0;
  let records = 0;
  let scratch = new Uint8Array(1 << 12);
  const encoders: Encoder[] = plan.columns.map((column) =>
    createEncoder(column, key, {
      onIdentity: (token, name, raw) => identities.push([token, name, raw]),
      onNulledNumber: (name) => {
        nulledNumbers[name] = (nulledNumbers[name] ?? 0) + 1;
      },
    }),
  );
  const sources = plan.columns.map((column) => (column.fields.length === 1 ? (column.fields[0] ?? -1) : -1));

  const join = (spans: FieldSpans, fields: readonly number[]): number => {
    let at = 0;
    for (const field of fields) {
      const part = spans.bytes.subarray(spans.starts[field] ?? 0, spans.ends[field] ?? 0);
      if (at + part.length + 1 > scratch.length) {
        const grown = new Uint8Array((at + part.length + 1) * 2);
        grown.set(scratch);
        scratch = grown;
      }
      if (at > 0 && part.length > 0) scratch[at++] = SPACE;
      scratch.set(part, at);
      at += part.length;
    }
    return at;
  };

  const encode = (column: number, spans: FieldSpans): string | null => {
    const encoder = encoders[column]!; // hot: once per column of every row
    const field = sources[column]!;
    if (field >= 0) return encoder.encode(spans.bytes, spans.starts[field]!, spans.ends[field]!, row);
    const length = join(spans, plan.columns[column]?.fields ?? []);
    return encoder.encode(scratch, 0, length, row);
  };

  return {
    begin: (capacity) => {
      identities = [];
      rejections = [];
      nulledNumbers = {};
      row = 0;
      records = 0;
      for (const encoder of encoders) encoder.begin(capacity);
    },
    write: (spans, line) => {
      records++;
      for (let column = 0; column < encoders.length; column++) {
        const reason = encode(column, spans);
        if (reason !== null) {
          for (let i = 0; i <= column; i++) encoders[i]?.undo(row);
          rejections.push({ line, reason, column: plan.columns[column]?.column ?? null });
          return;
        }
      }
      row++;
    },
    reject: (line, reason, column) => {
      records++;
      rejections.push({ line, reason, column: column ?? null });
    },
    finish: (index, lines) => ({
      index,
      records,
      rows: row,
      lines,
      columns: encoders.flatMap((encoder) => encoder.finish()),
      rejections,
      identities,
      nulledNumbers,
    }),
  };
};
