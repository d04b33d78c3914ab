import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHome, type App, type Home } from './support/app.ts';
import { describeInChromium, launchChromium } from './support/chromium.ts';
import { chooseFiles, mapField } from './support/import.ts';
import { HOSTILE, HOSTILE_FIELD, writeHostileLog } from './support/logs.ts';
import { eventually } from './support/eventually.ts';
import { queueOf } from './support/queue.ts';
import { visit, type Visit } from './support/visit.ts';

/** Nothing of a log became an element, an address or a script. */
const isInert = async (page: Page): Promise<void> => {
  expect(await page.locator('img[src="x"], b[onmouseover], [onerror], [onmouseover], main i > i').count()).toBe(0);
  expect(await page.evaluate('typeof globalThis.pwned')).toBe('undefined');
  expect(await page.locator('[href*="203.0.113.9"], [src*="203.0.113.9"]').count()).toBe(0);
};

/** No hidden character of a log turns around, or hides, what is read. */
const readsAsItIs = async (page: Page): Promise<void> => {
  const text = await page.locator('main').textContent();
  for (const hidden of ['\u001b', '\u202e']) expect(text).not.toContain(hidden);
};

describeInChromium('a log that wants to be more than text', () => {
  let home: Home;
  let app: App;
  let browser: Browser;
  let session: Visit;
  let log: string;

  beforeAll(async () => {
    home = createHome();
    log = join(home.directory, '<img src=x onerror=pwned()>.csv');
    writeHostileLog(log);
    const policy = join(home.directory, 'policy.json');
    const keep = Object.fromEntries(['action', 'country', 'user_agent', 'item'].map((field) => [field, 'keep']));
    writeFileSync(policy, JSON.stringify(keep));
    home.run('detect', log, '--case', 'hostile', '--map', 'action=action', '--policy', policy);
    app = await home.open('hostile');
    browser = await launchChromium();
    session = await visit(browser, app);
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await app.close();
    home.remove();
  });

  test('stays text in the queue, the inspector and the events', async () => {
    const { page } = session;
    await queueOf(page).rows.first().waitFor();
    const { escape, backwards, ...printable } = HOSTILE;
    for (const words of [...Object.values(printable), escape.slice(1, 7), `\\u202e${backwards.slice(1)}`]) {
      await eventually(() => page.locator('main').textContent()).toContain(words);
    }
    await page.getByRole('button', { name: HOSTILE.markup }).first().click();
    await page.getByRole('list', { name: 'Filters' }).getByText(HOSTILE.markup).waitFor();
    for (let row = 0; row < 5; row++) {
      await queueOf(page).rows.nth(row).click();
      const inspector = page.getByRole('region', { name: 'Inspector' });
      await inspector.getByRole('heading', { name: 'Events', exact: true }).waitFor();
      await inspector.getByText(HOSTILE.formula).first().waitFor();
      await isInert(page);
      await readsAsItIs(page);
    }
    await page.reload();
    await page.getByRole('list', { name: 'Filters' }).getByText(HOSTILE.markup).waitFor();
    await isInert(page);
  }, 120_000);

  test('stays text in a note, a kind, their list and their CSV', async () => {
    const { page } = session;
    const note = page.getByRole('textbox', { name: 'Note' });
    await note.fill(HOSTILE.formula);
    await note.press('Enter');
    await page.getByRole('combobox', { name: 'Kind' }).fill(HOSTILE.markup);
    await page.getByRole('combobox', { name: 'Kind' }).press('Enter');
    await page.getByRole('link', { name: 'Decisions' }).click();
    const list = page.getByRole('grid', { name: 'Decisions' });
    await list.getByText(HOSTILE.formula).first().waitFor();
    await list.getByText(HOSTILE.markup).first().waitFor();
    await isInert(page);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Export/u }).click();
    const csv = readFileSync(await (await download).path(), 'utf8');
    expect(csv).toContain("'=HYPERLINK"); // a spreadsheet shows it and runs nothing
    expect(csv).not.toMatch(/(?:^|,)"?=/mu);
  }, 120_000);

  test('stays text before it is imported, and on the screens about the run', async () => {
    const { page } = session;
    await session.goTo('/run');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await isInert(page);
    await readsAsItIs(page);
    await session.goTo('/import');
    await page.getByRole('heading', { name: /hostile/u }).waitFor();
    await isInert(page);
    writeFileSync(log, readFileSync(log, 'utf8').replace('2025-11-03', '2025-11-04')); // another content: not in the case yet
    await chooseFiles(page, log);
    await page.getByText(HOSTILE_FIELD).first().waitFor();
    await mapField(page, 'action', 'action');
    await page.getByRole('tab', { name: /^First rows/u }).click();
    await isInert(page);
    await session.end();
  }, 120_000);
});
