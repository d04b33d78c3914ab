import { NightjarError } from '../../api/errors.ts';
import { EVENT_COLUMNS, isEventColumn } from '../schema.ts';
import { closest } from './closest.ts';

/** An event column (or `m_x`, `c_x`, `b_x`, `text`) and the source fields it is joined from. */
export type MapRule = { readonly column: string; readonly fields: readonly string[] };

const EXTRA_COLUMN = /^[mcb]_[a-z0-9_]{1,60}$/;

/**
 * Reads `--map actor_id=user,object_id=host+path,text=comment`. A backslash before `,`, `+`, `=` or `\` makes it part of a field's
 * name. Throws `usage` for a part that is no assignment, a column that does not exist (with the nearest one), a column given twice
 * and a missing field.
 */
export const parseMapOption = (text: string): readonly MapRule[] => {
  const rules = split(text, ',')
    .filter((part) => part.trim() !== '')
    .map(parseRule);
  if (rules.length === 0) throw wrong('The mapping is empty.', EXAMPLE);
  const twice = rules.find(({ column }, i) => rules.findIndex((other) => other.column === column) < i);
  if (twice !== undefined) {
    throw wrong(
      `The column ${twice.column} is mapped twice.`,
      `Join several fields with a plus: ${twice.column}=first+second.`,
    );
  }
  return rules;
};

const EXAMPLE = 'Write column=field, parts separated by commas: ts=time,actor_id=user.';

const parseRule = (part: string): MapRule => {
  const [left = '', ...right] = split(part, '=');
  if (right.length === 0) throw wrong(`"${part.trim()}" is not of the form column=field.`, EXAMPLE);
  if (right.length > 1)
    throw wrong(`"${part.trim()}" has more than one equals sign.`, 'Write \\= for an equals sign in a name.');
  const column = left.trim();
  requireColumn(column);
  const fields = split(right[0] ?? '', '+').map((field) => unescape(field.trim()));
  if (fields.some((field) => field === '')) throw wrong(`The column ${column} has no field.`, EXAMPLE);
  return { column, fields };
};

/** Throws `usage` for a name that no column of an event can have, or that the import makes itself. */
export const requireColumn = (column: string): void => {
  if (!isEventColumn(column) && column !== 'text' && !EXTRA_COLUMN.test(column)) throw unknown(column);
  if (column.startsWith('text_') || MADE.has(column)) {
    throw wrong(`The column ${column} is made by the import itself.`, 'Map the text to "text"; its features follow.');
  }
};

const MADE = new Set(['dataset', 'seq']);

/** Cuts at a separator that no backslash precedes; escapes stay. */
const split = (text: string, separator: string): readonly string[] => {
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === '\\' && i + 1 < text.length) part += char + (text[++i] ?? '');
    else if (char === separator) {
      parts.push(part);
      part = '';
    } else part += char;
  }
  return [...parts, part];
};

const unescape = (text: string): string => text.replace(/\\([,+=\\])/g, '$1');

const unknown = (column: string): NightjarError => {
  const names = [
    ...EVENT_COLUMNS.map(({ name }) => name).filter((name) => !name.startsWith('text_') && name !== 'dataset'),
    'text',
  ];
  const near = closest(column, names);
  const extra =
    'A number of your own goes to m_name, a category to c_name, a free text to text, an identifier of which only buckets are kept to b_name.';
  const hint = near === undefined ? `Columns are ${names.join(', ')}.` : `Did you mean ${near}?`;
  return wrong(`There is no event column "${column}".`, `${hint} ${extra}`);
};

const wrong = (message: string, next: string): NightjarError =>
  new NightjarError('usage', message, { where: '--map', next });
