import { skipSpace, trimSpace, type Fault, type Fields, type Refuse } from './encoder.ts';
import { hashBytes } from './term-hash.ts';
import { holds, sameRaw, writeRaw, writeValue } from './term-entry.ts';
import { fence, MAX_RAW, PLACE, publish, rawLengthOf, reserveEntry, seedOf, type TermTable } from './term-table.ts';
import { VECTOR_SIZE } from './validity.ts';

/** What the raw bytes of a value become, as bytes; null is missing. Called once per distinct value. */
export type Transform = (bytes: Uint8Array) => Uint8Array | null | Fault;

/** For each row a place in `arena`, or below 0 one in `loose` counted from -1; 0 where there is no value. */
export type FoundTerms = {
  readonly places: Int32Array;
  readonly arena: Int32Array;
  readonly loose: readonly (Uint8Array | null)[];
};

/** Finds what some fields became, or makes it. The answer is valid until the next call. */
export type TermLookup = (fields: Fields, refused: Uint8Array, refuse: Refuse) => FoundTerms;

/**
 * A look-up in passes over a batch: hash all rows, then fetch all slots, then all entries, then compare. Within each
 * pass rows do not wait for one another, so that their trips to memory overlap.
 */
export const createTermLookup = (
  tableOf: () => TermTable,
  transform: Transform,
  options: { readonly trim: boolean },
): TermLookup => {
  const starts = new Int32Array(VECTOR_SIZE);
  const lengths = new Int32Array(VECTOR_SIZE);
  const hashes = new Int32Array(VECTOR_SIZE);
  const words = new Int32Array(VECTOR_SIZE);
  const firstLengths = new Int32Array(VECTOR_SIZE);
  const places = new Int32Array(VECTOR_SIZE);
  let loose: (Uint8Array | null)[] = [];

  /** Spans without the space around them, and their hashes. */
  const hashRows = (fields: Fields, view: DataView, refused: Uint8Array, seed: number): void => {
    const { bytes, first, rows } = fields;
    for (let row = 0; row < rows; row++) {
      let start = fields.starts[first + row]!; // hot: once per field of every record, here and below
      let end = fields.ends[first + row]!;
      if (options.trim) {
        start = skipSpace(bytes, start, end);
        end = trimSpace(bytes, start, end);
      }
      const length = refused[row] === 0 ? end - start : 0;
      starts[row] = start;
      lengths[row] = length;
      hashes[row] = hashBytes(view, bytes, start, length, seed);
    }
  };
  const fetch = (table: TermTable, rows: number): void => {
    const { index, arena } = table;
    const mask = index.length - 1;
    for (let row = 0; row < rows; row++) words[row] = index[hashes[row]! & mask]!;
    fence(table);
    for (let row = 0; row < rows; row++) firstLengths[row] = arena[words[row]! & PLACE]!;
  };
  /** Makes the value of a row that its first slot did not hold, unless the table holds it by now. */
  const probe = (table: TermTable, fields: Fields, view: DataView, row: number, refuse: Refuse): number => {
    const { index, arena } = table;
    const { bytes } = fields;
    const mask = index.length - 1;
    const hash = hashes[row]!;
    const start = starts[row]!;
    const length = lengths[row]!;
    let slot = hash & mask;
    for (let word = Atomics.load(index, slot); word !== 0; word = Atomics.load(index, slot)) {
      if (holds(arena, word, hash, view, bytes, start, length)) return word & PLACE;
      slot = (slot + 1) & mask;
    }
    const value = transform(bytes.subarray(start, start + length));
    if (value !== null && 'fault' in value) {
      refuse(row, value.fault);
      return 0;
    }
    const entry = length > MAX_RAW ? 0 : reserveEntry(table, length, value?.length ?? 0);
    if (entry === 0) return -loose.push(value);
    writeValue(arena, entry, length, value);
    writeRaw(arena, entry, view, bytes, start, length);
    const own = entry | (hash & ~PLACE);
    for (let other = publish(table, slot, own); other !== 0; other = publish(table, slot, own)) {
      if (holds(arena, other, hash, view, bytes, start, length)) return other & PLACE;
      slot = (slot + 1) & mask;
    }
    return entry;
  };

  return (fields, refused, refuse) => {
    const { bytes, rows } = fields;
    const table = tableOf();
    const { arena } = table;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    loose = [];
    hashRows(fields, view, refused, seedOf(table));
    fetch(table, rows);
    for (let row = 0; row < rows; row++) {
      const length = lengths[row]!;
      const entry = words[row]! & PLACE;
      if (length === 0) places[row] = 0;
      else if (
        entry !== 0 &&
        ((words[row]! ^ hashes[row]!) & ~PLACE) === 0 &&
        rawLengthOf(firstLengths[row]!) === length &&
        sameRaw(arena, entry, view, bytes, starts[row]!, length)
      ) {
        places[row] = entry;
      } else places[row] = probe(table, fields, view, row, refuse);
    }
    return { places, arena, loose };
  };
};
