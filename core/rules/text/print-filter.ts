import type { EventFilter } from '../schema.ts';
import { quoted, quotedName } from './hidden.ts';
import { isPlainName } from './read-name.ts';

/** A filter in the text form, with no brackets but those it needs. */
export const printFilter = (filter: EventFilter): string => {
  if ('all' in filter) return filter.all.map(printPart).join(' and ');
  if ('any' in filter)
    return filter.any.map((part) => ('any' in part ? `(${printFilter(part)})` : printFilter(part))).join(' or ');
  if (!('not' in filter)) return printLeaf(filter, false);
  const { not } = filter;
  if ('column' in not && !isOrdered(not)) return printLeaf(not, true);
  return `not ${printPart(not)}`;
};

/** A name as it stands in the text form. */
export const printName = (name: string): string => (isPlainName(name) ? name : quotedName(name));

type Leaf = Extract<EventFilter, { readonly column: string }>;

/** In an `and`, behind a `not`: what has parts of its own stands in brackets. */
const printPart = (part: EventFilter): string =>
  'all' in part || 'any' in part ? `(${printFilter(part)})` : printFilter(part);

/** Whether the operator compares by order: `<`, `<=`, `>`, `>=`. */
export const isOrdered = ({ op }: Leaf): boolean => op !== '=' && op !== 'in' && op !== 'present';

const printLeaf = (leaf: Leaf, isDenied: boolean): string => {
  const column = printName(leaf.column);
  if (leaf.op === 'present') return `${column} is ${isDenied ? 'missing' : 'present'}`;
  if (leaf.op === 'in') return `${column}${isDenied ? ' not' : ''} in (${leaf.values.map(quoted).join(', ')})`;
  return `${column} ${isDenied ? '!=' : leaf.op} ${typeof leaf.value === 'string' ? quoted(leaf.value) : leaf.value}`;
};
