import { join } from 'node:path';
import type { Page } from 'playwright';
import type { Home } from './app.ts';

export const KEY = 'reviewer.key';

/** Makes a reviewer's key without a passphrase in the home. */
export const makeKey = (home: Home): void => {
  home.run('release', 'keygen', '--out', KEY, '--name', 'Rita Reviewer');
};

/** Hands over a file by the chooser that this button opens. */
export const chooseBy = async (page: Page, button: string | RegExp, path: string): Promise<void> => {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).click();
  await (await chooser).setFiles(path);
};

/** Sets the limit with the key, as a reviewer does. */
export const setLimit = async (page: Page, home: Home, epsilon: string, delta: string): Promise<void> => {
  await page.getByRole('button', { name: 'Set a limit' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Set the limit of this case' });
  await dialog.getByRole('textbox', { name: 'Limit of ε' }).fill(epsilon);
  await dialog.getByRole('textbox', { name: 'Limit of δ' }).fill(delta);
  await chooseBy(page, 'Choose your key file', join(home.directory, KEY));
  await dialog.getByText(KEY).waitFor();
  await dialog.getByRole('textbox', { name: /Type “limit”/u }).fill('limit');
  await dialog.getByRole('button', { name: 'Set the limit' }).click();
  await dialog.waitFor({ state: 'detached' });
};

/** Goes to one of the tabs. */
export const openTab = async (page: Page, name: RegExp | string): Promise<void> =>
  await page.getByRole('tab', { name }).click();

/** Composes a count of different actors by country, with declared keys. */
export const composeCount = async (page: Page): Promise<void> => {
  await openTab(page, 'Compose a release');
  await page.getByRole('button', { name: 'Add a key' }).click();
  await page.getByRole('button', { name: /Key 1$/u }).click();
  await page.getByRole('option', { name: 'country', exact: true }).click();
  await page.getByRole('textbox', { name: 'Declared keys, one a line' }).fill('DE\nFR\nPL\nES\nGB');
};

/** Approves the request that is shown. */
export const approve = async (page: Page, home: Home): Promise<void> => {
  await page.getByRole('button', { name: 'Approve …' }).click();
  const dialog = page.getByRole('dialog', { name: /^Approve request/u });
  await chooseBy(page, 'Choose your key file', join(home.directory, KEY));
  await dialog.getByText(KEY).waitFor();
  await dialog.getByRole('textbox', { name: /^Type “release”/u }).fill('release');
  await dialog.getByRole('button', { name: 'Spend and release' }).click();
  await dialog.waitFor({ state: 'detached' });
};

/** Refuses the request that is shown, with a reason. */
export const refuse = async (page: Page, home: Home, reason: string): Promise<void> => {
  await page.getByRole('button', { name: 'Refuse …' }).click();
  const dialog = page.getByRole('dialog', { name: /^Refuse request/u });
  await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
  await chooseBy(page, 'Choose your key file', join(home.directory, KEY));
  await dialog.getByText(KEY).waitFor();
  await dialog.getByRole('button', { name: 'Refuse', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
};

/** Composes a small private forest of two features, with public bounds. */
export const composeForest = async (page: Page, epsilon: string): Promise<void> => {
  await openTab(page, 'Compose a release');
  await page.getByRole('button', { name: /Measure$/u }).click();
  await page.getByRole('option', { name: 'Private forest', exact: true }).click();
  await page
    .getByRole('textbox', { name: 'Features and their bounds, one a line' })
    .fill('event_count: 0, 10, 100, 1000\nhour_entropy: 0, 5');
  await page.getByRole('textbox', { name: 'Trees' }).fill('50');
  await page.getByRole('textbox', { name: 'ε', exact: true }).fill(epsilon);
};
