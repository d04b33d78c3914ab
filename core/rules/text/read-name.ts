import { LIMITS } from '../form/limits.ts';
import { fault, isLineOver, mark, peek, take, want, type Cursor } from './cursor.ts';
import { shown } from './hidden.ts';
import { RESERVED } from './words.ts';

/** The name of an event column. */
export const readColumn = (c: Cursor, path: string | null, of: 'text' | 'number' | 'any'): string | undefined => {
  want(c, { kind: 'column', of });
  return readName(c, path, 'an event column', 'action');
};

/** The name of a feature. */
export const readFeature = (c: Cursor, path: string | null): string | undefined => {
  want(c, { kind: 'feature' });
  return readName(c, path, 'a feature', 'event_count');
};

/** A name that can stand as it is, without backticks. */
export const isPlainName = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !RESERVED.has(name);

const readName = (c: Cursor, path: string | null, what: string, example: string): string | undefined => {
  const token = peek(c);
  if (token.kind !== 'name' && token.kind !== 'word') {
    const hint = token.kind === 'text' ? 'Names stand without double quotes.' : `Write its name, like ${example}.`;
    return fault(c, 'missing-name', `The name of ${what} is missing here.`, hint);
  }
  const isReserved = RESERVED.has(token.value);
  if (token.kind === 'word' && isReserved && isLineOver(c)) {
    return fault(c, 'missing-name', `The name of ${what} is missing here.`, `Write its name, like ${example}.`);
  }
  if (token.kind === 'word' && !isPlainName(token.value)) {
    const message = isReserved
      ? `The name of ${what} is missing here.`
      : `${shown(token.value)} has letters that look like others.`;
    const hint = `If ${isReserved ? 'it is called so' : 'this is meant'}, write it in backticks: \`${token.value}\`.`;
    return fault(c, 'missing-name', message, hint);
  }
  if (token.value === '' || token.value.length > LIMITS.name) {
    return fault(c, 'missing-name', 'This is no name.', `A name has 1 to ${LIMITS.name} characters.`);
  }
  take(c);
  mark(c, path, token);
  return token.value;
};
