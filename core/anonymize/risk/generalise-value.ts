import { parseAddress } from '../address.ts';
import type { Rule } from './schema.ts';

/** The one value that stands for all others of a column. */
const OTHER = 'other';
const ANY = '*';

/** What a text becomes under a rule. Rules for numbers leave it as it is. */
export const generaliseText = (rule: Rule, keep: ReadonlySet<string>, text: string): string => {
  switch (rule.kind) {
    case 'top':
      return keep.has(text) ? text : OTHER;
    case 'prefix':
      return prefixOf(text, rule.bitsIPv4, rule.bitsIPv6);
    case 'all':
      return ANY;
    default:
      return text;
  }
};

/** The texts a rule keeps, for `generaliseText`. */
export const keptBy = (rule: Rule): ReadonlySet<string> => new Set(rule.kind === 'top' ? rule.keep : []);

/** `192.0.2.7` and `192.0.2.0/24` to 16 bits → `4:c000`, a name of the network; whole bytes only. */
const prefixOf = (text: string, bitsIPv4: number, bitsIPv6: number): string => {
  const bytes = parseAddress(text.split('/', 1)[0] ?? text);
  if (bytes === undefined) return OTHER;
  const kept = (bytes.length === 4 ? bitsIPv4 : bitsIPv6) / 8;
  return `${bytes.length === 4 ? 4 : 6}:${Buffer.from(bytes.subarray(0, kept)).toString('hex')}`;
};

/** The place of the bin that holds the value, 0 below the first edge too; edges ascend. */
export const binOf = (edges: ArrayLike<number>, value: number): number => {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((edges[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
};
