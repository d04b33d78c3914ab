/** Reading fields of JSON records of unknown shape. */

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/**
 * The value at a dotted path: `a.b`, `a.0.b` through an array, also where a writer left dots inside keys (`{"a.b": 1}`,
 * `{"a": {"b.c": 1}}`). Undefined where nothing lies there.
 */
export const valueAt = (record: unknown, path: string): unknown => {
  if (!isObject(record)) return undefined;
  if (Object.hasOwn(record, path)) return record[path];
  for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
    const key = path.slice(0, dot);
    if (!Object.hasOwn(record, key)) continue;
    const found = valueAt(record[key], path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The first non-empty text (or number, as text) among the paths, or null. '-' stands for nothing. */
export const textAt = (record: unknown, ...paths: readonly string[]): string | null => {
  for (const path of paths) {
    const value = valueAt(record, path);
    const text = textOf(Array.isArray(value) ? value[0] : value);
    if (text !== null) return text;
  }
  return null;
};

const textOf = (value: unknown): string | null => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' || text === '-' ? null : text;
};

/** The first finite number among the paths, or null; numbers written as text count. */
export const numberAt = (record: unknown, ...paths: readonly string[]): number | null => {
  for (const path of paths) {
    const value = valueAt(record, path);
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
  }
  return null;
};

/** 1 or 0 of the first boolean among the paths, or null. */
export const flagAt = (record: unknown, ...paths: readonly string[]): number | null => {
  for (const path of paths) {
    const value = valueAt(record, path);
    if (value === true || value === 'true') return 1;
    if (value === false || value === 'false') return 0;
  }
  return null;
};

/** Share of the records for which `holds` is true, 0 for none. */
export const shareOf = <T>(items: readonly T[], holds: (item: T) => boolean): number =>
  items.length === 0 ? 0 : items.filter(holds).length / items.length;
