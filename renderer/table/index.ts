export { keyMove } from './key-move.ts';
export { usePages } from './use-pages.ts';
export type { PageQuery } from './use-pages.ts';
export { VirtualGrid } from './virtual-grid.tsx';
export type { GridColumn, GridHandle, GridSort, VirtualGridProps } from './virtual-grid.tsx';
