import type { OpenColumn } from '../../../core/api/contract.ts';
import type { Composed } from './composed.ts';

/** What a part of the form is given: all of it, the columns that may be used, and how to change it. */
export type ComposePart = {
  readonly form: Composed;
  readonly columns: readonly OpenColumn[];
  readonly onChange: (part: Partial<Composed>) => void;
};

/** Columns as choices, of one type or of all. */
export const columnChoices = (columns: readonly OpenColumn[], type?: OpenColumn['type']) =>
  columns.filter((each) => type === undefined || each.type === type).map(({ name }) => ({ id: name, label: name }));
