import type { Detection } from '../../../../core/rules/export/sigma/detection.ts';
import type { Fields } from '../meets.ts';

/** True, false, or null: unknown, as SQL and ES|QL say of a comparison with a missing value. */
type Truth = boolean | null;

export type Reading = { readonly missingIsNull: boolean };

/**
 * A backend of Sigma in small: what a detection says of an event, with unescaped wildcards. A missing value makes a
 * comparison false, or null where the backend is like SQL; what is null at the end is not found.
 */
export const detects = (detection: Detection, event: Fields, { missingIsNull }: Reading): boolean => {
  const condition = detection['condition'];
  if (typeof condition !== 'string') throw new TypeError('no condition');
  const words = condition.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const or = (): Truth =>
    join(and, 'or', (parts) => (parts.includes(true) ? true : parts.includes(null) ? null : false));
  const and = (): Truth =>
    join(not, 'and', (parts) => (parts.includes(false) ? false : parts.includes(null) ? null : true));
  const join = (part: () => Truth, word: string, truth: (parts: readonly Truth[]) => Truth): Truth => {
    const parts = [part()];
    while (words[at] === word) {
      at++;
      parts.push(part());
    }
    return truth(parts);
  };
  const not = (): Truth => {
    if (words[at] === 'not') {
      at++;
      const value = not();
      return value === null ? null : !value;
    }
    if (words[at] === '(') {
      at++;
      const value = or();
      if (words[at] !== ')') throw new TypeError('a bracket is open');
      at++;
      return value;
    }
    const name = words[at++] ?? '';
    const map = detection[name];
    if (map === undefined || typeof map === 'string') throw new TypeError(`no identifier ${name}`);
    const items = Object.entries(map).map(([key, value]) => holds(key, value));
    return items.includes(false) ? false : items.includes(null) ? null : true;
  };
  const holds = (key: string, wanted: unknown): Truth => {
    const [field = '', modifier] = key.split('|');
    const value = event[field] ?? null;
    if (modifier === 'exists') return (value !== null) === wanted;
    if (value === null) return missingIsNull ? null : false;
    const list: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
    return list.some((each) => fits(value, modifier, each));
  };
  const truth = or();
  if (at !== words.length) throw new TypeError('something is left of the condition');
  return truth === true;
};

const fits = (value: string | number, modifier: string | undefined, wanted: unknown): boolean => {
  if (modifier === undefined && typeof wanted === 'string')
    return typeof value === 'string' && pattern(wanted).test(value);
  if (modifier === undefined) return String(value) === String(wanted);
  if (typeof value !== 'number' || typeof wanted !== 'number') return false;
  if (modifier === 'lt') return value < wanted;
  if (modifier === 'lte') return value <= wanted;
  return modifier === 'gt' ? value > wanted : value >= wanted;
};

/** Sigma's text: `\\` is a backslash before a wildcard or a backslash, `?` any one character. */
const pattern = (written: string): RegExp => {
  let source = '';
  for (let i = 0; i < written.length; i++) {
    const sign = written.charAt(i);
    const next = written.charAt(i + 1);
    if (sign === '\\' && ['\\', '*', '?'].includes(next)) {
      source += `\\${next}`;
      i++;
    } else if (sign === '?') source += '.';
    else if (sign === '*') source += '.*';
    else source += sign.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  }
  return new RegExp(`^${source}$`, 's');
};
