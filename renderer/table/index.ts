export type { GridColumn, GridSort } from './head-cell.tsx';
export { keyMove } from './key-move.ts';
export { usePages } from './use-pages.ts';
export type { PageQuery } from './use-pages.ts';
export { VirtualGrid } from './virtual-grid.tsx';
export type { GridHandle, VirtualGridProps } from './virtual-grid.tsx';
