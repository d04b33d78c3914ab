import type { EventFilter } from '../schema.ts';
import type { EventReader, Field } from './event-reader.ts';

/** Whether the reader's present event meets a filter. */
export type Predicate = () => boolean;

/** A filter as a closure over the reader's columns. A comparison with a missing value, or of another type, is false. */
export const compileFilter = (filter: EventFilter, reader: EventReader): Predicate => {
  if ('all' in filter) return every(filter.all.map((part) => compileFilter(part, reader)));
  if ('any' in filter) return some(filter.any.map((part) => compileFilter(part, reader)));
  if ('not' in filter) {
    const inner = compileFilter(filter.not, reader);
    return () => !inner();
  }
  const field = reader.field(filter.column);
  switch (filter.op) {
    case 'present':
      return field.isPresent;
    case 'in':
      return oneOf(field, filter.values);
    case '=':
      return typeof filter.value === 'string' ? is(field, filter.value) : equals(field, filter.value);
    case '<': {
      const { value } = filter;
      return () => field.number() < value;
    }
    case '<=': {
      const { value } = filter;
      return () => field.number() <= value;
    }
    case '>': {
      const { value } = filter;
      return () => field.number() > value;
    }
    case '>=': {
      const { value } = filter;
      return () => field.number() >= value;
    }
  }
};

const is = (field: Field, literal: string): Predicate => {
  const code = field.codeOf(literal);
  return () => field.code() === code;
};

const equals =
  (field: Field, value: number): Predicate =>
  () =>
    field.number() === value;

const oneOf = (field: Field, literals: readonly string[]): Predicate => {
  const codes = new Set(literals.map((literal) => field.codeOf(literal)));
  return () => codes.has(field.code());
};

const every = ([first, ...rest]: readonly Predicate[]): Predicate => {
  if (first === undefined) return () => true;
  if (rest.length === 0) return first;
  const others = every(rest);
  return () => first() && others();
};

const some = ([first, ...rest]: readonly Predicate[]): Predicate => {
  if (first === undefined) return () => false;
  if (rest.length === 0) return first;
  const others = some(rest);
  return () => first() || others();
};
