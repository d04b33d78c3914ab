/** The numbers of a plot as a table, for those who cannot see it or want to copy them. */
export type TwinTable = {
  readonly caption: string;
  readonly columns: readonly { readonly label: string; readonly isNumber: boolean }[];
  readonly rows: readonly (readonly string[])[];
};

/** Columns by their labels; those that end in `#` hold numbers. */
export const twinColumns = (...labels: readonly string[]): TwinTable['columns'] =>
  labels.map((label) => ({ label: label.replace(/#$/, ''), isNumber: label.endsWith('#') }));
