import type { SpareBuffers } from '../encode/index.ts';
import type { Block, EncodedBlock, RecordFormat } from '../plan.ts';
import type { RowWriter } from './row-writer.ts';

const LF = 10;
const CR = 13;

/**
 * Parses a block of whole CSV records (RFC 4180; a quote counts only where a field begins) into the writer.
 * Blank lines are no records. A record with another number of fields than the header goes to quarantine.
 * Doubled quotes are collapsed in place: the block belongs to the parser. A broken record gives up its first line only.
 */
export const parseCsvBlock = (
  block: Block,
  format: Extract<RecordFormat, { kind: 'csv' }>,
  writer: RowWriter,
  spare: SpareBuffers,
): EncodedBlock => {
  const { bytes } = block;
  const delimiter = format.delimiter.charCodeAt(0);
  const quote = format.quote === '' ? -1 : format.quote.charCodeAt(0);
  const top = Math.max(delimiter, LF);
  const limit = format.fields;
  const { capacity, starts, ends, lines } = writer.batch;
  const doubledFields: number[] = [];
  const length = bytes.length;
  let row = 0;
  let position = 0;
  let line = 0;
  let skip = block.skip;
  writer.begin(spare);

  // Hot loop: every byte of every file passes here once; indices are bounded by `length`.
  while (position < length) {
    const recordLine = line;
    const recordStart = position;
    let field = 0;
    doubledFields.length = 0;
    let fault: string | null = null;
    for (;;) {
      let start = position;
      let end: number;
      if (bytes[position] === quote) {
        start = ++position;
        let doubled = false;
        while (position < length) {
          const byte = bytes[position]!;
          if (byte === quote) {
            if (bytes[position + 1] !== quote) break;
            doubled = true;
            position++;
          } else if (byte === LF) line++;
          position++;
        }
        if (position >= length) fault = 'quote never closed';
        end = position;
        if (doubled && field < limit) doubledFields.push(field);
        for (position++; position < length; position++) {
          const byte = bytes[position]!;
          if (byte === delimiter || byte === LF) break;
          if (byte > 32) fault ??= 'text after a closing quote';
        }
      } else {
        while (position < length) {
          const byte = bytes[position]!;
          if (byte <= top && (byte === delimiter || byte === LF)) break;
          position++;
        }
        end = position;
        if (end > start && bytes[end - 1] === CR && bytes[position] !== delimiter) end--;
      }
      if (field < limit) {
        starts[field * capacity + row] = start;
        ends[field * capacity + row] = end;
      }
      field++;
      if (position < length && bytes[position] === delimiter) position++;
      else break;
    }
    const blank = field === 1 && ends[row] === starts[row] && fault === null;
    if (position < length) {
      position++;
      line++;
    }
    if (blank) continue;
    if (fault === null && field !== limit) fault = `${field} ${field === 1 ? 'field' : 'fields'} instead of ${limit}`;
    if (skip > 0) skip--;
    else if (fault === null) {
      for (const doubled of doubledFields) {
        const span = doubled * capacity + row;
        ends[span] = collapseQuotes(bytes, starts[span] ?? 0, ends[span] ?? 0, quote);
      }
      lines[row++] = recordLine;
      if (row === capacity) {
        writer.write(bytes, row);
        row = 0;
      }
    } else {
      writer.reject(recordLine, fault);
      const firstLineEnd = bytes.indexOf(LF, recordStart) + 1;
      if (firstLineEnd > 0 && firstLineEnd < position) {
        position = firstLineEnd; // a stray quote swallowed good lines: give up one line only
        line = recordLine + 1;
      }
    }
  }
  writer.write(bytes, row);
  return writer.finish(block.index, line);
};

/** Writes `""` as `"` in place; the new end. */
const collapseQuotes = (bytes: Uint8Array, start: number, end: number, quote: number): number => {
  let to = start;
  for (let from = start; from < end; from++) {
    bytes[to++] = bytes[from] ?? 0;
    if (bytes[from] === quote) from++;
  }
  return to;
};
