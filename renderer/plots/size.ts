/** Pixels of the page. */
export type PlotSize = { readonly width: number; readonly height: number };
