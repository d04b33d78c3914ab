import { NightjarError } from '../api/errors.ts';
import { parseNumber } from './encode/index.ts';
import type { FileSample } from './file-sample.ts';
import { LABEL_NAMES, nameKey } from './mapping/names.ts';
import type { ColumnPlan } from './plan.ts';

/** What was said of an entity table's columns. */
export type ColumnChoice = { readonly id?: string; readonly ignore?: readonly string[]; readonly label?: string };

export type EntityColumns = {
  readonly id: string | undefined;
  readonly features: readonly string[];
  /** Features that are texts of few different values. */
  readonly categories: ReadonlySet<string>;
  readonly columns: readonly ColumnPlan[];
  readonly warnings: readonly string[];
};

const ID_NAMES = new Set([
  'id',
  'actor',
  'actor_id',
  'user',
  'user_id',
  'userid',
  'account',
  'account_id',
  'entity',
  'entity_id',
  'name',
  'key',
  'node',
  'nodeid',
]);

/** Most different values of a text that is taken for a category; a column with more is taken for names of things. */
const MOST_LEVELS = 64;

/** Whether so many different texts among so many are a category: at least two, few, and most of them come again. */
export const isCategory = (levels: number, values: number): boolean =>
  levels >= 2 && levels <= MOST_LEVELS && levels < values / 2;

/** What is said of a column that is neither numbers nor a category. */
export const notUsed = (field: string): string => `Column "${field}" is not numeric and is not used.`;

/** Which columns of an entity table are its id and its features. Errors: `usage` for a column that is not there, `input` without any number. */
export const chooseEntityColumns = (sample: FileSample, options: ColumnChoice, name: string): EntityColumns => {
  const { fields, rows } = sample;
  const warnings: string[] = [];
  for (const field of [options.id, options.label, ...(options.ignore ?? [])]) {
    if (field === undefined || fields.includes(field)) continue;
    throw new NightjarError('usage', `There is no column "${field}".`, {
      where: name,
      next: `The columns are: ${fields.slice(0, 40).join(', ')}.`,
    });
  }
  const valuesOf = (field: string): string[] =>
    rows.map((row) => row[fields.indexOf(field)] ?? '').filter((value) => value.trim() !== '');
  const distinct = (field: string): number => new Set(valuesOf(field)).size;
  const isUnique = (field: string): boolean => rows.length > 0 && distinct(field) === rows.length;
  const ignored = new Set(options.ignore ?? []);
  const id =
    options.id ?? fields.find((field) => ID_NAMES.has(nameKey(field)) && isUnique(field) && !ignored.has(field));
  const aside = new Set([id, options.label, ...(options.ignore ?? [])]);
  const categories = new Set<string>();
  const features = fields.filter((field) => {
    if (aside.has(field)) return false;
    if (LABEL_NAMES.has(nameKey(field)) && distinct(field) <= 2) {
      warnings.push(`Column "${field}" looks like a label and is not used as a feature.`);
      return false;
    }
    const values = valuesOf(field);
    if (ID_NAMES.has(nameKey(field)) && areIds(values, distinct(field))) {
      warnings.push(`Column "${field}" looks like an id and is not used as a feature.`);
      if (id === undefined) warnings.push('No id is there once for every row: rows are called by their number.');
      return false;
    }
    const numeric = values.filter((value) => parseNumber(value, '.') !== null).length;
    if (numeric >= 0.9 * values.length) return true;
    if (isCategory(distinct(field), values.length)) {
      categories.add(field);
      return true;
    }
    warnings.push(notUsed(field));
    return false;
  });
  if (features.length === 0) throw noFeatures(name);
  const term = (column: string, field: string, to: 'token' | 'keep'): ColumnPlan => ({
    column,
    fields: [fields.indexOf(field)],
    encode: { kind: 'term', transform: { to } },
    required: column === 'actor_id',
    vaulted: column === 'actor_id',
  });
  return {
    id,
    features,
    categories,
    warnings,
    columns: [
      ...(id === undefined ? [] : [term('actor_id', id, 'token')]),
      ...(options.label === undefined ? [] : [term('label', options.label, 'keep')]),
      ...features.map((field, j): ColumnPlan => ({
        column: `m_${j}`,
        fields: [fields.indexOf(field)],
        // A level's text stops here: its token is counted, and its number is kept.
        encode: categories.has(field)
          ? { kind: 'term', transform: { to: 'token' } }
          : { kind: 'number', decimal: '.', strict: false },
        required: false,
        vaulted: false,
      })),
    ],
  };
};

/** Whether the values of a column that is called an id are ids: whole numbers, most of them there once. */
const areIds = (values: readonly string[], distinct: number): boolean =>
  distinct > values.length / 2 && values.every((value) => /^[+-]?\d+$/u.test(value.trim()));

export const noFeatures = (where: string): NightjarError =>
  new NightjarError('input', 'The table has no numeric column and no category to use.', {
    where,
    next: 'Check the delimiter and the decimal sign, or whether this is a log (then leave --entities out).',
  });
