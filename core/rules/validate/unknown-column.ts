import { shown } from '../text/hidden.ts';
import { didYouMean } from '../text/near.ts';
import { namedColumns } from '../form/named-columns.ts';
import { error, type Validator } from './validator.ts';

/** A column that carries no data where the rule will run: each comparison with it would be false. */
export const unknownColumn: Validator = {
  code: 'unknown-column',
  check: (rule, { vocabulary: { columns } }) => {
    if (columns === undefined) return [];
    const names = columns.map(({ name }) => name);
    const known = new Set(names);
    const all = `There are ${names.slice(0, MOST_LISTED).join(', ')}${names.length > MOST_LISTED ? ' …' : ''}.`;
    return namedColumns(rule)
      .filter(({ column }) => !known.has(column))
      .map(({ path, column }) => {
        const hint =
          column === 'ts' ? 'Times are for windows: write in any 10 minutes.' : didYouMean(column, names, all);
        return error(path, `There is no column ${shown(column)} in these events.`, hint);
      });
  },
};

const MOST_LISTED = 30;
