import type { EventFilter } from '../schema.ts';
import { quoted, revealed } from './hidden.ts';
import { isOrdered } from './print-filter.ts';

/** What an event is like that meets the filter, as a clause: `action is "like" and country is neither "DE" nor "FR"`. */
export const filterInWords = (filter: EventFilter): string => {
  if ('all' in filter) return filter.all.map(part).join(' and ');
  if ('any' in filter) return filter.any.map(part).join(' or ');
  if (!('not' in filter)) return leaf(filter);
  const { not } = filter;
  if ('column' in not && !isOrdered(not)) return denied(not);
  return `it is not so that ${part(not)}`;
};

/** A column as a person calls it: `several` of it. */
export const severalOf = (column: string): string => SEVERAL.get(column) ?? `values of ${columnInWords(column)}`;

/** One of a column: `an address`. */
export const oneOf = (column: string): string => ONE.get(column) ?? `a value of ${columnInWords(column)}`;

/** A column without the prefix that tells where it came from. */
export const columnInWords = (column: string): string =>
  revealed(column.replace(/^[cmb]_(?=.)/, '').replaceAll('_', ' '));

type Leaf = Extract<EventFilter, { readonly column: string }>;

const SEVERAL: ReadonlyMap<string, string> = new Map([
  ['actor_id', 'actors'],
  ['object_id', 'objects'],
  ['ip', 'addresses'],
  ['device_id', 'devices'],
  ['session_id', 'sessions'],
  ['user_agent', 'clients'],
  ['country', 'countries'],
  ['asn', 'network operators'],
  ['action', 'actions'],
  ['object_type', 'kinds of objects'],
]);

const ONE: ReadonlyMap<string, string> = new Map([
  ['actor_id', 'an actor'],
  ['object_id', 'an object'],
  ['ip', 'an address'],
  ['device_id', 'a device'],
  ['session_id', 'a session'],
  ['user_agent', 'a client'],
  ['country', 'a country'],
  ['asn', 'a network operator'],
  ['action', 'an action'],
  ['object_type', 'a kind of object'],
]);

const part = (each: EventFilter): string =>
  'all' in each || 'any' in each ? `(${filterInWords(each)})` : filterInWords(each);

const value = (each: string | number): string => (typeof each === 'number' ? String(each) : quoted(each));

const leaf = (each: Leaf): string => {
  const column = columnInWords(each.column);
  switch (each.op) {
    case 'present':
      return `${column} is known`;
    case 'in':
      return `${column} is ${listed(each.values, 'none of an empty list')}`;
    case '=':
      return `${column} is ${value(each.value)}`;
    default:
      return `${column} is ${ORDER[each.op]} ${each.value}`;
  }
};

const ORDER = { '>=': 'at least', '>': 'more than', '<=': 'at most', '<': 'less than' } as const;

/** A missing value meets every denial: that is said where it can surprise. */
const denied = (each: Leaf): string => {
  const column = columnInWords(each.column);
  if (each.op === 'present') return `${column} is not known`;
  if (each.op === '=') return `${column} is not ${value(each.value)}`;
  return each.op === 'in' ? `${column} is not ${listed(each.values, 'in an empty list')}` : leaf(each);
};

const listed = (values: readonly string[], empty: string): string => {
  const texts = values.map(quoted);
  if (texts.length < 2) return texts[0] ?? empty;
  return `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
};
