import { NightjarError } from '../../../api/errors.ts';
import type { ExportOptions } from '../exporter.ts';
import { byCodePoint, withHidden } from '../../text/hidden.ts';
import { ownFieldOf } from '../field-map.ts';

/** Columns that are things which last: Osprey tracks them, and labels sit on them. */
export const ENTITY_COLUMNS = ['actor_id', 'object_id', 'ip', 'device_id', 'session_id'] as const;

export const isEntity = (column: string): boolean => ENTITY_COLUMNS.some((name) => name === column);

/** Feature of an entity, in every file: `ActorId`; name of another column, in its file only: `_Amount`. */
export const smlName = (column: string): string => {
  const name = column
    .split(/[^A-Za-z0-9]+/)
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
    .join('');
  return isEntity(column) ? name : `_${name}`;
};

/**
 * Path of a column in the JSON of an action. A field with dots is a path of its own. Errors: `usage` for a name that no JSON
 * path can hold.
 */
export const jsonPath = (column: string, options: Pick<ExportOptions, 'fields'>): string => {
  const parts = ownFieldOf(column, options).split('.');
  if (!parts.every((part) => /^[A-Za-z_@][\w@-]*$/.test(part))) {
    throw new NightjarError('usage', 'A field cannot be a path in the JSON of an action.', {
      where: column,
      next: 'Name fields with letters, digits and _, with dots between the levels.',
    });
  }
  return ['$', ...parts.map((part) => (isPlain(part) ? part : `"${part}"`))].join('.');
};

/** jsonpath-rw, which Osprey uses, keeps two words for itself. */
const isPlain = (part: string): boolean => /^[A-Za-z_]\w*$/.test(part) && part !== 'parent' && part !== 'where';

/** A text in SML, which is Python's. */
export const smlText = (text: string): string =>
  `'${withHidden(text.replaceAll('\\', '\\\\').replaceAll("'", "\\'"), byCodePoint)}'`;

/** A number as a float of Python. */
export const smlNumber = (value: number): string => {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
};
