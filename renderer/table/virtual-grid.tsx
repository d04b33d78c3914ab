import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useImperativeHandle, useRef } from 'react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { cx } from '../ui/cx.ts';
import { HeadCell } from './head-cell.tsx';
import type { GridColumn, GridSort } from './head-cell.tsx';
import { keyMove } from './key-move.ts';
import css from './virtual-grid.module.css';

export type GridHandle = {
  readonly focus: () => void;
  readonly scrollToIndex: (index: number, align?: 'auto' | 'start' | 'center') => void;
};

export type VirtualGridProps<Row> = {
  /** What the rows are. */
  readonly label: string;
  /** None while they are on their way. */
  readonly columns: readonly GridColumn<Row>[];
  readonly rowCount: number;
  /** Undefined while the row is on its way. */
  readonly getRow: (index: number) => Row | undefined;
  /** First and last row in sight (inclusive, with a margin): time to load them. */
  readonly onVisibleRange?: (first: number, last: number) => void;
  /** The row that keys move from; -1 is none. */
  readonly selectedIndex: number;
  readonly onSelect: (index: number) => void;
  /** Enter, or a double click. */
  readonly onOpen?: (index: number) => void;
  /** Rows chosen beside the selected one, for what is done to many at once. */
  readonly isMarked?: (index: number) => boolean;
  readonly sort?: GridSort | null;
  readonly onSort?: (sort: GridSort) => void;
  readonly rowHeight?: number;
  /** In place of rows, when there are none. */
  readonly empty?: ReactNode;
  readonly className?: string;
  /** Keys that the grid does not use itself. */
  readonly onKeyDown?: (event: KeyboardEvent<HTMLDivElement>) => void;
  readonly ref?: Ref<GridHandle>;
};

/**
 * A table of any length: rows are drawn where they are in sight, and asked for when they are needed. One stop for Tab; arrows, j and k,
 * Page, Home and End move the selected row, Enter opens it.
 */
export const VirtualGrid = <Row,>(props: VirtualGridProps<Row>) => {
  const { columns, rowCount, selectedIndex, onSelect, onOpen, onVisibleRange, rowHeight = 28 } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingEnd: HEAD_HEIGHT + NEXT_ROWS * rowHeight, // the head covers as much of the window as it pushes the rows down
    initialRect: { width: 800, height: 400 },
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;

  useEffect(() => {
    if (last >= first) onVisibleRange?.(first, last);
  }, [first, last, onVisibleRange]);

  useImperativeHandle(props.ref, () => ({
    focus: () => {
      scroller.current?.focus({ preventScroll: true });
      scroller.current?.scrollIntoView({ block: 'nearest' }); // where parts stand below each other
    },
    scrollToIndex: (index, align = 'auto') => virtual.scrollToIndex(index, { align }),
  }));

  const move = (index: number): void => {
    virtual.scrollToIndex(index, { align: 'auto' });
    onSelect(index);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const isInside = event.target === event.currentTarget;
    const rowsPerPage = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const target = isInside ? keyMove(event, { index: selectedIndex, rowCount, rowsPerPage }) : null;
    if (target !== null) {
      event.preventDefault();
      move(target);
    } else if (isInside && event.key === 'Enter' && selectedIndex >= 0 && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      onOpen?.(selectedIndex);
    } else props.onKeyDown?.(event);
  };

  const template = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') };
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      className={cx(css.grid, props.className)}
      aria-label={props.label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length}
      aria-busy={columns.length === 0}
      aria-activedescendant={selectedIndex >= first && selectedIndex <= last ? `${id}-${selectedIndex}` : undefined}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget && selectedIndex < 0 && rowCount > 0) onSelect(0);
      }}
    >
      {columns.length > 0 && (
        <div role="rowgroup" className={css.head}>
          <div role="row" aria-rowindex={1} className={css.line} style={template}>
            {columns.map((column, index) => (
              <HeadCell key={column.id} column={column} index={index} sort={props.sort ?? null} onSort={props.onSort} />
            ))}
          </div>
        </div>
      )}
      {rowCount > 0 ? null : (
        <div role="rowgroup">
          <div role="row">
            <div role="gridcell">{props.empty}</div>
          </div>
        </div>
      )}
      <div
        role={rowCount > 0 ? 'rowgroup' : 'presentation'}
        className={css.body}
        style={{ height: virtual.getTotalSize() }}
      >
        {items.map((item) => {
          const row = props.getRow(item.index);
          const isActive = item.index === selectedIndex;
          return (
            <div
              key={item.key}
              id={`${id}-${item.index}`}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={isActive || props.isMarked?.(item.index) === true}
              aria-busy={row === undefined}
              className={cx(
                css.line,
                css.row,
                (isActive || props.isMarked?.(item.index) === true) && css.selected,
                isActive && css.active,
              )}
              style={{ ...template, height: rowHeight, transform: `translateY(${item.start}px)` }}
              onClick={() => onSelect(item.index)}
              onDoubleClick={() => onOpen?.(item.index)}
            >
              {columns.map((column, index) => (
                <div
                  key={column.id}
                  role="gridcell"
                  aria-colindex={index + 1}
                  className={cx(css.cell, column.align === 'end' && css.end)}
                >
                  {row === undefined ? <span className={css.waiting} /> : contentOf(column.cell(row, item.index))}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
};

const HEAD_HEIGHT = 29;

/** Rows kept in sight below the selected one: who walks down sees what comes next. */
const NEXT_ROWS = 2;

const contentOf = (content: ReactNode): ReactNode =>
  typeof content === 'string' || typeof content === 'number' ? (
    <span className={css.cellText}>{content}</span>
  ) : (
    content
  );
