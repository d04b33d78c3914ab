import type { ReactNode } from 'react';
import { cx } from '../ui/cx.ts';
import { ArrowDownIcon, ArrowUpIcon } from '../ui/icons.tsx';
import css from './virtual-grid.module.css';

export type GridColumn<Row> = {
  readonly id: string;
  readonly header: ReactNode;
  /** Names the column where `header` is not plain text. */
  readonly label?: string;
  /** A track of CSS grid: `96px`, `minmax(120px, 2fr)`. */
  readonly width: string;
  readonly align?: 'start' | 'end';
  readonly isSortable?: boolean;
  readonly cell: (row: Row, index: number) => ReactNode;
};

export type GridSort = { readonly by: string; readonly descending: boolean };

/** The head of a column; a button where the table can be sorted by it. */
export const HeadCell = <Row,>(props: {
  readonly column: GridColumn<Row>;
  readonly index: number;
  readonly sort: GridSort | null;
  readonly onSort: ((sort: GridSort) => void) | undefined;
}) => {
  const { column, sort, onSort } = props;
  const isSorted = sort?.by === column.id;
  const order = isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none';
  return (
    <div
      role="columnheader"
      aria-colindex={props.index + 1}
      aria-label={column.label}
      aria-sort={column.isSortable === true ? order : undefined}
      className={cx(css.headCell, column.align === 'end' && css.end)}
    >
      {column.isSortable === true && onSort !== undefined ? (
        <button
          type="button"
          className={cx(css.sort, isSorted && css.sorted)}
          onClick={() => onSort({ by: column.id, descending: isSorted ? !sort.descending : true })}
        >
          {column.header}
          {isSorted ? sort.descending ? <ArrowDownIcon size={12} /> : <ArrowUpIcon size={12} /> : null}
        </button>
      ) : (
        column.header
      )}
    </div>
  );
};
