import type { Composed } from './composed.ts';

/** What is still to be chosen before a query can be read at all, in words; null where nothing is. */
export const stillMissing = (form: Composed): string | null => {
  if (asksForest(form)) {
    return form.features.trim() === '' ? 'Write the features of the forest and their bounds, one a line.' : null;
  }
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

/** Whether a model is asked for instead of numbers. */
export const asksForest = ({ measure }: Composed): boolean => measure === 'forest';
/** Whether a value is read, so that its bounds and grid are needed. */
export const readsValue = ({ measure }: Composed): boolean =>
  measure !== 'count' && measure !== 'top' && measure !== 'findContributions' && measure !== 'forest';
/** Whether rows or actors are counted, which of them is to be said. */
export const countsRows = ({ measure }: Composed): boolean => measure === 'count' || measure === 'top';
/** Whether bounds are looked for, to be used by queries to come. */
export const findsBounds = ({ measure }: Composed): boolean =>
  measure === 'findBounds' || measure === 'findContributions';
/** Whether a group may hold several rows of one actor. */
export const boundsRows = (form: Composed): boolean =>
  form.source === 'events' && !(countsRows(form) && form.of === 'actors');
/** Whether totals may be asked for: of counts and sums by one dimension. */
export const mayTotal = ({ measure, keys }: Composed): boolean =>
  keys.length === 1 && (measure === 'count' || measure === 'sum');
/** The size of groups that is assumed, where it is a number. */
export const assumedSize = ({ groupSize }: Composed): number | undefined =>
  /^[1-9]\d{0,11}$/u.test(groupSize.trim()) ? Number(groupSize) : undefined;
/** Whether an actor may touch several groups. */
export const boundsGroups = ({ source, keys }: Composed): boolean => source === 'events' && keys.length > 0;
