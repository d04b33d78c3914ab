import { randomInt } from 'node:crypto';

import { createInterner, type Interner } from './interner.ts';

/** Values of a column: texts (null: missing), numbers (NaN: missing), or of some rows the one and of some the other. */
export type Values = {
  readonly texts: readonly (string | null)[] | null;
  readonly numbers: Float64Array | null;
};

/** A column as the rules read it of the present event. */
export type Field = {
  readonly name: string;
  readonly interner: Interner;
  /** The code of a text that filters compare with. */
  codeOf(literal: string): number;
  /** The text; null where it is missing or a number. */
  text(): string | null;
  /** The number; NaN where it is missing or a text. */
  number(): number;
  isPresent(): boolean;
  /** The code of the text; −1 where no filter compares with it. */
  code(): number;
  /** The number of the text (of a number, its shortest decimal) in `interner`; −1 where it is missing. */
  id(): number;
};

/** The event that is being looked at. */
export type EventReader = {
  /** The field of a column; the same one for the same name. */
  field(name: string): Field;
  /** All fields so far, in an array that only grows. */
  readonly fields: readonly Field[];
  /** From here on rows of these columns are read. */
  bind(columns: (name: string) => Values): void;
  moveTo(row: number): void;
  /** How often it has moved: tells whether something was worked out for the present event. */
  readonly at: { stamp: number };
  /** Forgets texts that nothing refers to. */
  sweep(): void;
};

type Bound = Field & { values: Values };

/** Of a column that is not there. */
export const NO_VALUES: Values = { texts: null, numbers: null };

export const createEventReader = (): EventReader => {
  const byName = new Map<string, Bound>();
  const fields: Bound[] = [];
  const seed = randomInt(2 ** 31);
  const at = { stamp: 0 };
  let row = 0;
  let columns: (name: string) => Values = () => NO_VALUES;

  const createField = (name: string): Bound => {
    const interner = createInterner(seed);
    /** Code by number of the text. */
    const codes: number[] = [];
    let lastCode = -1;
    let codeStamp = -1;
    let code = -1;
    let idStamp = -1;
    let id = -1;
    const field = {
      name,
      interner,
      values: columns(name),
      text: (): string | null => {
        const { texts } = field.values;
        return texts === null ? null : (texts[row] ?? null);
      },
      number: (): number => {
        const { numbers } = field.values;
        return numbers === null ? Number.NaN : numbers[row]!; // hot: rows lie inside the columns
      },
      isPresent: (): boolean => field.text() !== null || !Number.isNaN(field.number()),
      code: (): number => {
        if (codeStamp === at.stamp) return code;
        codeStamp = at.stamp;
        const text = field.text();
        const literal = text === null ? -1 : interner.find(text);
        code = literal < 0 ? -1 : (codes[literal] ?? -1);
        return code;
      },
      codeOf: (literal: string): number => {
        const known = interner.idOf(literal);
        if ((codes[known] ?? -1) >= 0) return codes[known] ?? -1;
        interner.retain(known); // for good: a code stays
        while (codes.length < known) codes.push(-1);
        codes[known] = ++lastCode;
        return lastCode;
      },
      id: (): number => {
        if (idStamp === at.stamp) return id;
        idStamp = at.stamp;
        const text = field.text() ?? decimal(field.number());
        id = text === null ? -1 : interner.idOf(text);
        return id;
      },
    };
    return field;
  };

  return {
    at,
    fields,
    field: (name) => {
      const known = byName.get(name);
      if (known !== undefined) return known;
      const made = createField(name);
      byName.set(name, made);
      fields.push(made);
      return made;
    },
    bind: (next) => {
      columns = next;
      for (const field of fields) field.values = next(field.name);
    },
    moveTo: (to) => {
      row = to;
      at.stamp++;
    },
    sweep: () => {
      for (const { interner } of fields) interner.sweep();
    },
  };
};

const decimal = (value: number): string | null => (Number.isNaN(value) ? null : String(value));
