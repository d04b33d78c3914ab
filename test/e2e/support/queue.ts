import type { Locator, Page } from 'playwright';

export type QueueView = {
  readonly grid: Locator;
  /** Rows that are drawn, without the head. */
  readonly rows: Locator;
  /** Text of the selected row. */
  readonly selected: () => Promise<string>;
  /** The row of an actor, in words; empty while it is not drawn. */
  readonly verdictOf: (actor: string) => Promise<string>;
};

/** The queue as somebody with a screen reader finds it. */
export const queueOf = (page: Page): QueueView => {
  const grid = page.getByRole('grid', { name: 'Queue of findings' });
  const rows = grid.getByRole('row').filter({ has: page.locator('code') });
  const textOf = async (row: Locator): Promise<string> => (await row.allTextContents()).join(' ');
  return {
    grid,
    rows,
    selected: () => textOf(grid.getByRole('row', { selected: true })),
    verdictOf: (actor) => textOf(rows.filter({ hasText: actor }).getByRole('gridcell').last()),
  };
};
