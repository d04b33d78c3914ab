import { isUtf8 } from 'node:buffer';

import { createTermTables, settleTables, type SpareBuffers, type TermTables } from '../encode/index.ts';
import type { Block, EncodedBlock, ReadPlan } from '../plan.ts';
import { isReject, presetNamed, type EventValues, type FieldValues, type Reject } from '../presets/index.ts';
import { countLines } from './count-lines.ts';
import { parseCsvBlock } from './csv-records.ts';
import { createFlatJson, type FlatJson } from './flat-json.ts';
import { nextJsonValue } from './json-blocks.ts';
import { jsonText, orTooDeep, TOO_DEEP, valueAt } from './json-paths.ts';
import { createRowWriter, type RowWriter } from './row-writer.ts';
import { parseJson } from './parse-json.ts';
import { splitLines, splitMails, type Slice } from './text-records.ts';
import { createValueWriter } from './value-writer.ts';

/** Turns one block into encoded columns, in memory of `spare`. Keeps the state some logs need from block to block. */
export type BlockParser = (block: Block, spare?: SpareBuffers) => EncodedBlock;

export const createBlockParser = (plan: ReadPlan, key: Uint8Array, shared?: TermTables): BlockParser => {
  if (shared !== undefined) return createParser(plan, key, shared);
  const tables = createTermTables(plan.columns, key);
  const parse = createParser(plan, key, tables);
  return (block, spare) => {
    settleTables(tables, plan.columns);
    return parse(block, spare);
  };
};

const createParser = (plan: ReadPlan, key: Uint8Array, tables: TermTables): BlockParser => {
  const { format } = plan;
  const writerOf = (fields: number): RowWriter => createRowWriter(plan, fields, key, tables);
  if (format.kind === 'csv') {
    const writer = writerOf(format.fields);
    return (block, spare = []) => parseCsvBlock(block, format, writer, spare);
  }
  if (format.kind === 'json') {
    const read = (record: unknown): FieldValues | Reject =>
      typeof record === 'object' && record !== null
        ? format.paths.map((path) => jsonText(valueAt(record, path)))
        : { reject: 'not a JSON object' };
    const { paths } = format;
    const flat = new Set(paths).size === paths.length ? createFlatJson(paths) : undefined;
    return jsonParser(writerOf(format.paths.length), read, format.paths.length, format.byLine, flat);
  }
  const preset = presetNamed(format.preset);
  if (preset.kind === 'json') {
    const { columns } = preset;
    const read = (record: unknown): FieldValues | Reject => {
      const outcome: EventValues | Reject = preset.derive(record);
      return isReject(outcome) ? outcome : columns.map((column) => jsonText(outcome[column]));
    };
    return jsonParser(writerOf(columns.length), read, columns.length, format.byLine);
  }
  const fields = preset.fields.length;
  if (preset.kind === 'mail') return textParser(writerOf(fields), (text) => preset.parse(text), fields, splitMails);
  const options = {
    ...(format.year === undefined ? {} : { year: format.year }),
    ...(format.zone === undefined ? {} : { zone: format.zone }),
  };
  return textParser(writerOf(fields), preset.makeParser(options), fields, splitLines);
};

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const decodeRecord = (bytes: Uint8Array): string | null => {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null; // the decoder's own way of saying so
    throw error;
  }
};

const textParser = (
  writer: RowWriter,
  parse: (text: string) => FieldValues | Reject,
  fields: number,
  split: (bytes: Uint8Array) => Generator<Slice>,
): BlockParser => {
  const values = createValueWriter(writer, fields);
  return ({ bytes, index }, spare = []) => {
    const lines = countLines(bytes, bytes.length);
    writer.begin(spare);
    for (const { start, end, line } of split(bytes)) {
      if (start === end) continue;
      const text = decodeRecord(bytes.subarray(start, end));
      if (text === null) {
        writer.reject(line, 'not valid UTF-8');
        continue;
      }
      if (text.trim() === '') continue;
      const outcome = parse(text);
      if (isReject(outcome)) writer.reject(line, outcome.reject);
      else values.add(outcome, line);
    }
    values.flush();
    return writer.finish(index, lines);
  };
};

/** Records that are not flat until the others of the block are not tried, where they are more than half. */
const ENOUGH_FAILED = 16;

const jsonParser = (
  writer: RowWriter,
  read: (record: unknown) => FieldValues | Reject,
  fields: number,
  byLine: boolean,
  flat?: FlatJson,
): BlockParser => {
  const values = createValueWriter(writer, fields);
  return ({ bytes, index }, spare = []) => {
    const lines = countLines(bytes, bytes.length);
    let plain = flat !== undefined && isUtf8(bytes) ? flat : undefined;
    let tried = 0;
    let failed = 0;
    const records = byLine ? splitLines(bytes) : splitValues(bytes);
    writer.begin(spare);
    for (const { start, end, line } of records) {
      if (start === end) continue;
      if (plain !== undefined) {
        tried++;
        if (plain.read(bytes, start, end)) {
          values.addSpans(bytes, start, end, plain.starts, plain.ends, line);
          continue;
        }
        if (++failed >= ENOUGH_FAILED && 2 * failed > tried) plain = undefined;
      }
      const text = decodeRecord(bytes.subarray(start, end));
      if (text === null) {
        writer.reject(line, 'not valid UTF-8');
        continue;
      }
      if (text.trim() === '') continue;
      const record = parsedOf(text);
      const outcome: FieldValues | Reject =
        record === undefined ? { reject: 'not valid JSON' } : (orTooDeep(() => read(record)) ?? TOO_DEEP);
      if (isReject(outcome)) writer.reject(line, outcome.reject);
      else values.add(outcome, line);
    }
    values.flush();
    return writer.finish(index, lines);
  };
};

const parsedOf = (text: string): unknown => {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // quarantined by the caller
    throw error;
  }
};

function* splitValues(bytes: Uint8Array): Generator<Slice> {
  let line = 0;
  let counted = 0;
  for (let next = nextJsonValue(bytes, 0); next; next = nextJsonValue(bytes, next.end)) {
    for (; counted < next.start; counted++) if (bytes[counted] === 10) line++;
    yield { ...next, line };
  }
}
