import { asksForest, boundsGroups, boundsRows, mayTotal, readsValue } from './compose-needs.ts';
import type { Composed, ComposedFilter, ComposedKey } from './composed.ts';

/** JSON as the command line takes it. */
type Json = string | number | boolean | Json[] | { [key: string]: Json };

/** The query of a form, the same as the command line's JSON. */
export const composedQuery = (form: Composed): Record<string, Json> =>
  asksForest(form) ? { forest: forestOf(form) } : queryOf(form);

const queryOf = (form: Composed): Record<string, Json> => ({
  ...(form.source === 'events' ? {} : { source: form.source }),
  ...measureOf(form),
  ...(form.keys.length === 0 ? {} : { by: form.keys.map((key) => keyOf(key, mayTotal(form))) }),
  ...whereOf(form.filters),
  bounds: boundsOf(form),
  ...(number(form.level) === undefined ? {} : { level: Number(form.level) }),
});

const measureOf = (form: Composed): Record<string, Json> => {
  const { measure, of, column } = form;
  if (measure === 'count') return { count: of };
  if (measure === 'top') return { top: whole(form.most), of };
  if (measure === 'findContributions') return { findContributions: 'rows', beyond: whole(form.beyond) };
  if (measure === 'findBounds') return { findBounds: column, beyond: whole(form.beyond) };
  return measure === 'quantiles'
    ? {
        quantiles: column,
        probabilities: numbers(form.probabilities),
        ...(form.hasIntervals ? { intervals: true } : {}),
      }
    : { [measure]: column };
};

/** A feature a line: its name, a colon, and its bounds and marks with commas between. */
const forestOf = ({ features, trees, depth }: Composed): Json => ({
  features: features
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const at = line.lastIndexOf(':');
      const [name, bounds] = at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
      return { name: name.trim(), bounds: numbers(bounds) };
    }),
  trees: whole(trees),
  depth: whole(depth),
});

const keyOf = ({ column, how, text, every, from, to, hasTotal }: ComposedKey, isTotalled: boolean): Json => {
  const totals = hasTotal && isTotalled ? { totals: ['all'] } : {};
  switch (how) {
    case 'unknown':
      return { column, keys: 'unknown' };
    case 'keys':
      return { column, keys: lines(text), ...totals };
    case 'bins':
      return { column, bins: numbers(text) };
    case 'time':
      return { column: 'ts', every, from, to, ...totals };
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
