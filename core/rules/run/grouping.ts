import type { EventReader } from './event-reader.ts';
import { createPairTable } from './pair-table.ts';
import { addWord, createRows, type Rows } from './rows.ts';

/** Numbers for the groups that some columns make, for as long as something refers to them. */
export type Grouping = {
  /** The group of the present event; −1 where one of the columns is missing. */
  group(): number;
  textsOf(group: number): string[];
  retain(group: number): void;
  release(group: number): void;
  /** Forgets groups that nothing refers to. Between two events. */
  sweep(): void;
  /** A row for each group, to which others may add words of their own. */
  readonly rows: Rows;
};

export const createGrouping = (columns: readonly string[], reader: EventReader): Grouping => {
  const [last = '', ...others] = [...columns].reverse();
  if (others.length > 0) return pairs(createGrouping(others.reverse(), reader), last, reader);
  const field = reader.field(last);
  const { interner } = field;
  return {
    group: field.id,
    textsOf: (group) => [interner.textOf(group)],
    retain: interner.retain,
    release: interner.release,
    sweep: () => undefined, // the reader sweeps its fields
    rows: interner.rows,
  };
};

/** Groups of one column more than another grouping has. */
const pairs = (left: Grouping, column: string, reader: EventReader): Grouping => {
  const right = reader.field(column);
  const rows = createRows();
  const table = createPairTable(rows);
  const references = addWord(rows);
  let loose: number[] = [];
  let stamp = -1;
  let group = -1;

  const look = (): number => {
    const a = left.group();
    if (a < 0) return -1;
    const b = right.id();
    if (b < 0) return -1;
    const known = table.find(a, b);
    if (known >= 0) return known;
    const made = table.insert(a, b, 0);
    rows.ints[made * rows.words + references] = 0;
    left.retain(a);
    right.interner.retain(b);
    loose.push(made);
    return made;
  };

  return {
    group: () => {
      if (stamp === reader.at.stamp) return group;
      stamp = reader.at.stamp;
      group = look();
      return group;
    },
    textsOf: (of) => [...left.textsOf(table.first(of)), right.interner.textOf(table.second(of))],
    retain: (of) => {
      rows.ints[of * rows.words + references] = rows.ints[of * rows.words + references]! + 1; // hot: groups lie inside
    },
    release: (of) => {
      const kept = rows.ints[of * rows.words + references]! - 1;
      rows.ints[of * rows.words + references] = kept;
      if (kept === 0) loose.push(of);
    },
    sweep: () => {
      if (loose.length > 0) {
        for (const each of loose) {
          if (rows.ints[each * rows.words + references] !== 0) continue;
          rows.ints[each * rows.words + references] = -1; // it may stand here twice
          left.release(table.first(each));
          right.interner.release(table.second(each));
          table.remove(each);
        }
        loose = [];
      }
      left.sweep();
    },
    rows,
  };
};
