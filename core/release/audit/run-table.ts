import { makePace, type Watch } from '../../api/progress.ts';
import { observe } from './observe.ts';

/** Observations of many runs, column by column: one number per run, NaN where a run did not show it. */
export type RunTable = {
  readonly runs: number;
  readonly columns: ReadonlyMap<string, Float64Array>;
};

/**
 * Released texts as a table; each way the words around the numbers stand is a column of its own, 1 where a run had it.
 * Throws `cancelled`.
 */
export const tableOfRuns = async (texts: readonly string[], watch: Watch = {}): Promise<RunTable> => {
  const pace = makePace(watch);
  const columns = new Map<string, Float64Array>();
  const put = (name: string, run: number, x: number): void => {
    let column = columns.get(name);
    if (column === undefined) {
      column = new Float64Array(texts.length).fill(Number.NaN);
      columns.set(name, column);
    }
    column[run] = x;
  };
  for (const [run, text] of texts.entries()) {
    await pace();
    const { numbers, form } = observe(text);
    for (const [name, x] of numbers) put(name, run, x);
    put(`${FORM}${form}`, run, 1);
  }
  return { runs: texts.length, columns };
};

/** How the names of columns about the words around the numbers begin. */
export const FORM = 'words: ';

/** Every second run from `first` on: halves that have nothing to do with each other. */
export const halfOf = ({ runs, columns }: RunTable, first: 0 | 1): RunTable => {
  const pick = (column: Float64Array): Float64Array => column.filter((_, i) => i % 2 === first);
  return {
    runs: Math.floor((runs + 1 - first) / 2),
    columns: new Map([...columns].map(([name, column]) => [name, pick(column)])),
  };
};
