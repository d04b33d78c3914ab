const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Levels of objects and arrays in a field; what is nested deeper could exhaust the stack of who writes it as text. */
const MOST_LEVELS = 500;

class TooDeep extends Error {}

/** A JSON value as the text of a field: objects and arrays as JSON, null as nothing. Only within `orTooDeep`. */
export const jsonText = (value: unknown): string | null => {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return null;
  if (isDeeper(value, MOST_LEVELS)) throw new TooDeep();
  return JSON.stringify(value);
};

/** What is read of a record; null where one of its fields is nested too deep for a text. */
export const orTooDeep = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch (error) {
    if (error instanceof TooDeep) return null;
    throw error;
  }
};

/** Why such a record goes to quarantine. */
export const TOO_DEEP = { reject: `nested more than ${MOST_LEVELS} levels deep` };

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)));

/** What a record holds itself, or an array at an index: `constructor` is no field of every record. */
const memberOf = (value: unknown, key: string): unknown => {
  if (Array.isArray(value)) return value[Number(key)];
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
};

/** The value at a dotted path; a key that itself holds dots is tried first, arrays are entered by index. */
export const valueAt = (record: unknown, path: string): unknown => {
  const dot = path.indexOf('.');
  if (dot < 0 || (isRecord(record) && Object.hasOwn(record, path))) return memberOf(record, path);
  const inner = memberOf(record, path.slice(0, dot));
  return inner === undefined ? undefined : valueAt(inner, path.slice(dot + 1));
};

/** So many paths of records are looked at: columns of a file, not values that became names. */
const MOST_PATHS = 500;

/** Every leaf path of some records, in order of first appearance; arrays count as leaves. */
export const leafPaths = (records: readonly unknown[]): string[] => {
  const paths = new Set<string>();
  const walk = (value: unknown, prefix: string, depth: number): void => {
    if (paths.size >= MOST_PATHS) return;
    if (isRecord(value) && depth < 8) {
      for (const [key, inner] of Object.entries(value))
        walk(inner, prefix === '' ? key : `${prefix}.${key}`, depth + 1);
    } else if (prefix !== '') paths.add(prefix);
  };
  for (const record of records) walk(record, '', 0);
  return [...paths];
};
