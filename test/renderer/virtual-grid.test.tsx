// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { keyMove, VirtualGrid } from '../../renderer/table/index.ts';
import type { GridColumn } from '../../renderer/table/index.ts';

type Row = { readonly name: string; readonly size: number };
const COLUMNS: readonly GridColumn<Row>[] = [
  { id: 'name', header: 'Name', width: '1fr', isSortable: true, cell: (row) => row.name },
  { id: 'size', header: 'Size', width: '80px', align: 'end', cell: (row) => row.size },
];

// jsdom lays nothing out: a window of 280 px, ten rows.
beforeAll(() => {
  for (const key of ['offsetHeight', 'clientHeight']) Object.defineProperty(HTMLElement.prototype, key, { value: 280 });
  Object.defineProperty(HTMLElement.prototype, 'offsetWidth', { value: 600 });
  HTMLElement.prototype.scrollTo = () => {};
});
afterEach(cleanup);

const opened: number[] = [];
const sorts: unknown[] = [];
const ranges: (readonly [number, number])[] = [];

const Fixture = ({
  columns = COLUMNS,
  rowCount = 1000,
  isLoaded = () => true,
}: {
  columns?: readonly GridColumn<Row>[];
  rowCount?: number;
  isLoaded?: (index: number) => boolean;
}) => {
  const [selected, setSelected] = useState(-1);
  return (
    <VirtualGrid<Row>
      label="Things"
      columns={columns}
      rowCount={rowCount}
      getRow={(index) => (isLoaded(index) ? { name: `<b>thing ${index}</b>`, size: index } : undefined)}
      onVisibleRange={(first, last) => ranges.push([first, last])}
      selectedIndex={selected}
      onSelect={setSelected}
      onOpen={(index) => opened.push(index)}
      sort={{ by: 'name', descending: false }}
      onSort={(sort) => sorts.push(sort)}
      empty={<p>Nothing fits.</p>}
    />
  );
};

const selectedIndex = (): number => {
  const row = document.querySelector('[role="row"][aria-selected="true"]');
  return row === null ? -1 : Number(row.getAttribute('aria-rowindex')) - 2;
};

describe('VirtualGrid', () => {
  it('is busy and has no head while its columns are on their way', () => {
    render(<Fixture columns={[]} rowCount={0} />);
    expect(screen.getByRole('grid', { name: 'Things' }).getAttribute('aria-busy')).toBe('true');
    expect(screen.getAllByRole('row')).toHaveLength(1); // what stands in place of rows
    expect(screen.getAllByRole('gridcell')).toHaveLength(1);
  });

  it('says how many rows and columns there are and draws those in sight', () => {
    render(<Fixture />);
    const grid = screen.getByRole('grid', { name: 'Things' });
    expect(grid.getAttribute('aria-rowcount')).toBe('1001');
    expect(grid.getAttribute('aria-colcount')).toBe('2');
    const rows = screen.getAllByRole('row');
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.length).toBeLessThan(60);
    expect(rows[1]?.getAttribute('aria-rowindex')).toBe('2');
    expect(ranges.at(-1)?.[0]).toBe(0);
    expect(ranges.at(-1)?.[1]).toBe(rows.length - 2);
  });

  it('shows text as text', () => {
    render(<Fixture />);
    expect(screen.getByText('<b>thing 0</b>')).toBeDefined();
    expect(document.querySelector('b')).toBeNull();
  });

  it('moves with keys from the first row, which focus selects', () => {
    render(<Fixture />);
    const grid = screen.getByRole('grid');
    fireEvent.focus(grid);
    expect(selectedIndex()).toBe(0);
    fireEvent.keyDown(grid, { key: 'j' });
    fireEvent.keyDown(grid, { key: 'ArrowDown' });
    expect(selectedIndex()).toBe(2);
    fireEvent.keyDown(grid, { key: 'k' });
    expect(selectedIndex()).toBe(1);
    expect(grid.getAttribute('aria-activedescendant')).toBe(document.querySelector('[aria-selected="true"]')?.id);
    fireEvent.keyDown(grid, { key: 'Enter' });
    expect(opened).toEqual([1]);
  });

  it('selects on a click and opens on a double click', () => {
    render(<Fixture />);
    fireEvent.click(screen.getByText('<b>thing 3</b>'));
    expect(selectedIndex()).toBe(3);
    fireEvent.doubleClick(screen.getByText('<b>thing 4</b>'));
    expect(opened.at(-1)).toBe(4);
  });

  it('says what it is sorted by, and sorts the other way on a press', () => {
    render(<Fixture />);
    expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending');
    expect(screen.getByRole('columnheader', { name: 'Size' }).hasAttribute('aria-sort')).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Name' }));
    expect(sorts).toEqual([{ by: 'name', descending: true }]);
  });

  it('marks rows on their way as busy', () => {
    render(<Fixture isLoaded={(index) => index !== 1} />);
    const rows = screen.getAllByRole('row');
    expect(rows[1]?.getAttribute('aria-busy')).toBe('false');
    expect(rows[2]?.getAttribute('aria-busy')).toBe('true');
  });

  it('says when there is nothing', () => {
    render(<Fixture rowCount={0} />);
    expect(screen.getByText('Nothing fits.')).toBeDefined();
  });
});

describe('keyMove', () => {
  const at = { index: 50, rowCount: 100, rowsPerPage: 8 };
  const plain = { altKey: false, ctrlKey: false, metaKey: false };
  it.each([
    ['ArrowDown', 51],
    ['ArrowUp', 49],
    ['j', 51],
    ['k', 49],
    ['PageDown', 58],
    ['PageUp', 42],
    ['Home', 0],
    ['End', 99],
    ['x', null],
  ])('%s', (key, expected) => {
    expect(keyMove({ key, ...plain }, at)).toBe(expected);
  });

  it('stays within the rows', () => {
    expect(keyMove({ key: 'ArrowDown', ...plain }, { ...at, index: 99 })).toBe(99);
    expect(keyMove({ key: 'PageUp', ...plain }, { ...at, index: 3 })).toBe(0);
    expect(keyMove({ key: 'ArrowDown', ...plain }, { ...at, index: -1 })).toBe(0);
    expect(keyMove({ key: 'j', ...plain }, { ...at, rowCount: 0 })).toBeNull();
  });

  it('leaves keys with a modifier alone', () => {
    expect(keyMove({ key: 'ArrowDown', ...plain, altKey: true }, at)).toBeNull();
  });
});
