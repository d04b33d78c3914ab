import { randomInt } from 'node:crypto';

import { createChunk, type Chunk } from './chunk.ts';
import { createField, NO_VALUES, type BoundField, type Field, type Values } from './event-field.ts';

/** The events that are being looked at. */
export type EventReader = {
  readonly chunk: Chunk;
  /** The field of a column; the same one for the same name. */
  field(name: string): Field;
  /** All fields so far, in an array that only grows. */
  readonly fields: readonly BoundField[];
  /** From here on rows of these columns are read. */
  bind(columns: (name: string) => Values): void;
  /** The chunk was looked at. */
  settle(): void;
  /** Forgets texts that no moment from this one on can need. Between two chunks. */
  sweep(at: number): void;
};

export const createEventReader = (): EventReader => {
  const byName = new Map<string, BoundField>();
  const fields: BoundField[] = [];
  const seed = randomInt(2 ** 31);
  const chunk = createChunk();
  let columns: (name: string) => Values = () => NO_VALUES;

  return {
    chunk,
    fields,
    field: (name) => {
      const known = byName.get(name);
      if (known !== undefined) return known;
      const made = createField(name, chunk, seed, columns(name));
      byName.set(name, made);
      fields.push(made);
      return made;
    },
    bind: (next) => {
      columns = next;
      for (const field of fields) field.values = next(field.name);
    },
    settle: () => {
      for (const field of fields) field.settle();
    },
    sweep: (at) => {
      for (const { interner } of fields) interner.retention.sweep(at);
    },
  };
};
