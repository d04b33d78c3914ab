/** A key of the composed query, as its form holds it. */
export type ComposedKey = {
  readonly column: string;
  readonly how: 'keys' | 'unknown' | 'bins' | 'time';
  /** One key a line, or edges of bins with commas between them. */
  readonly text: string;
  readonly every: 'hour' | 'day' | 'week';
  readonly from: string;
  readonly to: string;
};

export type ComposedFilter = {
  readonly column: string;
  readonly op: '=' | '<' | '<=' | '>' | '>=' | 'in';
  readonly value: string;
  readonly isNumber: boolean;
};

/** The form of a release. What is empty is left out of the query: the engine says what is missing. */
export type Composed = {
  readonly source: 'events' | 'actors';
  readonly measure: 'count' | 'sum' | 'mean' | 'variance' | 'quantiles' | 'top';
  readonly of: 'events' | 'actors';
  readonly column: string;
  readonly probabilities: string;
  readonly most: string;
  readonly keys: readonly ComposedKey[];
  readonly filters: readonly ComposedFilter[];
  readonly groupsPerActor: string;
  readonly rowsPerGroup: string;
  readonly low: string;
  readonly high: string;
  readonly step: string;
  readonly level: string;
  readonly epsilon: string;
  readonly delta: string;
  readonly purpose: string;
};

export const NOTHING_COMPOSED: Composed = {
  source: 'events',
  measure: 'count',
  of: 'actors',
  column: '',
  probabilities: '0.25, 0.5, 0.75',
  most: '10',
  keys: [],
  filters: [],
  groupsPerActor: '',
  rowsPerGroup: '',
  low: '',
  high: '',
  step: '',
  level: '0.95',
  epsilon: '0.5',
  delta: '0',
  purpose: '',
};

export const NEW_KEY: ComposedKey = { column: '', how: 'keys', text: '', every: 'day', from: '', to: '' };

/** JSON as the command line takes it. */
type Json = string | number | Json[] | { [key: string]: Json };

/** The query of a form, the same as the command line's JSON. */
export const composedQuery = (form: Composed): Record<string, Json> => ({
  ...(form.source === 'events' ? {} : { source: form.source }),
  ...measureOf(form),
  ...(form.keys.length === 0 ? {} : { by: form.keys.map(keyOf) }),
  ...whereOf(form.filters),
  bounds: boundsOf(form),
  ...(number(form.level) === undefined ? {} : { level: Number(form.level) }),
});

/** What is still to be chosen before a query can be read at all, in words; null where nothing is. */
export const stillMissing = (form: Composed): string | null => {
  if (readsValue(form) && form.column === '') return 'Choose the column that is measured.';
  const place = form.keys.findIndex(({ column, how, text, from, to }) => {
    if (column === '') return true;
    if (how === 'time') return from === '' || to === '';
    return how !== 'unknown' && text.trim() === '';
  });
  if (place < 0) return null;
  return form.keys[place]?.column === ''
    ? `Choose the column of key ${place + 1}.`
    : `Write the groups of key ${place + 1}: they are public and not read from the data.`;
};

/** Whether a value is read, so that its bounds and grid are needed. */
export const readsValue = ({ measure }: Composed): boolean => measure !== 'count' && measure !== 'top';
/** Whether a group may hold several rows of one actor. */
export const boundsRows = (form: Composed): boolean =>
  form.source === 'events' && !(!readsValue(form) && form.of === 'actors');
/** Whether an actor may touch several groups. */
export const boundsGroups = ({ source, keys }: Composed): boolean => source === 'events' && keys.length > 0;

const measureOf = (form: Composed): Record<string, Json> => {
  const { measure, of, column } = form;
  if (measure === 'count') return { count: of };
  if (measure === 'top') return { top: number(form.most) ?? form.most, of };
  return measure === 'quantiles'
    ? { quantiles: column, probabilities: numbers(form.probabilities) }
    : { [measure]: column };
};

const keyOf = ({ column, how, text, every, from, to }: ComposedKey): Json => {
  switch (how) {
    case 'unknown':
      return { column, keys: 'unknown' };
    case 'keys':
      return { column, keys: lines(text) };
    case 'bins':
      return { column, bins: numbers(text) };
    case 'time':
      return { column: 'ts', every, from, to };
  }
};

const whereOf = (filters: readonly ComposedFilter[]): Record<string, Json> => {
  const parts = filters
    .filter(({ column }) => column !== '')
    .map(({ column, op, value, isNumber }): Json => {
      const read = (text: string): Json => (isNumber ? (number(text) ?? text) : text);
      return { column, [op]: op === 'in' ? lines(value).map(read) : read(value) };
    });
  const [only] = parts;
  if (only === undefined) return {};
  return { where: parts.length === 1 ? only : { and: parts } };
};

const boundsOf = (form: Composed): Record<string, Json> => ({
  ...(boundsGroups(form) && form.groupsPerActor !== '' ? { groupsPerActor: whole(form.groupsPerActor) } : {}),
  ...(boundsRows(form) && form.rowsPerGroup !== '' ? { rowsPerGroup: whole(form.rowsPerGroup) } : {}),
  ...(readsValue(form) && form.low !== '' && form.high !== '' ? { value: [form.low.trim(), form.high.trim()] } : {}),
  ...(readsValue(form) && form.step !== '' ? { step: form.step.trim() } : {}),
});

const number = (text: string): number | undefined =>
  text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
const whole = (text: string): Json => number(text) ?? text;
const lines = (text: string): string[] =>
  text
    .split(/[\n,]/u)
    .map((each) => each.trim())
    .filter((each) => each !== '');
const numbers = (text: string): number[] => lines(text).map(Number);
