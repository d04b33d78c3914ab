import { CHUNK_LENGTH, oncePerChunk } from './chunk.ts';
import type { EventReader } from './event-reader.ts';
import { createPairTable } from './pair-table.ts';
import { createRetention, UNUSED } from './retention.ts';
import { createRows, type Rows } from './rows.ts';

/** Numbers for the groups that some columns make, for as long as they can matter. */
export type Grouping = {
  /** The groups of events of the chunk, at their places; −1 where one of the columns is missing. */
  groups(places: Int32Array, count: number): Int32Array;
  textsOf(group: number): string[];
  /** The group of the event at a place, which was asked for, is used. */
  use(place: number): void;
  /** The chunk was looked at. */
  settle(): void;
  /** Groups used are kept for this long (µs) from now on. */
  keepFor(span: number): void;
  /** Takes back what was asked for. */
  reset(): void;
  /** Forgets groups that no moment from this one on can need. Between two chunks. */
  sweep(at: number): void;
  /** A row for each group, to which others may add words of their own. */
  readonly rows: Rows;
};

export const createGrouping = (columns: readonly string[], reader: EventReader): Grouping => {
  const [last = '', ...others] = [...columns].reverse();
  if (others.length > 0) return pairs(createGrouping(others.reverse(), reader), last, reader);
  const field = reader.field(last);
  const { interner } = field;
  return {
    groups: field.ids,
    textsOf: (group) => [interner.textOf(group)],
    use: field.use,
    settle: () => undefined, // the reader settles its fields
    keepFor: interner.retention.keepFor,
    reset: interner.retention.reset,
    sweep: () => undefined, // the reader sweeps its fields
    rows: interner.rows,
  };
};

const UNKNOWN = -2;

/** Groups of one column more than another grouping has. */
const pairs = (left: Grouping, column: string, reader: EventReader): Grouping => {
  const right = reader.field(column);
  const rows = createRows();
  const table = createPairTable(rows);
  const retention = createRetention(table, table.remove);
  const unknown = oncePerChunk(reader.chunk, new Int32Array(CHUNK_LENGTH), (groups) =>
    groups.fill(UNKNOWN, 0, reader.chunk.length),
  );

  const used = new Uint8Array(CHUNK_LENGTH);
  const as = new Int32Array(CHUNK_LENGTH);
  const bs = new Int32Array(CHUNK_LENGTH);

  const groupOf = (a: number, b: number): number => {
    if (a < 0 || b < 0) return -1;
    const known = table.find(a, b);
    if (known >= 0) return known;
    const made = table.insert(a, b, UNUSED);
    retention.made(made);
    return made;
  };

  return {
    groups: (places, count) => {
      const groups = unknown();
      const lefts = left.groups(places, count);
      const rights = right.ids(places, count);
      for (let i = 0; i < count; i++) {
        as[i] = lefts[places[i]!]!; // hot: places lie inside the chunk, here and below
        bs[i] = rights[places[i]!]!;
      }
      table.readAhead(as, bs, count);
      for (let i = 0; i < count; i++) {
        const place = places[i]!;
        if (groups[place] === UNKNOWN) groups[place] = groupOf(as[i]!, bs[i]!);
      }
      return groups;
    },
    textsOf: (of) => [...left.textsOf(table.first(of)), right.interner.textOf(table.second(of))],
    use: (place) => {
      used[place] = 1;
      left.use(place);
      right.use(place);
    },
    settle: () => {
      const groups = unknown();
      for (let i = 0; i < reader.chunk.length; i++) {
        if (used[i] === 0) continue;
        used[i] = 0;
        table.setTime(groups[i]!, reader.chunk.times[i]!);
      }
      left.settle();
    },
    keepFor: (span) => {
      retention.keepFor(span);
      left.keepFor(span);
      right.interner.retention.keepFor(span);
    },
    reset: () => {
      retention.reset();
      left.reset();
      right.interner.retention.reset();
    },
    sweep: (at) => {
      retention.sweep(at);
      left.sweep(at);
    },
    rows,
  };
};
