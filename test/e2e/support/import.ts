import type { Page } from 'playwright';

/** Hands files over as a person does: by the chooser that the button opens. */
export const chooseFiles = async (page: Page, ...paths: string[]): Promise<void> => {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).first().click();
  await (await chooser).setFiles(paths);
};

/** Says what a field of the log is. */
export const mapField = async (page: Page, field: string, column: string): Promise<void> => {
  await page.getByRole('button', { name: `Event column of ${field}` }).click();
  await page.getByRole('option', { name: new RegExp(`^${column}\\b`, 'u') }).click();
};

/** The only button that stores anything. */
export const startImport = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Import and rank' }).click();
};
